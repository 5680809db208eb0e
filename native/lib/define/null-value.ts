/** Null as a value of the field: its bits in the record. */
import { float16Bits } from "../float16.js";
import { type IntegerName, integerRange } from "./integer-types.js";
import type { ResolvedType } from "./model.js";
import { type Fail, shown } from "./problem.js";

export interface NullValue {
  /** Any NaN is null, whatever its bits. */
  readonly isNan: boolean;
  /** As they lie in the record, little-endian; of NaN the quiet one that is stored. */
  readonly bits: bigint;
  /** As the schema language has it. */
  readonly text: bigint | number | ".nan";
}

const floats = {
  FLOAT16: { infiniteFrom: 65_520, bitsOf: (value: number) => BigInt(float16Bits(value)) },
  FLOAT: { infiniteFrom: 2 ** 128 - 2 ** 103, bitsOf: (value: number) => BigInt(new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0) },
  DOUBLE: { infiniteFrom: Number.POSITIVE_INFINITY, bitsOf: (value: number) => new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n },
} as const;

function floatNull(storage: keyof typeof floats, value: unknown, fail: Fail): NullValue {
  const { infiniteFrom, bitsOf } = floats[storage];
  if (typeof value !== "number") return fail(`nullValue must be a number, got ${shown(value)}`);
  if (Number.isNaN(value)) return { isNan: true, bits: bitsOf(value), text: ".nan" };
  return Math.abs(value) < infiniteFrom
    ? { isNan: false, bits: bitsOf(value), text: value }
    : fail(`nullValue ${value} is too large for the type; NaN is a value to spare`);
}

function integerNull(name: IntegerName, widthBytes: number, value: unknown, fail: Fail): NullValue {
  if (typeof value !== "bigint" && !Number.isSafeInteger(value))
    return fail(`nullValue must be a bigint or a safe integer, got ${shown(value)}`);
  const code = BigInt(value as bigint | number);
  const [low, high] = integerRange(name);
  if (code < low || code > high) fail(`nullValue ${code} is not from ${low} to ${high}, which the record holds`);
  return { isNan: false, bits: BigInt.asUintN(8 * widthBytes, code), text: code };
}

const isFloat = (storage: string): storage is keyof typeof floats => Object.hasOwn(floats, storage);

/** Any value that the record can hold, also one that the type refuses. */
export function readNullValue({ storage, widthBytes }: ResolvedType, value: unknown, fail: Fail): NullValue {
  if (isFloat(storage)) return floatNull(storage, value, fail);
  if (/^U?INT/.test(storage)) return integerNull(storage.toLowerCase() as IntegerName, widthBytes, value, fail);
  return fail("nullValue is for numbers, times and enums; leave it out, and null is a bit of the record");
}
