/** Enums and sets: a union of names, a constant with codes or masks, and for enums the checked way from a name or a code to the code. */
import type { Field, FieldType } from "../schema/model.js";
import { docComment } from "./escape.js";
import { keyText, objectLiteral, stringText, textLiteral } from "./typescript-literals.js";
import type { Literal, TypeScriptChoices, TypeScriptLookup } from "./typescript-model.js";
import { toCamelCase, type TypeScriptImports, type TypeScriptNames } from "./typescript-names.js";
import { isWideEnum } from "./typescript-types.js";

type EnumType = Extract<FieldType, { kind: "enum" }>;
type SetType = Extract<FieldType, { kind: "set" }>;

/** Up to here a switch beats a map. */
const SWITCH_MAX_COUNT = 16;

function union(names: readonly string[]): string {
  return names.map(stringText).join(" | ");
}

function docOf(field: Field, kind: string): string {
  const what = field.typeName === undefined ? `${kind} of \`${field.name}\`.` : `${kind} of \`${field.typeName}\`.`;
  return docComment([what], "");
}

function constant(entries: readonly (readonly [name: string, text: string])[]): Literal {
  return objectLiteral(entries.map(([name, text]) => [keyText(name), textLiteral(text)]));
}

function codeText(type: EnumType, code: bigint): string {
  return isWideEnum(type) ? `${code}n` : code.toString();
}

export function lookupName(typeName: string): string {
  return `${toCamelCase(typeName)}Code`;
}

function switchBody(type: EnumType, fail: string): readonly string[] {
  const names = type.values.flatMap(({ name, value }) => [`    case ${stringText(name)}:`, `      return ${codeText(type, value)};`]);
  const codes = type.values.map(({ value }) => `    case ${codeText(type, value)}:`);
  return [
    'if (typeof value === "string") {',
    "  switch (value) {",
    ...names,
    "  }",
    "} else {",
    "  switch (value) {",
    ...codes,
    "      return value;",
    "  }",
    "}",
    fail,
  ];
}

function mapBody(table: string, fail: string): readonly string[] {
  return [
    'if (typeof value !== "string") {',
    `  if (${table}Values.has(value)) {`,
    "    return value;",
    "  }",
    `  ${fail}`,
    "}",
    `const code = ${table}ByName.get(value);`,
    "if (code === undefined) {",
    `  ${fail}`,
    "}",
    "return code;",
  ];
}

function planLookup(type: EnumType, typeName: string, imports: TypeScriptImports): TypeScriptLookup {
  const name = lookupName(typeName);
  const number = isWideEnum(type) ? "bigint" : "number";
  const fail = `throw ${imports.use("enumError")}(field, value, Object.keys(${typeName}));`;
  const isSwitch = type.values.length <= SWITCH_MAX_COUNT;
  const preamble = [
    `const ${name}ByName: ReadonlyMap<string, ${number}> = new Map(Object.entries(${typeName}));`,
    `const ${name}Values: ReadonlySet<${number}> = new Set(${name}ByName.values());`,
  ];
  return {
    name,
    parameters: [`value: ${typeName} | ${number}`, "field: string"],
    returnType: number,
    preamble: isSwitch ? [] : preamble,
    body: isSwitch ? switchBody(type, fail) : mapBody(name, fail),
  };
}

function planEnum(field: Field, type: EnumType, name: string, imports: TypeScriptImports): TypeScriptChoices {
  return {
    name,
    doc: docOf(field, "Values"),
    typeText: union(type.values.map((value) => value.name)),
    constantName: name,
    constantDoc: docComment(["The codes as they lie in the record.", ...described(type.values)], ""),
    constant: constant(type.values.map((value) => [value.name, codeText(type, value.value)])),
    lookup: planLookup(type, name, imports),
  };
}

function planSet(field: Field, type: SetType, name: string): TypeScriptChoices {
  const suffix = type.storage === "uint64" ? "n" : "";
  return {
    name,
    doc: docOf(field, "Choices"),
    typeText: union(type.choices.map((choice) => choice.name)),
    constantName: name,
    constantDoc: docComment(["One bit per choice; see combineChoices and hasChoice.", ...described(type.choices)], ""),
    constant: constant(type.choices.map((choice) => [choice.name, `${1n << BigInt(choice.bit)}${suffix}`])),
  };
}

function described(items: readonly { readonly name: string; readonly description?: string }[]): readonly string[] {
  return items.flatMap(({ name, description }) => (description === undefined ? [] : [`${name}: ${description}`]));
}

/** One entry per named type, and per field with a type of its own. */
export function planChoices(fields: readonly Field[], names: TypeScriptNames, imports: TypeScriptImports): readonly TypeScriptChoices[] {
  const planned = new Map<string, TypeScriptChoices>();
  for (const field of fields) {
    const { type } = field;
    if (type.kind !== "enum" && type.kind !== "set") continue;
    const name = names.choicesOf(field);
    if (planned.has(name)) continue;
    planned.set(name, type.kind === "enum" ? planEnum(field, type, name, imports) : planSet(field, type, name));
  }
  return [...planned.values()];
}
