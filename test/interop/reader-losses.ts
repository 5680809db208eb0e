/** Where a reader gives something else than what the file holds: the tests expect exactly this, and nothing else to be lost. docs/readers.md tells it to users. */
import type { Canonical, ProbeColumn } from "./probe-columns.js";

export type ReaderName = "DuckDB" | "hyparquet" | "parquet-wasm" | "pyarrow";

export interface ReaderLoss {
  readonly reader: ReaderName;
  /** The sentence for the documentation. */
  readonly loss: string;
  readonly isOf: (column: ProbeColumn) => boolean;
  /** What the reader makes of a value. */
  readonly seen: (value: string) => string;
}

const thousandth = (value: string): bigint => BigInt(value) / 1000n;
const isBefore1970WithRest = (value: string): boolean => value.startsWith("-") && !value.endsWith("000");

export const readerLosses: readonly ReaderLoss[] = [
  {
    reader: "DuckDB",
    loss: "TIME in nanoseconds, and TIMESTAMP in nanoseconds with utc, come in microseconds, cut towards 1970; TIMESTAMP in nanoseconds without utc keeps them",
    isOf: ({ name }) => name.startsWith("time_ns") || name === "timestamp_ns_utc",
    seen: (value) => thousandth(value).toString(),
  },
  {
    reader: "DuckDB",
    loss: "INT96 comes in microseconds, rounded down",
    isOf: ({ name }) => name.startsWith("int96"),
    seen: (value) => (thousandth(value) - (isBefore1970WithRest(value) ? 1n : 0n)).toString(),
  },
  {
    reader: "parquet-wasm",
    loss: "INTERVAL comes without its months, as Arrow's days and milliseconds",
    isOf: ({ kind }) => kind === "interval",
    seen: (value) => value.replace(/^\d+ /, "0 "),
  },
];

/** What the comparison of values goes past: a reader's own conversions, values that these columns do not hold, encodings that are written on request alone. */
export const conversionLosses: readonly Pick<ReaderLoss, "reader" | "loss">[] = [
  { reader: "DuckDB", loss: "months and days of an INTERVAL from 2^31 on come as negative numbers" },
  {
    reader: "DuckDB",
    loss: "it refuses DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY of decimals in BYTE_ARRAY, and BYTE_STREAM_SPLIT of INT64 and FIXED_LEN_BYTE_ARRAY: the writer never chooses these",
  },
  { reader: "parquet-wasm", loss: "days and milliseconds of an INTERVAL from 2^31 on come as negative numbers" },
  { reader: "hyparquet", loss: "its conversion of DECIMAL goes through floating point; the stored integer is exact" },
];

/** The value as that reader gives it. */
export function seenBy(reader: ReaderName, column: ProbeColumn): (value: Canonical) => Canonical {
  const found = readerLosses.find((candidate) => candidate.reader === reader && candidate.isOf(column));
  return (value) => (value === null || found === undefined ? value : found.seen(value));
}
