/** Where a reader gives something else than what the file holds: the tests expect exactly this, and nothing else to be lost. docs/readers.md tells it to users. */
import type { Canonical, ProbeColumn } from "./probe-columns.js";

export type ReaderName = "DuckDB" | "hyparquet" | "parquet-wasm" | "pyarrow" | "Polars";

/** How a file holds a column. */
export interface StoredAs {
  readonly physicalType: string;
  /** Of values and levels, over all row groups. */
  readonly encodings: ReadonlySet<string>;
}

export interface ReaderLoss {
  readonly reader: ReaderName;
  /** The sentence for the documentation. */
  readonly loss: string;
  readonly isOf: (column: ProbeColumn, stored: StoredAs) => boolean;
  /** What the reader makes of a value; absent where it refuses the column. */
  readonly seen?: (value: string) => string;
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
  {
    reader: "Polars",
    loss: "it refuses INTERVAL columns, and opens a file that has one only with POLARS_IMPORT_INTERVAL_AS_STRUCT=1 in the environment",
    isOf: ({ kind }) => kind === "interval",
  },
  {
    reader: "Polars",
    loss: "it refuses DELTA_BYTE_ARRAY of FIXED_LEN_BYTE_ARRAY (fixed bytes, UUID, FLOAT16, wide DECIMAL), which the writer never chooses",
    isOf: (_, { physicalType, encodings }) => physicalType === "FIXED_LEN_BYTE_ARRAY" && encodings.has("DELTA_BYTE_ARRAY"),
  },
];

/** What the comparison of values goes past: a reader's own conversions, values that these columns do not hold, encodings that are written on request alone. */
export const conversionLosses: readonly Pick<ReaderLoss, "reader" | "loss">[] = [
  { reader: "DuckDB", loss: "months and days of an INTERVAL from 2^31 on come as negative numbers" },
  {
    reader: "DuckDB",
    loss: "it refuses DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY of decimals in BYTE_ARRAY, and BYTE_STREAM_SPLIT of INT64 and FIXED_LEN_BYTE_ARRAY: the writer never chooses these",
  },
  { reader: "Polars", loss: "it fails on some columns of text in DELTA_BYTE_ARRAY within an optional struct, several pages long" },
  { reader: "parquet-wasm", loss: "days and milliseconds of an INTERVAL from 2^31 on come as negative numbers" },
  { reader: "hyparquet", loss: "a MAP comes as an object: keys that are no text become text, keys of digits come in ascending order" },
  { reader: "hyparquet", loss: "its conversion of DECIMAL goes through floating point; the stored integer is exact" },
];

/** The loss of that reader that a column so stored shows. */
export const lossOf = (reader: ReaderName, column: ProbeColumn, stored: StoredAs): ReaderLoss | undefined =>
  readerLosses.find((candidate) => candidate.reader === reader && candidate.isOf(column, stored));

/** The values as that reader gives them; undefined where it refuses the column. */
export function seenBy(
  reader: ReaderName,
  column: ProbeColumn,
  stored: StoredAs,
  values: readonly Canonical[],
): readonly Canonical[] | undefined {
  const loss = lossOf(reader, column, stored);
  if (loss === undefined) return values;
  const { seen } = loss;
  return seen === undefined ? undefined : values.map((value) => value && seen(value));
}
