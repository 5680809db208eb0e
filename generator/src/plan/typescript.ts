/** schema + layout → everything that NAME_sink.ts says. */
import type { ColumnNode, LeafNode, RecordLayout } from "../layout/model.js";
import type { Field, Schema } from "../schema/model.js";
import { docComment } from "./escape.js";
import { planChoices } from "./typescript-choices.js";
import { defaultText } from "./typescript-defaults.js";
import { planDescriptor } from "./typescript-descriptor.js";
import { keyText, stringText } from "./typescript-literals.js";
import type { TypeScriptPlan, TypeScriptProperty } from "./typescript-model.js";
import { createImports, planNames, type TypeScriptImports, type TypeScriptNames, variableNames } from "./typescript-names.js";
import { planStoreRecord } from "./typescript-record.js";
import { valueType } from "./typescript-types.js";

/** Properties that every object inherits: read only where the record has its own. */
const inherited: ReadonlySet<string> = new Set(["__proto__", "constructor"]);

function leavesOf(columns: readonly ColumnNode[]): readonly LeafNode[] {
  return columns.map((column) => {
    if (column.kind === "group") throw new Error("nested types are not part of this version of the language");
    return column;
  });
}

function isOptional(node: LeafNode): boolean {
  return node.nullEncoding.kind !== "NEVER";
}

/** The key may be left out. */
function canBeLeftOut(node: LeafNode): boolean {
  return isOptional(node) || node.field.defaultValue !== undefined;
}

/** A required field with a default takes undefined, an optional one null too. */
function parameterType(node: LeafNode, type: string): string {
  if (isOptional(node)) return `${type} | null | undefined`;
  return canBeLeftOut(node) ? `${type} | undefined` : type;
}

function notesOf(field: Field): readonly string[] {
  const { description, unitOfMeasure, deprecated, minValue, maxValue, defaultValue, type } = field;
  return [
    ...(description === undefined ? [] : [description]),
    ...(unitOfMeasure === undefined ? [] : [`Unit of measure: ${unitOfMeasure}.`]),
    ...(minValue === undefined ? [] : [`At least ${minValue}.`]),
    ...(maxValue === undefined ? [] : [`At most ${maxValue}.`]),
    ...(defaultValue === undefined ? [] : [`Default: ${defaultText(type, defaultValue)}.`]),
    ...(deprecated === undefined
      ? []
      : [`Deprecated since version ${deprecated.sinceVersion}${deprecated.note === undefined ? "" : `: ${deprecated.note}`}.`]),
    ...typeNotes(field),
  ];
}

function typeNotes({ type }: Field): readonly string[] {
  switch (type.kind) {
    case "decimal":
      return [`Unscaled: 1 stands for 10^-${type.scale}; ${type.precision} digits.`];
    case "date":
      return ["Days since 1970-01-01."];
    case "time":
      return [`In ${type.unit} since midnight.`];
    case "timestamp":
      return [`In ${type.unit} since 1970-01-01T00:00:00.`];
    case "int96":
      return ["In ns since 1970-01-01T00:00:00, written as INT96."];
    case "float16":
      return ["Rounded to the nearest half (IEEE 754 binary16)."];
    case "bson":
      return [`A BSON document of at most ${type.maxLengthBytes} bytes.`];
    case "bytes":
      return [`At most ${type.maxLengthBytes} bytes.`];
    case "string":
      return [
        `At most ${type.length.mode === "fixed" ? type.length.lengthBytes : type.length.maxLengthBytes} bytes ${type.charset === "ascii" ? "of ASCII" : "in UTF-8"}.`,
      ];
    default:
      return [];
  }
}

function planProperty(node: LeafNode, names: TypeScriptNames, imports: TypeScriptImports): TypeScriptProperty {
  const { field } = node;
  const type = valueType(field, names, imports);
  return {
    name: field.name === "__proto__" ? '"__proto__"' : keyText(field.name),
    type: isOptional(node) ? `${type} | null` : type,
    isOptional: canBeLeftOut(node),
    doc: docComment(notesOf(field), "  "),
  };
}

function readField(node: LeafNode, variable: string, record: string): string {
  const { name } = node.field;
  if (!inherited.has(name)) return `const ${variable} = ${record}.${name};`;
  const value = `${record}[${stringText(name)}]`;
  return `const ${variable} = Object.hasOwn(${record}, ${stringText(name)}) ? ${value} : undefined${canBeLeftOut(node) ? "" : "!"};`;
}

export function planTypeScript(schema: Schema, layout: RecordLayout): TypeScriptPlan {
  const leaves = leavesOf(layout.columns);
  const stored = leaves.filter((node) => node.storage !== "NONE");
  const given = stored.filter(({ field }) => field.source === undefined);
  const fields = given.map((node) => node.field);
  const names = planNames(schema);
  const choices = fields.map((field) => (field.type.kind === "enum" || field.type.kind === "set" ? names.choicesOf(field) : ""));
  const imports = createImports(names);
  const fieldVariables = variableNames(fields);
  const variables = new Map(given.map((node) => [node, fieldVariables.get(node.field) ?? node.field.name]));
  const variableOf = (node: LeafNode): string => variables.get(node) ?? "";
  const recordParameter = choices.includes("record") || [...variables.values()].includes("record") ? "recordToLog" : "record";
  return {
    path: `${schema.name}_sink.ts`,
    banner: `// Generated by pqflow-gen from the schema "${schema.name}", version ${schema.version}. Do not edit: generate again.`,
    baseClass: imports.use("RecordSink"),
    openFunction: imports.use("openSink"),
    descriptorType: imports.useType("Descriptor"),
    laneType: imports.useType("LaneWriter"),
    openedType: imports.useType("OpenedSink"),
    optionsType: imports.useType("SinkOptions"),
    choices: planChoices(fields, names, imports),
    recordName: names.record,
    recordDoc: docComment([schema.description ?? `A record of the schema \`${schema.name}\`.`], ""),
    properties: given.map((node) => planProperty(node, names, imports)),
    descriptorName: names.descriptor,
    descriptorDoc: docComment([`What the runtime knows of \`${schema.name}\`: columns, offsets, defaults.`], ""),
    descriptor: planDescriptor(schema, layout, leaves),
    className: names.sink,
    classDoc: docComment([`Captures ${names.record} values into Parquet files.`], ""),
    recordParameter,
    fieldParameters: given.map((node) => `${variableOf(node)}: ${parameterType(node, valueType(node.field, names, imports))}`),
    readRecord: given.map((node) => readField(node, variableOf(node), recordParameter)),
    storeRecord: planStoreRecord(stored, variables, { names, imports }),
    imports: imports.list(),
  };
}
