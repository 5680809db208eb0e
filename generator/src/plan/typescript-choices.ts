/** Enums and sets: a union of names, a constant with codes or masks, and for enums the checked way from a name or a code to the code. */
import type { Field, FieldType, IntegerBits } from "../schema/model.js";
import { docComment } from "./escape.js";
import { wrapped } from "./typescript-integers.js";
import { keyText, objectLiteral, stringText, textLiteral } from "./typescript-literals.js";
import type { Literal, TypeScriptChoices, TypeScriptFunction } from "./typescript-model.js";
import { toCamelCase, type TypeScriptImports, type TypeScriptNames } from "./typescript-names.js";
import { isWideEnum } from "./typescript-types.js";

type EnumType = Extract<FieldType, { kind: "enum" }>;
type SetType = Extract<FieldType, { kind: "set" }>;

/** Up to here comparing every name beats a map. */
const COMPARED_MAX_COUNT = 16;
const LINE_WIDTH = 140;
const BODY_INDENT = 2;
const SUM_INDENT = 3 * BODY_INDENT;

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

/** Whether a field takes the codes of its enum alone, or every code of the storage, which the writer then keeps or makes null. */
export type CodePolicy = "listed" | "any";

export function policyOf({ type }: Field): CodePolicy {
  return type.kind === "enum" && type.unknown !== "reject" ? "any" : "listed";
}

export function lookupName(typeName: string, policy: CodePolicy): string {
  return `${toCamelCase(typeName)}${policy === "any" ? "AnyCode" : "Code"}`;
}

/** Holds where `value`, no string, fits the storage. */
function fitsStorage({ storage }: EnumType): string {
  if (storage === "int64" || storage === "uint64")
    return `typeof value === "bigint" && BigInt.as${storage === "int64" ? "Int" : "Uint"}N(64, value) === value`;
  const bits = Number(storage.replace(/^u?int/, "")) as Exclude<IntegerBits, 64>;
  return `typeof value === "number" && ${wrapped("value", bits, !storage.startsWith("u"))} === value`;
}

/** Neither a name nor a code that the field takes. */
function failure({ storage }: EnumType, typeName: string, policy: CodePolicy, imports: TypeScriptImports): string {
  if (policy === "listed") return `throw ${imports.use("enumError")}(field, value, Object.keys(${typeName}));`;
  return `throw ${imports.use("enumCodeError")}(field, value, Object.keys(${typeName}), ${stringText(storage)});`;
}

/** What becomes of a value that is no name. */
function fallBack(type: EnumType, imports: TypeScriptImports): readonly string[] {
  const error = isWideEnum(type) ? "bigIntegerError" : "integerError";
  return [`if (${fitsStorage(type)}) {`, "  return value;", "}", `throw ${imports.use(error)}(field, value, ${stringText(type.storage)});`];
}

/** Codes that are bigints: arithmetic on them costs more than branches. */
function nameSwitch(type: EnumType): readonly string[] {
  const cases = type.values.flatMap(({ name, value }) => [`  case ${stringText(name)}:`, `    return ${codeText(type, value)};`]);
  return ["switch (value) {", ...cases, "}"];
}

/** `return` of a sum, over several lines where prettier breaks it. */
function returnSum(terms: readonly string[], indent: number): readonly string[] {
  const line = `return ${terms.join(" + ")};`;
  if (indent + line.length <= LINE_WIDTH) return [line];
  return ["return (", ...terms.map((term, index) => `  ${term}${index < terms.length - 1 ? " +" : ""}`), ");"];
}

/** Names of consecutive records differ: every name is compared and no branch depends on which it is, as a wrongly guessed one costs more than all comparisons. */
function nameSum(type: EnumType): readonly string[] {
  const terms = type.values.flatMap(({ value }, index) => {
    if (value === 0n) return [];
    return [value === 1n ? `is${index}` : `is${index} * ${value}`];
  });
  const found = type.values.map((_, index) => `is${index}`).join(" | ");
  return [
    ...type.values.map(({ name }, index) => `const is${index} = +(value === ${stringText(name)});`),
    `if (${type.values.length === 1 ? found : `(${found})`} !== 0) {`,
    ...returnSum(terms.length === 0 ? ["0"] : terms, SUM_INDENT).map((line) => `  ${line}`),
    "}",
  ];
}

function comparedBody(type: EnumType, policy: CodePolicy, fail: string): readonly string[] {
  const ofName = isWideEnum(type) ? nameSwitch(type) : nameSum(type);
  const start = ['if (typeof value === "string") {', ...ofName.map((line) => `  ${line}`)];
  if (policy === "any") return [...start, `} else if (${fitsStorage(type)}) {`, "  return value;", "}", fail];
  const codes = type.values.map(({ value }) => `    case ${codeText(type, value)}:`);
  return [...start, "} else {", "  switch (value) {", ...codes, "      return value;", "  }", "}", fail];
}

function mapBody(type: EnumType, table: string, policy: CodePolicy, fail: string, imports: TypeScriptImports): readonly string[] {
  const ofCode = policy === "any" ? fallBack(type, imports) : [`if (${table}Values.has(value)) {`, "  return value;", "}", fail];
  return [
    'if (typeof value !== "string") {',
    ...ofCode.map((line) => `  ${line}`),
    "}",
    `const code = ${table}ByName.get(value);`,
    "if (code === undefined) {",
    `  ${fail}`,
    "}",
    "return code;",
  ];
}

function planLookup(type: EnumType, typeName: string, policy: CodePolicy, imports: TypeScriptImports): TypeScriptFunction {
  const name = lookupName(typeName, policy);
  const number = isWideEnum(type) ? "bigint" : "number";
  const fail = failure(type, typeName, policy, imports);
  const isCompared = type.values.length <= COMPARED_MAX_COUNT;
  const preamble = [
    `const ${name}ByName: ReadonlyMap<string, ${number}> = new Map(Object.entries(${typeName}));`,
    ...(policy === "any" ? [] : [`const ${name}Values: ReadonlySet<${number}> = new Set(${name}ByName.values());`]),
  ];
  return {
    name,
    parameters: [`value: ${typeName} | ${number}`, "field: string"],
    returnType: number,
    preamble: isCompared ? [] : preamble,
    body: isCompared ? comparedBody(type, policy, fail) : mapBody(type, name, policy, fail, imports),
  };
}

function planEnum(
  field: Field,
  type: EnumType,
  name: string,
  policies: ReadonlySet<CodePolicy>,
  imports: TypeScriptImports,
): TypeScriptChoices {
  return {
    name,
    doc: docOf(field, "Values"),
    typeMembers: type.values.map((value) => stringText(value.name)),
    constantName: name,
    constantDoc: docComment(["The codes as they lie in the record.", ...described(type.values)], ""),
    constant: constant(type.values.map((value) => [value.name, codeText(type, value.value)])),
    lookups: [...policies].sort().map((policy) => planLookup(type, name, policy, imports)),
  };
}

function planSet(field: Field, type: SetType, name: string): TypeScriptChoices {
  const suffix = type.storage === "uint64" ? "n" : "";
  return {
    name,
    doc: docOf(field, "Choices"),
    typeMembers: type.choices.map((choice) => stringText(choice.name)),
    constantName: name,
    lookups: [],
    constantDoc: docComment(["One bit per choice; see combineChoices and hasChoice.", ...described(type.choices)], ""),
    constant: constant(type.choices.map((choice) => [choice.name, `${1n << BigInt(choice.bit)}${suffix}`])),
  };
}

function described(items: readonly { readonly name: string; readonly description?: string }[]): readonly string[] {
  return items.flatMap(({ name, description }) => (description === undefined ? [] : [`${name}: ${description}`]));
}

function isChoices({ type }: Field): boolean {
  return type.kind === "enum" || type.kind === "set";
}

/** One entry per named type, and per field with a type of its own. */
export function planChoices(fields: readonly Field[], names: TypeScriptNames, imports: TypeScriptImports): readonly TypeScriptChoices[] {
  const planned = new Map<string, TypeScriptChoices>();
  for (const field of fields) {
    const { type } = field;
    if (type.kind !== "enum" && type.kind !== "set") continue;
    const name = names.choicesOf(field);
    if (planned.has(name)) continue;
    const policies = new Set(fields.filter((other) => isChoices(other) && names.choicesOf(other) === name).map(policyOf));
    planned.set(name, type.kind === "enum" ? planEnum(field, type, name, policies, imports) : planSet(field, type, name));
  }
  return [...planned.values()];
}
