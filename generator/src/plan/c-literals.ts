/** Numbers and types of C. */
import type { Storage } from "../layout/model.js";

export type ScalarStorage = Exclude<Storage, "NONE" | "FIXED_BYTES" | "PADDED_TEXT" | "COUNTED_8" | "COUNTED_16">;

const scalarTypes: Readonly<Record<ScalarStorage, string>> = {
  BOOL: "uint8_t",
  INT8: "int8_t",
  INT16: "int16_t",
  INT32: "int32_t",
  INT64: "int64_t",
  UINT8: "uint8_t",
  UINT16: "uint16_t",
  UINT32: "uint32_t",
  UINT64: "uint64_t",
  FLOAT16: "uint16_t",
  FLOAT: "float",
  DOUBLE: "double",
};

export function isScalarStorage(storage: Storage): storage is ScalarStorage {
  return storage in scalarTypes;
}

export function scalarType(storage: ScalarStorage): string {
  return scalarTypes[storage];
}

export const int64Min = -(2n ** 63n);
export const int64Max = 2n ** 63n - 1n;
const int32Min = -(2n ** 31n);
const int32Max = 2n ** 31n - 1n;

export function fitsInt(value: bigint): boolean {
  return value >= int32Min && value <= int32Max;
}

/** An integer literal whose type is int where it fits, else int64_t, else uint64_t. */
export function integerLiteral(value: bigint): string {
  if (value === int64Min) {
    return "INT64_MIN";
  }
  if (value === int32Min) {
    return "INT32_MIN";
  }
  if (fitsInt(value)) {
    return value.toString();
  }
  return value <= int64Max ? `INT64_C(${value})` : `UINT64_C(${value})`;
}

/** An integer literal of an unsigned type. */
export function unsignedLiteral(value: bigint): string {
  return value < 2n ** 32n ? `${value}U` : `UINT64_C(${value})`;
}

export function hexLiteral(value: bigint): string {
  return `0x${value.toString(16)}`;
}

export function fingerprintLiteral(value: bigint): string {
  return `UINT64_C(0x${value.toString(16).padStart(16, "0")})`;
}

/** A literal of type double that reads back as the same number. */
export function doubleLiteral(value: number): string {
  const text = Object.is(value, -0) ? "-0.0" : value.toString();
  return /[.e]/.test(text) ? text : `${text}.0`;
}
