/** Structs, lists and maps: an interface per struct, and a function per type that checks a value and stores its parts from a base on. What a part refuses is told with its path. */
import type { MemberShape, StructLayout, StructMember } from "../layout/model.js";
import { isGroup } from "../schema/groups.js";
import type { Field, FieldType } from "../schema/model.js";
import { docComment } from "./escape.js";
import { baseWord, planMembers, storedMembers, viewsOf } from "./typescript-members.js";
import type { TypeScriptFunction, TypeScriptInterface, TypeScriptUnion } from "./typescript-model.js";
import { type TypeScriptImports, type TypeScriptNames, variableNames } from "./typescript-names.js";
import { planProperty, readField } from "./typescript-properties.js";
import type { StoreContext } from "./typescript-places.js";
import { entryTypes, hasTextKeys, mapTypes, valueType } from "./typescript-types.js";

export interface TypeScriptGroups {
  /** Types of structs and maps, inner ones first. */
  readonly types: readonly (TypeScriptInterface | TypeScriptUnion)[];
  readonly functions: readonly TypeScriptFunction[];
}

interface Planner {
  readonly names: TypeScriptNames;
  readonly imports: TypeScriptImports;
  readonly known: Set<string>;
  readonly types: (TypeScriptInterface | TypeScriptUnion)[];
  readonly functions: TypeScriptFunction[];
}

type StructType = Extract<FieldType, { kind: "struct" }>;
type MapType = Extract<FieldType, { kind: "map" }>;
type ArrayShape = Extract<MemberShape, { kind: "array" }>;

/** Those of all fields, inner ones first. */
export function planGroups(members: readonly StructMember[], names: TypeScriptNames, imports: TypeScriptImports): TypeScriptGroups {
  const planner: Planner = { names, imports, known: new Set(), types: [], functions: [] };
  planBelow(planner, members);
  return planner;
}

function planBelow(planner: Planner, members: readonly StructMember[]): void {
  for (const member of members) if (member.kind === "field" && isGroup(member.field.type)) planGroup(planner, member.field, member.shape);
}

function planGroup(planner: Planner, field: Field, shape: MemberShape): void {
  const name = planner.names.storeOf(field);
  if (planner.known.has(name)) return;
  planner.known.add(name);
  const { type } = field;
  if (type.kind === "struct" && shape.kind === "struct") {
    planBelow(planner, shape.struct.members);
    planner.types.push(planInterface(planner, field, type));
    planner.functions.push(structFunction(planner, field, type, shape.struct));
  } else if (shape.kind === "array") {
    planBelow(planner, shape.element.members);
    if (type.kind === "list") planner.functions.push(listFunction(planner, field, type.element, shape));
    if (type.kind === "map") {
      planner.types.push(planMapType(planner, field, type));
      planner.functions.push(mapFunction(planner, field, type, shape));
    }
  }
}

function isGiven({ presence, type }: Field): boolean {
  return presence.kind !== "constant" && type.kind !== "unknown";
}

function planInterface({ names, imports }: Planner, field: Field, type: StructType): TypeScriptInterface {
  const name = names.groupOf(field);
  const doc = field.typeName === undefined ? `Value of \`${field.name}\`.` : `A struct \`${field.typeName}\`.`;
  return {
    name,
    doc: docComment([doc], ""),
    properties: type.fields.filter(isGiven).map((inner) => planProperty(inner, names, imports)),
  };
}

function planMapType({ names, imports }: Planner, field: Field, type: MapType): TypeScriptUnion {
  const doc = field.typeName === undefined ? `Entries of \`${field.name}\`.` : `Entries of a \`${field.typeName}\`.`;
  return { name: names.groupOf(field), doc: docComment([doc], ""), members: mapTypes(type, names, imports) };
}

function indented(lines: readonly string[], by = 1): readonly string[] {
  return lines.map((line) => `${"  ".repeat(by)}${line}`);
}

/** `lines` in a try block; what they throw is thrown again with the path in front. */
function located(lines: readonly string[], path: string, imports: TypeScriptImports): readonly string[] {
  return ["try {", ...indented(lines), "} catch (storeError) {", `  throw ${imports.use("inPath")}(${path}, storeError);`, "}"];
}

function structFunction({ names, imports }: Planner, field: Field, type: StructType, struct: StructLayout): TypeScriptFunction {
  const context: StoreContext = {
    names,
    imports,
    base: "struct",
    isBaseAligned: struct.alignBytes % 4 === 0,
    indent: 4,
    label: ({ name }) => name,
  };
  const members = storedMembers(type.fields, struct.members);
  const variables = variableNames(members.map((member) => member.field));
  const planned = planMembers(members, variables, context);
  const body = [
    ...members.map((member) => readField(member.field, variables.get(member.field) ?? "", "structValue")),
    ...planned.conversions,
    ...viewsOf(planned.stores, baseWord(planned.stores, context)),
    ...planned.declarations,
    ...planned.stores,
  ];
  return {
    name: names.storeOf(field),
    parameters: ["laneWriter: LaneWriter", "structByte: number", `structValue: ${names.groupOf(field)}`, "structPath: string"],
    returnType: "void",
    preamble: [],
    body: [
      'if (typeof structValue !== "object" || structValue === null) {',
      `  throw ${imports.use("typeError")}(structPath, structValue, "an object");`,
      "}",
      ...located(body, "structPath", imports),
    ],
  };
}

function elementContext({ names, imports }: Planner, { element }: ArrayShape, label: (field: Field) => string): StoreContext {
  return { names, imports, base: "element", isBaseAligned: element.alignBytes % 4 === 0, indent: 6, label };
}

function elementByte({ strideBytes }: ArrayShape): string {
  return `const elementByte = elementsByte + elementIndex${strideBytes === 1 ? "" : ` * ${strideBytes}`};`;
}

function storeCount({ maxCount }: ArrayShape, count: string): string {
  return maxCount > 0xff ? `laneWriter.view.setUint16(countByte, ${count}, true);` : `laneWriter.bytes[countByte] = ${count};`;
}

const placeParameters = ["laneWriter: LaneWriter", "countByte: number", "elementsByte: number"] as const;

function listFunction(planner: Planner, field: Field, element: Field, shape: ArrayShape): TypeScriptFunction {
  const { names, imports } = planner;
  const context = elementContext(planner, shape, () => "");
  const planned = planMembers(storedMembers([element], shape.element.members), new Map([[element, "elementValue"]]), context);
  const stores = [...planned.declarations, ...planned.stores];
  const loop = [
    "for (; elementIndex < elementCount; elementIndex++) {",
    `  const elementValue = listValue[elementIndex]${element.presence.kind === "optional" ? "" : "!"};`,
    ...indented([...planned.conversions, elementByte(shape), ...baseWord(planned.stores, context), ...stores]),
    "}",
  ];
  return {
    name: names.storeOf(field),
    parameters: [...placeParameters, `listValue: ${valueType(field, names, imports)}`, "listPath: string"],
    returnType: "void",
    preamble: [],
    body: [
      `const elementCount = ${imports.use("countElements")}(listValue, ${shape.maxCount}, listPath);`,
      ...viewsOf(planned.stores),
      "let elementIndex = 0;",
      ...located(loop, "`${listPath}[${elementIndex}]`", imports),
      storeCount(shape, "elementCount"),
    ],
  };
}

function mapFunction(planner: Planner, field: Field, type: MapType, shape: ArrayShape): TypeScriptFunction {
  const { names, imports } = planner;
  const { key, value } = type;
  const context = elementContext(planner, shape, (part) => (part === key ? "key" : ""));
  const variables = new Map([
    [key, "entryKey"],
    [value, "entryValue"],
  ]);
  const planned = planMembers(storedMembers([key, value], shape.element.members), variables, context);
  const types = entryTypes(type, names, imports);
  const entries = imports.use(hasTextKeys(type) ? "recordEntries" : "mapEntries");
  const usesValue = value.type.kind !== "unknown" && value.presence.kind !== "constant";
  const loop = [
    `for (const [entryKey${usesValue ? ", entryValue" : ""}] of mapItems) {`,
    "  lastKey = entryKey;",
    `  if (elementIndex === ${shape.maxCount}) {`,
    `    throw ${imports.use("growthError")}("", ${shape.maxCount});`,
    "  }",
    ...indented([
      ...planned.conversions,
      elementByte(shape),
      ...baseWord(planned.stores, context),
      ...planned.declarations,
      ...planned.stores,
      "elementIndex++;",
    ]),
    "}",
  ];
  return {
    name: names.storeOf(field),
    parameters: [...placeParameters, `mapValue: ${valueType(field, names, imports)}`, "mapPath: string"],
    returnType: "void",
    preamble: [],
    body: [
      `const mapItems = ${entries}<${types.key}, ${types.value}>(mapValue, ${shape.maxCount}, mapPath);`,
      ...viewsOf(planned.stores),
      "let elementIndex = 0;",
      "let lastKey: unknown;",
      ...located(loop, `\`\${mapPath}[\${${imports.use("keyText")}(lastKey)}]\``, imports),
      storeCount(shape, "elementIndex"),
    ],
  };
}
