/** Fields whose value lies in a member of its own: what the functions of single fields are planned from. */
import type { LeafNode } from "../layout/model.js";
import type { CTypes } from "./c-types.js";
import { isScalarStorage, scalarType } from "./c-literals.js";

/** What of a column does not depend on where its struct lies. */
export type CLeaf = Pick<LeafNode, "field" | "storage" | "nullEncoding" | "widthBytes">;

/** The struct that a generated function gets a pointer to, and the name of that parameter. */
export interface COwner {
  readonly type: string;
  readonly parameter: string;
}

export interface CColumn {
  readonly kind: "value";
  readonly node: CLeaf;
  readonly owner: COwner;
  /** Struct member. */
  readonly member: string;
  /** The member in a function with a pointer to its struct: `record->price`. */
  readonly target: string;
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

/** Bytes with a length of their own: text, or a byte string. */
export function hasLength(node: CLeaf): boolean {
  return node.storage === "PADDED_TEXT" || isCounted(node);
}

/** Counted bytes that are no text. */
export function isByteString(node: CLeaf): boolean {
  return node.field.type.kind === "bson" || node.field.type.kind === "bytes";
}

export function isCounted(node: CLeaf): boolean {
  return node.storage === "COUNTED_8" || node.storage === "COUNTED_16";
}

export function prefixBytes(node: CLeaf): number {
  return node.storage === "COUNTED_8" ? 1 : node.storage === "COUNTED_16" ? 2 : 0;
}

export function roomBytesOf(node: CLeaf): number {
  return node.widthBytes - prefixBytes(node);
}

export function scalarTypeOf(node: CLeaf, types: CTypes): string {
  if (node.field.type.kind === "interval" && node.storage !== "NONE") {
    return "pqflow_interval";
  }
  if (!isScalarStorage(node.storage)) {
    return "";
  }
  const kind = node.field.type.kind;
  return kind === "enum" || kind === "set" ? types.typeName(node.field) : scalarType(node.storage);
}

export function isOptional({ node }: CColumn): boolean {
  return node.nullEncoding.kind !== "NEVER";
}

export function padByteOf({ field: { type } }: CLeaf): number {
  return (type.kind === "string" || type.kind === "json") && type.length.mode === "fixed" ? type.length.padByte : 0;
}
