/** date, time, timestamp. */
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
    constant: integerConstants(moderateDays),
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

/** DuckDB keeps microseconds, except of timestamps without a zone. */
function duckdbTicks(type: "TIME" | "TIMESTAMP", unit: Unit, isUtc: boolean): Pick<ExpectedColumn, "duckdb" | "duckdbDivisor"> {
  if (unit !== "ns" || (type === "TIMESTAMP" && !isUtc)) return { duckdb: (column) => `epoch_${unit}(${column})::VARCHAR` };
  return { duckdb: (column) => `epoch_us(${column})::VARCHAR`, duckdbDivisor: 1_000n };
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
      constant: integerConstants(range),
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
    // Before 1970 in nanoseconds, DuckDB cuts the digits it loses towards the past, a division towards zero would not.
    const moderate = { min: unit === "ns" && isUtc ? 0n : -2_000_000_000n * ticks, max: 8_000_000_000n * ticks };
    return {
      carrier: { kind: "scalar", widthBits: 64 },
      column: { element: annotation("TIMESTAMP", unit, isUtc), decoding: "integer", ...duckdbTicks("TIMESTAMP", unit, isUtc) },
      values: [fc.oneof(integerValues(moderate, 64), dateObjects(toTicks, 64)), integerValues(rangeOf(64, true), 64)],
      isBeyondDuckdb: [false, true],
      sentinel: integerSentinels(rangeOf(64, true), 64),
      constant: integerConstants(moderate),
      limits: integerLimits(rangeOf(64, true), 64),
    };
  },
};

export const temporalTypes: readonly RandomType[] = [date, time, timestamp];
