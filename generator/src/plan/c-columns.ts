/** The leaf columns of a layout with their C names: what the other planners of C work from. */
import type { ColumnNode, LeafNode, RecordLayout, StructMember } from "../layout/model.js";
import type { CGlobals } from "./c-names.js";
import { isScalarStorage, scalarType } from "./c-literals.js";
import type { CTypes } from "./c-types.js";
import { createNameScope } from "./identifiers.js";

export interface CColumn {
  readonly node: LeafNode;
  /** Position among the leaves of the file. */
  readonly index: number;
  /** Struct member; empty for a constant. */
  readonly member: string;
  /** First parameter of log_fields, and the length parameter of a text. */
  readonly parameter: string;
  readonly lengthParameter: string;
  /** Bit of the `valid` bitmap; -1 where null is not a bit. */
  readonly bitIndex: number;
  /** C type of a scalar member; empty for bytes and text. */
  readonly scalarType: string;
  /** In which functions take it: that of the member, but float for a float16. */
  readonly valueType: string;
  /** A struct of the runtime within a packed record: declared in place, since its own alignment would not hold. */
  readonly isPackedStruct: boolean;
  /** Bytes of text or of a byte string that fit. */
  readonly roomBytes: number;
}

/** Local names of the generated functions that take a field as a parameter. */
const localNames = ["lane", "record", "sink", "sink_", "slot", "typed_lane"];

/** Leaves in file order. Groups come with nested types: the schema stage does not accept them yet. */
export function leavesOf(columns: readonly ColumnNode[]): readonly LeafNode[] {
  return columns.flatMap((node) => {
    if (node.kind === "group") {
      throw new Error(`group ${node.field.name} has no C form in this version`);
    }
    return [node];
  });
}

/** Bytes with a length of their own: text, or a byte string. */
export function hasLength(node: LeafNode): boolean {
  return node.storage === "PADDED_TEXT" || isCounted(node);
}

/** Counted bytes that are no text. */
export function isByteString(node: LeafNode): boolean {
  return node.field.type.kind === "bson" || node.field.type.kind === "bytes";
}

export function isCounted(node: LeafNode): boolean {
  return node.storage === "COUNTED_8" || node.storage === "COUNTED_16";
}

export function prefixBytes(node: LeafNode): number {
  return node.storage === "COUNTED_8" ? 1 : node.storage === "COUNTED_16" ? 2 : 0;
}

function roomBytesOf(node: LeafNode): number {
  return node.widthBytes - prefixBytes(node);
}

function scalarTypeOf(node: LeafNode, types: CTypes): string {
  if (node.field.type.kind === "interval" && node.storage !== "NONE") {
    return "pqflow_interval";
  }
  if (!isScalarStorage(node.storage)) {
    return "";
  }
  const kind = node.field.type.kind;
  return kind === "enum" || kind === "set" ? types.typeName(node.field) : scalarType(node.storage);
}

function validOffsetBytes(members: readonly StructMember[]): number {
  return members.find((member) => member.kind === "valid")?.offsetBytes ?? 0;
}

function alignOf(members: readonly StructMember[], node: LeafNode): number {
  const aligns = members.map((member) => (member.kind === "field" && member.field === node.field ? member.alignBytes : 0));
  return Math.max(0, ...aligns);
}

function bitIndexOf(node: LeafNode, validOffset: number): number {
  const encoding = node.nullEncoding;
  return encoding.kind === "BIT" ? (encoding.byteOffsetBytes - validOffset) * 8 + encoding.bitIndex : -1;
}

function parameterName(node: LeafNode): string {
  return node.nullEncoding.kind === "BIT" ? `${node.field.name}_or_null` : node.field.name;
}

/** Members may not hide a type or function (C++ forbids it), nor the names the struct itself brings. */
function memberNames(globals: CGlobals, stored: readonly LeafNode[], members: readonly StructMember[]): readonly string[] {
  const pads = members.flatMap((member) => (member.kind === "pad" ? [`pad${member.padIndex}`] : []));
  return createNameScope(globals.scope, ["valid", ...pads]).claimAll(stored.map((node) => node.field.cName ?? node.field.name));
}

/** Must be called when every name of file scope has been claimed. */
export function planColumns(globals: CGlobals, layout: RecordLayout, types: CTypes): readonly CColumn[] {
  const leaves = leavesOf(layout.columns);
  const stored = leaves.filter((node) => node.storage !== "NONE");
  const members = memberNames(globals, stored, layout.members);
  const parameters = createNameScope(globals.scope, localNames);
  const names = parameters.claimAll(stored.map(parameterName));
  const lengths = parameters.claimAll(stored.map((node) => `${node.field.name}_length_bytes`));
  const validOffset = validOffsetBytes(layout.members);
  return leaves.map((node, index) => {
    const position = stored.indexOf(node);
    const memberType = scalarTypeOf(node, types);
    return {
      node,
      index,
      member: members[position] ?? "",
      parameter: names[position] ?? "",
      lengthParameter: lengths[position] ?? "",
      bitIndex: bitIndexOf(node, validOffset),
      scalarType: memberType,
      valueType: node.storage === "FLOAT16" ? "float" : memberType,
      isPackedStruct: node.field.type.kind === "interval" && alignOf(layout.members, node) === 1,
      roomBytes: roomBytesOf(node),
    };
  });
}
