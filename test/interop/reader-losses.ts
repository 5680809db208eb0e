/** Where a reader gives something else than what the file holds: the tests expect exactly this, and nothing else to be lost. docs/readers.md tells it to users. */
import type { Canonical, ProbeColumn } from "./probe-columns.js";

export const readerNames = ["DuckDB", "hyparquet", "parquet-wasm", "pyarrow", "Polars", "parquet-java", "arrow-rs"] as const;
export type ReaderName = (typeof readerNames)[number];

/** How a file holds a column. */
export interface StoredAs {
  readonly physicalType: string;
  /** Of values, over all row groups. */
  readonly encodings: ReadonlySet<string>;
  /** Over all row groups. */
  readonly codecs: ReadonlySet<string>;
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

const NO_BROTLI = "it reads BROTLI only with a codec class that it does not bring along";

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
  {
    reader: "parquet-java",
    loss: NO_BROTLI,
    isOf: (_, { codecs }) => codecs.has("BROTLI"),
  },
];

/** What the comparison of values goes past: a reader's own conversions, values that these columns do not hold, encodings that are written on request alone. */
export const conversionLosses: readonly Pick<ReaderLoss, "reader" | "loss">[] = [
  { reader: "DuckDB", loss: "months and days of an INTERVAL from 2^31 on come as negative numbers" },
  {
    reader: "DuckDB",
    loss: "it refuses DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY of decimals in BYTE_ARRAY, and BYTE_STREAM_SPLIT of INT64 and FIXED_LEN_BYTE_ARRAY: the writer never chooses these",
  },
  {
    reader: "pyarrow",
    loss: "a dataset's filters take rows of NaN for rows within the bounds of their row group, and lose or find them by that",
  },
  { reader: "parquet-wasm", loss: "days and milliseconds of an INTERVAL from 2^31 on come as negative numbers" },
  { reader: "hyparquet", loss: "a MAP comes as an object: keys that are no text become text, keys of digits come in ascending order" },
  { reader: "hyparquet", loss: "its conversion of DECIMAL goes through floating point; the stored integer is exact" },
];

interface NestedLoss {
  readonly reader: ReaderName;
  readonly loss: string;
  /** Columns are those of nested_columns.cpp. */
  readonly isOf: (column: string, stored: StoredAs) => boolean;
}

/** Of nested columns, each of which it refuses or reads otherwise as a whole. */
export const nestedLosses: readonly NestedLoss[] = [
  {
    reader: "Polars",
    loss: "it refuses text in DELTA_LENGTH_BYTE_ARRAY or DELTA_BYTE_ARRAY that is required within an optional struct, where a column chunk has pages with nulls and pages without; pyarrow's files of such columns too",
    isOf: (column, { encodings }) =>
      column === "maybe_marked" && ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"].some((encoding) => encodings.has(encoding)),
  },
  { reader: "parquet-java", loss: NO_BROTLI, isOf: (_, { codecs }) => codecs.has("BROTLI") },
];

export const nestedLossOf = (reader: ReaderName, column: string, stored: StoredAs): string | undefined =>
  nestedLosses.find((candidate) => candidate.reader === reader && candidate.isOf(column, stored))?.loss;

export interface FilterLoss {
  readonly reader: ReaderName;
  readonly loss: string;
  readonly isOf: (column: ProbeColumn) => boolean;
  /**
   * "not compared": the reader has no such filter. "equality": some of its = and IN find fewer rows than there are. "floats": what finds NaN, or one zero by the other, may not.
   * FLOAT16 is of both.
   */
  readonly what: "not compared" | "equality" | "floats";
}

const isFloat16 = ({ name }: ProbeColumn): boolean => name.includes("float16");

/** Of filters; the columns have bloom filters. The first of a column counts. */
export const filterLosses: readonly FilterLoss[] = [
  {
    reader: "DuckDB",
    loss: "with a bloom filter, = and IN lose rows of columns that it has as BLOB: it looks for their text form (duckdb#23053, mended after this version)",
    isOf: ({ kind, name }) => kind === "bytes" && !name.startsWith("uuid"),
    what: "equality",
  },
  {
    reader: "DuckDB",
    loss: "with a bloom filter, = and IN lose rows of FLOAT16: it looks for the bytes of a FLOAT",
    isOf: isFloat16,
    what: "equality",
  },
  {
    reader: "DuckDB",
    loss: "filters by bounds lose rows of NaN, which it holds to be the greatest value and Parquet leaves out of bounds; with a bloom filter, = 0.0 loses rows of -0.0 and the other way round",
    isOf: ({ kind }) => kind === "floating",
    what: "floats",
  },
  {
    reader: "pyarrow",
    loss: "it filters no FLOAT16, UUID and JSON",
    isOf: (column) => isFloat16(column) || /^(uuid|json)/.test(column.name),
    what: "not compared",
  },
  {
    reader: "parquet-java",
    loss: "its filters compare INT96 byte by byte",
    isOf: ({ name }) => name.startsWith("int96"),
    what: "not compared",
  },
];

export const filterLossOf = (reader: ReaderName, column: ProbeColumn): FilterLoss | undefined =>
  filterLosses.find((candidate) => candidate.reader === reader && candidate.isOf(column));

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
