/** float, double, decimal. */
import * as fc from "fast-check";
import {
  integerConstants,
  integerIn,
  integerLimits,
  integerSentinels,
  integerValues,
  loggedForms,
  type IntegerRange,
  rangeOf,
} from "./integers.js";
import type { Facts, Limits, RandomType, Sentinel, Value, YamlKeys } from "./model.js";

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
function yamlNumber(value: bigint | number): string {
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
    numberOf: (value) => fromBits(value.raw as bigint, widthBits),
    yaml: yamlNumber,
    outside: (bound, side) => {
      const value = nextFloat(Number(bound), side, widthBits);
      // NaN is inside of no bounds: it serves beside zero, and where no finite number follows.
      const next = value === bound || !Number.isFinite(value) || bound === 0 ? Number.NaN : value;
      return { ...floatValue(toBits(next, widthBits), widthBits), isValid: false };
    },
  };
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
        .constantFrom(0, -0, 1, -2.5, 0.1, 1e300, 3.5e-310)
        .map((value) => ({ yaml: yamlNumber(value), file: printedNumber(fromBits(toBits(value, widthBits), widthBits)) })),
      limits: floatLimits(widthBits),
    }),
  };
}

const decimalKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(fc.integer({ min: 1, max: 76 }), fc.nat(), fc.option(fc.constantFrom("int32", "int64", "fixed"), { nil: undefined }))
  .map(([precision, scale, storage]) => {
    const capacity = storage === "int32" ? 9 : storage === "int64" ? 18 : 76;
    const digits = 1 + ((precision - 1) % capacity);
    return {
      precision: String(digits),
      ...(scale % 3 === 0 ? {} : { scale: String(scale % (digits + 1)) }),
      ...(storage === undefined ? {} : { storage }),
    };
  });

function bigEndianBytes(value: bigint, lengthBytes: number): Uint8Array {
  const hex = BigInt.asUintN(8 * lengthBytes, value)
    .toString(16)
    .padStart(2 * lengthBytes, "0");
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

/** Fewest bytes whose largest signed number has all digits. */
function decimalBytes(precision: number): number {
  return (
    Array.from({ length: 40 }, (_, index) => index + 1).find((length) => 2n ** BigInt(8 * length - 1) >= 10n ** BigInt(precision)) ?? 0
  );
}

function decimalSql(precision: number): ((column: string) => string) | undefined {
  return precision > 38 ? undefined : (column) => `replace(${column}::VARCHAR, '.', '')::HUGEINT::VARCHAR`;
}

function fixedDecimal(precision: number, range: IntegerRange): Omit<Facts, "column"> {
  const lengthBytes = decimalBytes(precision);
  const valueOf = (value: bigint, ts: unknown): Value => ({
    raw: bigEndianBytes(value, lengthBytes),
    ts,
    file: value.toString(),
    isValid: true,
  });
  return {
    carrier: { kind: "bytes", lengthBytes },
    values: [integerIn(range).map((value) => valueOf(value, loggedForms(value, 64).at(-1)))],
    constant: integerConstants(range),
    // No limits: the language has them for decimals of up to 18 digits.
  };
}

const decimal: RandomType = {
  name: "decimal",
  keys: decimalKeys,
  facts: (keys) => {
    const precision = Number(keys["precision"]);
    const scale = Number(keys["scale"] ?? 0);
    const storage = keys["storage"] ?? (precision <= 9 ? "int32" : precision <= 18 ? "int64" : "fixed");
    const range: IntegerRange = { min: 1n - 10n ** BigInt(precision), max: 10n ** BigInt(precision) - 1n };
    const annotation = { converted_type: "DECIMAL", precision, scale, logical_type: { type: "DECIMAL", precision, scale } };
    const duckdb = decimalSql(precision);
    const sql = duckdb === undefined ? {} : { duckdb };
    if (storage === "fixed") {
      const element = { type: "FIXED_LEN_BYTE_ARRAY", type_length: decimalBytes(precision), ...annotation };
      return { ...fixedDecimal(precision, range), column: { element, decoding: "decimal", ...sql } };
    }
    const widthBits = storage === "int32" ? 32 : 64;
    return {
      carrier: { kind: "scalar", widthBits },
      column: { element: { type: storage.toUpperCase(), ...annotation }, decoding: "integer", ...sql },
      values: [integerValues(range, widthBits)],
      sentinel: integerSentinels(rangeOf(widthBits, true), widthBits),
      constant: integerConstants(range),
      limits: integerLimits(range, widthBits),
    };
  },
};

export const numberTypes: readonly RandomType[] = [floatingType("float", 32), floatingType("double", 64), decimal];
