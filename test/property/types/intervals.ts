/** interval. */
import * as fc from "fast-check";
import type { RandomType, Value } from "./model.js";

interface Parts {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

const UINT32_MAX = 2 ** 32 - 1;
const part = fc.oneof(fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, UINT32_MAX), fc.integer({ min: 0, max: UINT32_MAX }));
const anyParts: fc.Arbitrary<Parts> = fc.record({ months: part, days: part, milliseconds: part });

function valueOf(parts: Parts): Value {
  const { months, days, milliseconds } = parts;
  const raw = new Uint8Array(Uint32Array.of(months, days, milliseconds).buffer);
  return { raw, ts: parts, file: `${months} ${days} ${milliseconds}`, isValid: true };
}

/** What a part must not be in TypeScript. */
const refused = fc
  .tuple(
    fc.constantFrom<keyof Parts>("months", "days", "milliseconds"),
    fc.constantFrom<unknown>(-1, 2 ** 32, 0.5, Number.NaN, "1", 1n, undefined),
  )
  .map(([name, wrong]) => ({ months: 0, days: 0, milliseconds: 0, [name]: wrong }));

function signed(count: string | undefined): string {
  return (Number(count) | 0).toString();
}

/** Months and days of DuckDB, days and milliseconds of Arrow are signed. */
function duckdbSeen(value: string): string {
  const [months, days, milliseconds] = value.split(" ");
  return `${signed(months)} ${signed(days)} ${milliseconds}`;
}

function arrowSeen(value: string): string {
  const [, days, milliseconds] = value.split(" ");
  return `0 ${signed(days)} ${signed(milliseconds)}`;
}

/** The clock's part may hold more than a day, which EPOCH would add up with the days and months. */
function intervalSql(column: string): string {
  const clock = `datepart('hour', ${column}) * 3600000 + datepart('minute', ${column}) * 60000 + datepart('millisecond', ${column})`;
  return `(datepart('year', ${column}) * 12 + datepart('month', ${column})) || ' ' || datepart('day', ${column}) || ' ' || (${clock})`;
}

/** A part left out is 0. */
function yamlOf(parts: Parts): string {
  const written = Object.entries(parts).filter(([, count]) => count !== 0);
  return `{${written.map(([name, count]) => `${name}: ${String(count)}`).join(", ")}}`;
}

export const interval: RandomType = {
  name: "interval",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "interval" },
    column: {
      element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 12, converted_type: "INTERVAL" },
      decoding: "interval",
      duckdb: intervalSql,
      duckdbSeen,
      arrowSeen,
      hasBounds: false,
    },
    values: [anyParts.map(valueOf)],
    refused,
    constant: anyParts.map((parts) => ({ yaml: yamlOf(parts), value: valueOf(parts) })),
  }),
};
