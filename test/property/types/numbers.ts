/** float, double. */
import * as fc from "fast-check";
import type { Constant, Limits, RandomType, Sentinel, Value } from "./model.js";

type FloatBits = 32 | 64;

function toBits(value: number, widthBits: FloatBits): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (widthBits === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return widthBits === 32 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

function fromBits(raw: bigint, widthBits: FloatBits): number {
  const view = new DataView(new ArrayBuffer(8));
  if (widthBits === 32) view.setUint32(0, Number(raw));
  else view.setBigUint64(0, raw);
  return widthBits === 32 ? view.getFloat32(0) : view.getFloat64(0);
}

export const printedNumber = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

function floatValue(raw: bigint, widthBits: FloatBits): Value {
  const value = fromBits(raw, widthBits);
  return { raw, ts: value, file: printedNumber(value), isValid: true };
}

/** NaNs with every sign and payload, zeros of both signs, infinities, subnormals. */
const specialBits: Readonly<Record<FloatBits, readonly bigint[]>> = {
  32: [
    0x7fc00000n,
    0xffc00001n,
    0x7f800001n,
    0xffffffffn,
    0n,
    0x80000000n,
    0x7f800000n,
    0xff800000n,
    1n,
    0x80000001n,
    0x7f7fffffn,
    0x00800000n,
  ],
  64: [
    0x7ff8000000000000n,
    0xfff8000000000001n,
    0x7ff0000000000001n,
    0xffffffffffffffffn,
    0n,
    0x8000000000000000n,
    0x7ff0000000000000n,
    0xfff0000000000000n,
    1n,
    0x8000000000000001n,
    0x7fefffffffffffffn,
    0x0010000000000000n,
  ],
};

function floatBits(widthBits: FloatBits): fc.Arbitrary<bigint> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => toBits(value / 64, widthBits)) },
    { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: 2n ** BigInt(widthBits) - 1n }) },
    { weight: 2, arbitrary: fc.constantFrom(...specialBits[widthBits]) },
  );
}

/** As YAML 1.2 reads a float: with a point. */
export function yamlNumber(value: bigint | number): string {
  const text = printedNumber(Number(value));
  return /[.]/.test(text) ? text : text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

function floatSentinels(widthBits: FloatBits): fc.Arbitrary<Sentinel> {
  const nan: Sentinel = { yaml: ".nan", raw: toBits(Number.NaN, widthBits), matches: (raw) => Number.isNaN(fromBits(raw, widthBits)) };
  return fc.oneof(
    fc.constant(nan),
    fc.constantFrom(-1, 0, 1.5, -0.25).map((value) => {
      const raw = toBits(value, widthBits);
      return { yaml: yamlNumber(value), raw, matches: (other: bigint) => other === raw };
    }),
  );
}

function nextFloat(value: number, side: "below" | "above", widthBits: FloatBits): number {
  const steps = [1, 2, 1e-3 * Math.abs(value), Math.abs(value)];
  const round = (number: number): number => fromBits(toBits(number, widthBits), widthBits);
  return steps.map((step) => round(side === "below" ? value - step : value + step)).find((next) => next !== value) ?? value;
}

function floatLimits(widthBits: FloatBits): Limits {
  return {
    numberOf: ({ raw, ts }) => {
      const stored = fromBits(raw as bigint, widthBits);
      return Object.is(stored, ts) ? stored : Number.NaN;
    },
    yaml: yamlNumber,
    outside: (bound, side) => {
      const value = nextFloat(Number(bound), side, widthBits);
      // NaN is inside of no bounds: it serves beside zero, and where no finite number follows.
      const next = value === bound || !Number.isFinite(value) || bound === 0 ? Number.NaN : value;
      return { ...floatValue(toBits(next, widthBits), widthBits), isValid: false };
    },
  };
}

/** A number as it is written; the record holds the nearest of its type. */
function constantOf(written: number, widthBits: FloatBits): Constant {
  return { yaml: yamlNumber(written), value: { ...floatValue(toBits(written, widthBits), widthBits), ts: written } };
}

function floatingType(name: "float" | "double", widthBits: FloatBits): RandomType {
  return {
    name,
    keys: fc.constant({}),
    facts: () => ({
      carrier: { kind: "scalar", widthBits, from: `pqflow_${name}_from_bits` },
      column: { element: { type: name.toUpperCase() }, decoding: "floating", duckdb: (column) => `${column}::DOUBLE` },
      values: [floatBits(widthBits).map((raw) => floatValue(raw, widthBits))],
      sentinel: floatSentinels(widthBits),
      constant: fc
        .constantFrom(0, -0, 1, -2.5, 0.1, widthBits === 32 ? 3e38 : 1e300, 3.5e-310)
        .map((value) => constantOf(value, widthBits)),
      limits: floatLimits(widthBits),
    }),
  };
}

export const numberTypes: readonly RandomType[] = [floatingType("float", 32), floatingType("double", 64)];
