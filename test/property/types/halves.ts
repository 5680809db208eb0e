/** float16. Rounding is stated over the list of all halves, not over bits of floats. */
import * as fc from "fast-check";
import { halfToNumber } from "../../interop/probe-columns.js";
import type { Constant, Limits, RandomType, Sentinel, Value } from "./model.js";
import { printedNumber, yamlNumber } from "./numbers.js";

const SIGN = 0x8000;
const INFINITY = 0x7c00;
/** The least magnitude that rounds to infinity: half a step beyond 65504. */
const INFINITE_FROM = 65_520;

const view = new DataView(new ArrayBuffer(4));

function floatBits(value: number): bigint {
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
}

function floatFromBits(bits: bigint): number {
  view.setUint32(0, Number(bits));
  return view.getFloat32(0);
}

/** Finite halves from 0 on: their order is that of their bits. */
const magnitudes: readonly number[] = Array.from({ length: INFINITY }, (_, bits) => halfToNumber(bits));

/** Bits of the nearest half; of two that are as near, the even one. */
function nearestHalf(value: number): number {
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? SIGN : 0;
  if (magnitude >= INFINITE_FROM) return sign | INFINITY;
  let below = 0;
  for (let step = 1 << 14; step > 0; step >>= 1) if ((magnitudes[below + step] ?? Infinity) <= magnitude) below += step;
  const toLower = magnitude - (magnitudes[below] ?? 0);
  const toUpper = (magnitudes[below + 1] ?? 65_536) - magnitude;
  return sign | (toLower < toUpper || (toLower === toUpper && below % 2 === 0) ? below : below + 1);
}

/** A NaN is quiet and keeps its sign and the upper bits of its payload. */
function halfOf(float: bigint): number {
  const value = floatFromBits(float);
  if (!Number.isNaN(value)) return nearestHalf(value);
  return (Number(float >> 16n) & SIGN) | 0x7e00 | (Number(float >> 13n) & 0x3ff);
}

/** The float with the same value, or the same NaN. */
function widened(half: number): bigint {
  const value = halfToNumber(half);
  if (!Number.isNaN(value)) return floatBits(value);
  return (BigInt(half & SIGN) << 16n) | 0x7f800000n | (BigInt(half & 0x3ff) << 13n);
}

/** `float`: bits of the float that C gives to the setter. */
function halfValue(float: bigint): Value {
  const half = halfOf(float);
  return { raw: float, ts: floatFromBits(float), file: printedNumber(halfToNumber(half)), isValid: true, got: widened(half) };
}

/** Zeros, the least and the greatest subnormal and normal halves, infinities. */
const edgeHalves = [0, 1, 2, 0x3fe, 0x3ff, 0x400, 0x401, 0x3bff, 0x3c00, 0x3c01, 0x7bfe, 0x7bff, 0x7c00];
const anyHalf = fc.oneof(fc.constantFrom(...edgeHalves, ...edgeHalves.map((half) => half | SIGN)), fc.integer({ min: 0, max: 0xffff }));
const exact = anyHalf.filter((half) => !Number.isNaN(halfToNumber(half))).map((half) => halfValue(floatBits(halfToNumber(half))));

const nans = fc.constantFrom(0x7fc00000n, 0xffc00001n, 0x7f800001n, 0xffffffffn, 0x7fa00000n, 0x7f802000n).map(halfValue);

/** Halfway between two halves, and the floats on either side of it. */
const ties = fc
  .tuple(fc.oneof(fc.constantFrom(...edgeHalves), fc.integer({ min: 0, max: 0x7bfe })), fc.constantFrom(-1n, 0n, 1n), fc.boolean())
  .filter(([half]) => half < 0x7bff)
  .map(([half, step, isNegative]) => {
    const middle = ((magnitudes[half] ?? 0) + (magnitudes[half + 1] ?? 0)) / 2;
    return halfValue((floatBits(middle) + step) | (isNegative ? 0x80000000n : 0n));
  });

/** Not infinite: TypeScript refuses a finite number that would become that. */
const anyFloat = fc
  .bigInt({ min: 0n, max: 0xffffffffn })
  .filter((float) => !(Math.abs(floatFromBits(float)) >= INFINITE_FROM))
  .map(halfValue);

const tooLarge = fc
  .tuple(fc.constantFrom(65_520, 65_536, 1e38), fc.boolean())
  .map(([magnitude, isNegative]) => halfValue(floatBits(isNegative ? -magnitude : magnitude)));

/** Bits that no setter makes. */
const signalling = fc.constantFrom(0x7c01, 0xfdff, 0x7d00).map((half): Value => ({
  raw: 0x7fc00000n,
  file: "NaN",
  isValid: true,
  poked: half,
  got: widened(half),
}));

function sentinelOf(value: number): Sentinel {
  const half = nearestHalf(value);
  return { yaml: yamlNumber(value), raw: floatBits(value), matches: (raw) => halfOf(raw) === half };
}

const sentinels = fc.oneof(
  fc.constant<Sentinel>({ yaml: ".nan", raw: 0x7fc00000n, matches: (raw) => Number.isNaN(floatFromBits(raw)) }),
  fc.constantFrom(-1, 0, 0.1, 65_504, 6e-8).map(sentinelOf),
);

const constants = fc
  .constantFrom(0, -0, 1, -2.5, 0.1, 65_519, -65_504, 1e-8, 6e-8)
  .map((written): Constant => ({ yaml: yamlNumber(written), value: { ...halfValue(floatBits(written)), ts: written } }));

/** Limits are numbers, not halves: only values that rounding leaves alone are the same number before and after it. */
const limits: Limits = {
  numberOf: ({ ts, file }) => (printedNumber(Number(ts)) === file ? Number(ts) : Number.NaN),
  yaml: yamlNumber,
  outside: (bound, side) => {
    const half = nearestHalf(Number(bound));
    const isAway = bound < 0 === (side === "below");
    const next = halfToNumber(isAway ? half + 1 : half - 1);
    const isUsable = Number(bound) !== 0 && Number.isFinite(next);
    return { ...halfValue(isUsable ? floatBits(next) : 0x7fc00000n), isValid: false };
  },
};

export const float16: RandomType = {
  name: "float16",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "scalar", widthBits: 32, from: "pqflow_float_from_bits" },
    column: {
      element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, converted_type: undefined, logical_type: { type: "FLOAT16" } },
      decoding: "half",
      duckdb: (column) => `${column}::DOUBLE`,
    },
    values: [exact, fc.oneof(exact, nans, ties, anyFloat)],
    wild: fc.oneof(tooLarge, signalling),
    refused: fc.constantFrom<unknown>(1n, "1", true),
    sentinel: sentinels,
    constant: constants,
    limits,
  }),
};
