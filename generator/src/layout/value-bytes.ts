/** Values of the schema as bytes: constants in Parquet's PLAIN encoding (Encodings.md, "Plain"), sentinels as they lie in the record. */
import type { FieldType, SchemaValue } from "../schema/model.js";
import { columnTypeOf } from "./columns.js";
import type { NullEncoding } from "./model.js";
import { storageOf } from "./storage.js";

/** Two's complement, least significant byte first. */
function littleEndian(value: bigint, lengthBytes: number): Uint8Array {
  const unsigned = BigInt.asUintN(8 * lengthBytes, value);
  return Uint8Array.from({ length: lengthBytes }, (_, index) => Number((unsigned >> BigInt(8 * index)) & 0xffn));
}

function floatBytes(value: number, widthBytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(widthBytes));
  if (widthBytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return new Uint8Array(view.buffer);
}

function integerBytes(type: FieldType, value: bigint): Uint8Array {
  const { physicalType, typeLengthBytes } = columnTypeOf(type);
  if (physicalType === "FIXED_LEN_BYTE_ARRAY") return littleEndian(value, typeLengthBytes).toReversed();
  return littleEndian(value, physicalType === "INT64" ? 8 : 4);
}

function enumName(type: Extract<FieldType, { kind: "enum" }>, code: bigint): string {
  return type.values.find(({ value }) => value === code)?.name ?? "";
}

/** PLAIN bytes of a constant, without the length prefix of a BYTE_ARRAY; a BOOLEAN is one byte, 0 or 1. */
export function constantBytes(type: FieldType, value: SchemaValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "boolean") return Uint8Array.of(value ? 1 : 0);
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (typeof value === "number") return floatBytes(value, type.kind === "float" ? 4 : 8);
  if (type.kind === "enum" && type.storedAs === "name") return new TextEncoder().encode(enumName(type, value));
  return integerBytes(type, value);
}

export function sentinel(type: FieldType, nullValue: bigint | number | "nan"): NullEncoding {
  if (nullValue === "nan") return { kind: "NAN" };
  const { widthBytes } = storageOf(type);
  if (typeof nullValue === "bigint") return { kind: "SENTINEL", bits: BigInt.asUintN(8 * widthBytes, nullValue) };
  const bytes = floatBytes(nullValue, type.kind === "float" ? 4 : 8);
  return { kind: "SENTINEL", bits: BigInt(`0x${Buffer.from(bytes.toReversed()).toString("hex")}`) };
}
