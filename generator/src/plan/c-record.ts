/** Structs: their members in order, every pad byte named, each with what it means. */
import type { RecordLayout, StructMember } from "../layout/model.js";
import type { Field, Schema } from "../schema/model.js";
import { isByteString, prefixBytes, isCounted, type CColumn } from "./c-columns.js";
import { type CField, type CStruct, elementType } from "./c-structs.js";
import type { CMember } from "./c-model.js";
import { docComment } from "./escape.js";

const indent = "  ";

function presenceText(field: Field): string {
  const presence = field.presence;
  if (presence.kind !== "optional") {
    return "";
  }
  return presence.nullBy !== "value"
    ? "Optional."
    : `Optional; null is ${presence.nullValue === "nan" ? "any NaN" : String(presence.nullValue)}.`;
}

function rangeText(field: Field): string {
  const bounds = [
    field.minValue === undefined ? "" : `at least ${field.minValue}`,
    field.maxValue === undefined ? "" : `at most ${field.maxValue}`,
  ];
  const text = bounds.filter((bound) => bound !== "").join(", ");
  return text === "" ? "" : `Range: ${text}.`;
}

function defaultText({ defaultValue }: Field): string {
  if (defaultValue === undefined) {
    return "";
  }
  return `Default: ${defaultValue instanceof Uint8Array ? `0x${Buffer.from(defaultValue).toString("hex")}` : String(defaultValue)}.`;
}

function sourceText({ source }: Field): string {
  if (source === undefined) {
    return "";
  }
  return source === "clock" ? "Filled from the clock when the record is logged." : "Filled with the record's number, from 0.";
}

function deprecationText(field: Field): string {
  const note = field.deprecated?.note === undefined ? "." : `: ${field.deprecated.note}`;
  return field.deprecated === undefined ? "" : `Deprecated since version ${field.deprecated.sinceVersion}${note}`;
}

function typeText(field: Field): string {
  const type = field.type;
  switch (type.kind) {
    case "decimal":
      return `Decimal (${type.precision}, ${type.scale}): 1 is 10^-${type.scale}${type.storage === "fixed" ? "; big-endian two's complement" : ""}.`;
    case "date":
      return "Days since 1970-01-01.";
    case "time":
      return `Time of day in ${type.unit}.`;
    case "timestamp":
      return `In ${type.unit} since 1970-01-01${type.utc ? " UTC" : ""}.`;
    case "float16":
      return "Bits of an IEEE 754 half.";
    case "int96":
      return "In ns since 1970-01-01, written as INT96.";
    case "bson":
      return "A BSON document.";
    case "uuid":
      return "UUID, most significant byte first.";
    case "bool":
      return "0 or 1.";
    case "list":
      return `At most ${type.maxCount} elements.`;
    case "map":
      return `At most ${type.maxCount} entries.`;
    default:
      return "";
  }
}

/** Documentation of a struct that is not the record. */
export function structDoc({ source: { field, isElement, name } }: CStruct): string {
  if (field === undefined) {
    return "";
  }
  const isType = field.type.kind === "struct";
  const text = isType ? (field.description ?? `Struct ${name}.`) : `${isElement ? "An element" : "An entry"} of ${field.name}.`;
  return docComment([text], "");
}

/** Documentation of a field: its description, then a line of facts. */
function fieldDoc(field: Field, at: string): string {
  const unit = field.unitOfMeasure === undefined ? "" : `Unit: ${field.unitOfMeasure}.`;
  const facts = [
    typeText(field),
    unit,
    rangeText(field),
    presenceText(field),
    defaultText(field),
    sourceText(field),
    deprecationText(field),
  ].filter((fact) => fact !== "");
  return docComment(
    [field.description ?? "", facts.join(" ")].filter((text) => text !== ""),
    at,
  );
}

function countedDeclaration(column: CColumn, sizeBytes: number): string {
  const lengthType = prefixBytes(column.node) === 1 ? "uint8_t" : "uint16_t";
  const padBytes = sizeBytes - prefixBytes(column.node) - column.roomBytes;
  const pad = padBytes > 0 ? `${indent}  uint8_t pad[${padBytes}];\n` : "";
  return `${indent}struct {\n${indent}  ${lengthType} length;\n${indent}  ${isByteString(column.node) ? "uint8_t" : "char"} data[${column.roomBytes}];\n${pad}${indent}} ${column.member};`;
}

function valueDeclaration(column: CColumn, sizeBytes: number): string {
  if (isCounted(column.node)) {
    return countedDeclaration(column, sizeBytes);
  }
  if (column.isPackedStruct) {
    return `${indent}struct {\n${indent}  uint32_t months;\n${indent}  uint32_t days;\n${indent}  uint32_t milliseconds;\n${indent}} ${column.member};`;
  }
  if (column.scalarType !== "") {
    return `${indent}${column.scalarType} ${column.member};`;
  }
  return `${indent}${column.node.storage === "PADDED_TEXT" ? "char" : "uint8_t"} ${column.member}[${column.roomBytes}];`;
}

function fieldDeclaration(field: CField, sizeBytes: number): string {
  switch (field.kind) {
    case "value":
      return valueDeclaration(field, sizeBytes);
    case "struct":
      return `${indent}${field.struct.names.type} ${field.member};`;
    case "array":
      return `${indent}${elementType(field.element)} ${field.member}[${field.maxCount}];`;
  }
}

const bitmapDoc = "Bit i of byte i / 8 is 1 when the i-th optional field is present.";

function declarationOf(member: StructMember, name: string, fields: readonly CField[]): Pick<CMember, "doc" | "declaration"> {
  const field = "field" in member ? fields.find((candidate) => sourceField(candidate) === member.field) : undefined;
  if (member.kind === "field" && field !== undefined) {
    return { doc: fieldDoc(member.field, indent), declaration: fieldDeclaration(field, member.sizeBytes) };
  }
  if (member.kind === "count" && field?.kind === "array") {
    return { doc: docComment([`How many of ${field.member} are in use.`], indent), declaration: `${indent}${field.countType} ${name};` };
  }
  const doc = member.kind === "valid" ? docComment([bitmapDoc], indent) : "";
  return { doc, declaration: `${indent}uint8_t ${name}[${member.sizeBytes}];` };
}

function sourceField(field: CField): Field {
  return field.kind === "value" ? field.node.field : field.field;
}

export function planMembers({ source, fields, memberNames }: CStruct): readonly CMember[] {
  return source.layout.members.map((member) => {
    const name = memberNames.get(member) ?? "";
    return {
      ...declarationOf(member, name, fields),
      name,
      offsetBytes: member.offsetBytes.toString(),
      sizeBytes: member.sizeBytes.toString(),
    };
  });
}

/** Alignment the members alone would give. */
function naturalAlignBytes(schema: Schema, layout: RecordLayout): number {
  const aligns = layout.members.map((member) => ("alignBytes" in member ? member.alignBytes : 1));
  return schema.layout.packing === "packed" ? 1 : Math.max(1, ...aligns);
}

export function planRecordAttribute(schema: Schema, layout: RecordLayout): string {
  const isAligned = layout.recordAlignBytes > naturalAlignBytes(schema, layout);
  return isAligned ? `__attribute__((aligned(${layout.recordAlignBytes}))) ` : "";
}
