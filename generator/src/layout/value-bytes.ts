/** Values of the schema as bytes: constants in Parquet's PLAIN encoding (Encodings.md, "Plain"), sentinels as they lie in the record. */
import type { FieldType, SchemaValue } from "../schema/model.js";
import { columnTypeOf } from "./columns.js";
import { float16Bits } from "./float16.js";
import type { NullEncoding } from "./model.js";
import { type LeafType, storageOf } from "./storage.js";

/** Two's complement, least significant byte first. */
function littleEndian(value: bigint, lengthBytes: number): Uint8Array {
  const unsigned = BigInt.asUintN(8 * lengthBytes, value);
  return Uint8Array.from({ length: lengthBytes }, (_, index) => Number((unsigned >> BigInt(8 * index)) & 0xffn));
}

function floatBytes(value: number, kind: FieldType["kind"]): Uint8Array {
  if (kind === "float16") return littleEndian(BigInt(float16Bits(value)), 2);
  const widthBytes = kind === "float" ? 4 : 8;
  const view = new DataView(new ArrayBuffer(widthBytes));
  if (widthBytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return new Uint8Array(view.buffer);
}

const DAY_NANOSECONDS = 86_400_000_000_000n;
/** Julian day of 1970-01-01. */
const EPOCH_JULIAN_DAY = 2_440_588n;

/** Nanoseconds of the day in eight bytes, the Julian day in four. */
function int96Bytes(nanoseconds: bigint): Uint8Array {
  const ofDay = ((nanoseconds % DAY_NANOSECONDS) + DAY_NANOSECONDS) % DAY_NANOSECONDS;
  const julianDay = (nanoseconds - ofDay) / DAY_NANOSECONDS + EPOCH_JULIAN_DAY;
  return Uint8Array.from([...littleEndian(ofDay, 8), ...littleEndian(julianDay, 4)]);
}

/** Of two's complement (LogicalTypes.md, DECIMAL on BYTE_ARRAY). */
function fewestBytes(value: bigint): number {
  let lengthBytes = 1;
  while (BigInt.asIntN(8 * lengthBytes, value) !== value) lengthBytes += 1;
  return lengthBytes;
}

function integerBytes(type: LeafType, value: bigint): Uint8Array {
  const { physicalType, typeLengthBytes } = columnTypeOf(type);
  if (physicalType === "INT96") return int96Bytes(value);
  if (physicalType === "BYTE_ARRAY") return littleEndian(value, fewestBytes(value)).toReversed();
  if (physicalType === "FIXED_LEN_BYTE_ARRAY") return littleEndian(value, typeLengthBytes).toReversed();
  return littleEndian(value, physicalType === "INT64" ? 8 : 4);
}

function enumName(type: Extract<FieldType, { kind: "enum" }>, code: bigint): string {
  return type.values.find(({ value }) => value === code)?.name ?? "";
}

/** PLAIN bytes of a constant, without the length prefix of a BYTE_ARRAY; a BOOLEAN is one byte, 0 or 1. */
export function constantBytes(type: LeafType, value: SchemaValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "boolean") return Uint8Array.of(value ? 1 : 0);
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (typeof value === "number") return floatBytes(value, type.kind);
  if (type.kind === "enum" && type.storedAs === "name") return new TextEncoder().encode(enumName(type, value));
  return integerBytes(type, value);
}

export function sentinel(type: LeafType, nullValue: bigint | number | "nan"): NullEncoding {
  if (nullValue === "nan") return { kind: "NAN" };
  const { widthBytes } = storageOf(type);
  if (typeof nullValue === "bigint") return { kind: "SENTINEL", bits: BigInt.asUintN(8 * widthBytes, nullValue) };
  const bytes = floatBytes(nullValue, type.kind);
  return { kind: "SENTINEL", bits: BigInt(`0x${Buffer.from(bytes.toReversed()).toString("hex")}`) };
}
