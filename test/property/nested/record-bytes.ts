/** Rows as the bytes of records: the layout says where, the case what. Bytes that a row leaves open are junk. */
import type { FieldMember, MemberShape, RecordLayout, StructLayout } from "../../../generator/src/layout/model.js";
import type { Json, NestedCase, NestedField } from "./case.js";

const JUNK_BYTE = 0xa5;

type Shape<Kind extends MemberShape["kind"]> = Extract<MemberShape, { readonly kind: Kind }>;

export function recordBytes(layout: RecordLayout, { fields, rows }: NestedCase): Uint8Array {
  const bytes = new Uint8Array(layout.recordSizeBytes * rows.length).fill(JUNK_BYTE);
  const view = new DataView(bytes.buffer);
  const struct = { sizeBytes: layout.recordSizeBytes, alignBytes: layout.recordAlignBytes, members: layout.members };
  rows.forEach((row, index) => {
    storeStruct(view, index * layout.recordSizeBytes, struct, fields, row);
  });
  return bytes;
}

function storeStruct(view: DataView, base: number, { members }: StructLayout, fields: readonly NestedField[], row: Json): void {
  const values = row as Readonly<Record<string, Json>>;
  for (const member of members) {
    const field = "field" in member ? fields.find(({ name }) => name === member.field.name) : undefined;
    if (field === undefined) continue;
    const value = values[field.name] ?? null;
    if (member.kind === "field") storeField(view, base, member, field, value);
    else if (member.kind === "count" && value !== null) storeCount(view, base + member.offsetBytes, member.sizeBytes, value);
  }
}

function storeCount(view: DataView, at: number, sizeBytes: number, value: Json): void {
  const count = Array.isArray(value) ? value.length : Object.keys(value as object).length;
  if (sizeBytes === 1) view.setUint8(at, count);
  else view.setUint16(at, count, true);
}

function storeField(view: DataView, base: number, member: FieldMember, field: NestedField, value: Json): void {
  const { nullEncoding } = member;
  if (nullEncoding.kind === "BIT") {
    const at = base + nullEncoding.byteOffsetBytes;
    const bit = 1 << nullEncoding.bitIndex;
    view.setUint8(at, value === null ? view.getUint8(at) & ~bit : view.getUint8(at) | bit);
    if (value === null) return;
  }
  const { type } = field;
  const stored = value === null && type.kind === "leaf" ? (type.sentinel?.value ?? null) : value;
  storeShape(view, base + member.offsetBytes, member.shape, field, stored);
}

function storeShape(view: DataView, at: number, shape: MemberShape, { type }: NestedField, value: Json): void {
  if (shape.kind === "value") storeLeaf(view, at, shape, value);
  else if (shape.kind === "struct" && type.kind === "struct") storeStruct(view, at, shape.struct, type.fields, value);
  else if (shape.kind === "array" && type.kind === "list") {
    (value as readonly Json[]).forEach((element, index) => {
      storeStruct(view, at + index * shape.strideBytes, shape.element, [type.element], { element });
    });
  } else if (shape.kind === "array" && type.kind === "map") {
    Object.entries(value as object).forEach(([key, item], index) => {
      storeStruct(view, at + index * shape.strideBytes, shape.element, [type.key, type.value], { key, value: item as Json });
    });
  }
}

function storeText(view: DataView, at: number, text: string, roomBytes: number): void {
  Array.from({ length: roomBytes }, (_, index) => view.setUint8(at + index, text.charCodeAt(index) || 0));
}

const codes: Readonly<Record<string, string>> = { buy: "B", sell: "S" };

function storeLeaf(view: DataView, at: number, { storage, widthBytes }: Shape<"value">, value: Json): void {
  const text = String(value);
  const number = Number(value);
  switch (storage) {
    case "BOOL":
      return view.setUint8(at, value === true ? 1 : 0);
    case "INT8":
      return view.setInt8(at, number);
    case "UINT8":
      return view.setUint8(at, (codes[text] ?? "").charCodeAt(0));
    case "UINT16":
      return view.setUint16(at, number, true);
    case "INT32":
      return view.setInt32(at, number, true);
    case "UINT32":
      return view.setUint32(at, number, true);
    case "INT64":
      return view.setBigInt64(at, BigInt(number), true);
    case "FLOAT":
      return view.setFloat32(at, number, true);
    case "DOUBLE":
      return view.setFloat64(at, number, true);
    case "FIXED_BYTES":
    case "PADDED_TEXT":
      return storeText(view, at, text, widthBytes);
    case "COUNTED_8":
      view.setUint8(at, text.length);
      return storeText(view, at + 1, text, text.length);
    case "COUNTED_16":
      view.setUint16(at, text.length, true);
      return storeText(view, at + 2, text, text.length);
    default:
      throw new Error(`no case has a value of storage ${storage}`);
  }
}
