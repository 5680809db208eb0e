/** date, time, timestamp, int96. */
import * as fc from "fast-check";
import { integerConstants, integerLimits, integerSentinels, integerValue, integerValues, type IntegerRange, rangeOf } from "./integers.js";
import type { ExpectedColumn, RandomType, Value, YamlKeys } from "./model.js";

const units = {
  ms: { ticks: 1_000n, word: "MILLIS" },
  us: { ticks: 1_000_000n, word: "MICROS" },
  ns: { ticks: 1_000_000_000n, word: "NANOS" },
} as const;
type Unit = keyof typeof units;

const DAY_MS = 86_400_000;
/** Years 1000 … 9000: what every reader agrees on. */
const moderateDays: IntegerRange = { min: -354_000n, max: 2_560_000n };

function dateObjects(toTicks: (ms: number) => bigint, widthBits: 32 | 64): fc.Arbitrary<Value> {
  return fc.integer({ min: -2_000_000_000_000, max: 8_000_000_000_000 }).map((ms) => integerValue(toTicks(ms), widthBits, new Date(ms)));
}

const date: RandomType = {
  name: "date",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "scalar", widthBits: 32 },
    column: {
      element: { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } },
      decoding: "integer",
      duckdb: (column) => `(${column} - DATE '1970-01-01')::VARCHAR`,
    },
    values: [
      fc.oneof(
        integerValues(moderateDays, 32),
        dateObjects((ms) => BigInt(Math.floor(ms / DAY_MS)), 32),
      ),
      integerValues(rangeOf(32, true), 32),
    ],
    isBeyondDuckdb: [false, true],
    sentinel: integerSentinels(rangeOf(32, true), 32),
    constant: integerConstants(moderateDays, 32),
    limits: integerLimits(rangeOf(32, true), 32),
  }),
};

const unitKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(fc.constantFrom<Unit>("ms", "us", "ns"), fc.constantFrom("true", "false", undefined))
  .map(([unit, utc]) => ({ unit, ...(utc === undefined ? {} : { utc }) }));

function annotation(type: "TIME" | "TIMESTAMP", unit: Unit, isUtc: boolean): Readonly<Record<string, unknown>> {
  return {
    type: type === "TIME" && unit === "ms" ? "INT32" : "INT64",
    // The older annotation says "UTC" and has no nanoseconds; writers give it for both kinds of time.
    ...(unit === "ns" ? { converted_type: undefined } : { converted_type: `${type}_${units[unit].word}` }),
    logical_type: { type, isAdjustedToUTC: isUtc, unit: units[unit].word },
  };
}

/** DuckDB keeps microseconds, except of timestamps without a zone: cut towards 1970. */
function duckdbTicks(type: "TIME" | "TIMESTAMP", unit: Unit, isUtc: boolean): Pick<ExpectedColumn, "duckdb" | "duckdbSeen"> {
  if (unit !== "ns" || (type === "TIMESTAMP" && !isUtc)) return { duckdb: (column) => `epoch_${unit}(${column})::VARCHAR` };
  return { duckdb: (column) => `epoch_us(${column})::VARCHAR`, duckdbSeen: (value) => (BigInt(value) / 1_000n).toString() };
}

const time: RandomType = {
  name: "time",
  keys: unitKeys,
  facts: (keys) => {
    const unit = keys["unit"] as Unit;
    const isUtc = keys["utc"] === "true";
    const widthBits = unit === "ms" ? 32 : 64;
    const range: IntegerRange = { min: 0n, max: 86_400n * units[unit].ticks - 1n };
    return {
      carrier: { kind: "scalar", widthBits },
      column: { element: annotation("TIME", unit, isUtc), decoding: "integer", ...duckdbTicks("TIME", unit, isUtc) },
      values: [integerValues(range, widthBits)],
      sentinel: integerSentinels(rangeOf(widthBits, true), widthBits),
      constant: integerConstants(range, widthBits),
      limits: integerLimits(range, widthBits),
    };
  },
};

const timestamp: RandomType = {
  name: "timestamp",
  keys: unitKeys,
  facts: (keys) => {
    const unit = keys["unit"] as Unit;
    const isUtc = keys["utc"] === "true";
    const { ticks } = units[unit];
    const toTicks = (ms: number): bigint => BigInt(ms) * (ticks / 1_000n);
    const moderate = { min: -2_000_000_000n * ticks, max: 8_000_000_000n * ticks };
    return {
      carrier: { kind: "scalar", widthBits: 64 },
      column: { element: annotation("TIMESTAMP", unit, isUtc), decoding: "integer", ...duckdbTicks("TIMESTAMP", unit, isUtc) },
      values: [fc.oneof(integerValues(moderate, 64), dateObjects(toTicks, 64)), integerValues(rangeOf(64, true), 64)],
      isBeyondDuckdb: [false, true],
      sentinel: integerSentinels(rangeOf(64, true), 64),
      constant: integerConstants(moderate, 64),
      limits: integerLimits(rangeOf(64, true), 64),
    };
  },
};

const DAY_NS = 86_400_000_000_000n;
const range64 = rangeOf(64, true);

/** The largest whole number of microseconds that is not greater. */
function microseconds(nanoseconds: bigint): bigint {
  const rest = ((nanoseconds % 1_000n) + 1_000n) % 1_000n;
  return (nanoseconds - rest) / 1_000n;
}

/** Midnights, their neighbours, either side of 1970, and the ends of what 64 bits hold. */
const legacyTimes: fc.Arbitrary<Value> = fc.oneof(
  { weight: 2, arbitrary: integerValues(range64, 64) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.bigInt({ min: -106_000n, max: 106_000n }), fc.constantFrom(-1n, 0n, 1n, 999n, 1_000n, DAY_NS - 1n))
      .map(([day, rest]) => integerValue(day * DAY_NS + rest, 64, day * DAY_NS + rest)),
  },
  { weight: 1, arbitrary: dateObjects((ms) => BigInt(ms) * 1_000_000n, 64) },
);

const int96: RandomType = {
  name: "int96",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "scalar", widthBits: 64 },
    column: {
      element: { type: "INT96", converted_type: undefined, logical_type: undefined },
      decoding: "int96",
      duckdb: (column) => `epoch_us(${column})::VARCHAR`,
      duckdbSeen: (value) => microseconds(BigInt(value)).toString(),
      hasBounds: false,
    },
    values: [legacyTimes],
    refused: fc.constantFrom<unknown>(range64.min - 1n, range64.max + 1n, 2 ** 53, new Date(Number.NaN), new Date(8.64e15)),
    sentinel: integerSentinels(range64, 64),
    constant: integerConstants(range64, 64),
    limits: integerLimits(range64, 64),
  }),
};

export const temporalTypes: readonly RandomType[] = [date, time, timestamp, int96];
