/** Independent readers of the interop file; each gives the canonical strings of probe-columns.ts, past every conversion that would lose something. */
import { readFile } from "node:fs/promises";
import { DataType, type Data, type Vector } from "apache-arrow";
import { parquetMetadataAsync, parquetRead, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { halfToNumber, type Canonical, type ProbeColumn } from "./probe-columns.js";

export type ProbeTable = ReadonlyMap<string, readonly Canonical[]>;
export type ProbeReader = (path: string, columns: readonly ProbeColumn[]) => Promise<ProbeTable>;

export const utf8 = new TextDecoder("utf-8", { fatal: true });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const signedBigEndian = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`));
export const printed = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** The column's value, or a bound of it, as a canonical VARCHAR. Times in nanoseconds are microseconds in DuckDB, like TIMESTAMP WITH TIME ZONE. */
export function duckdbExpression({ name, kind, unit }: ProbeColumn, type: string, value = `"${name}"`): string {
  if (kind === "bytes") return type === "UUID" ? `replace(${value}::VARCHAR, '-', '')` : `lower(hex(${value}))`;
  if (kind === "text") return `${value}::VARCHAR`;
  if (kind === "floating") return `(${value})::DOUBLE`;
  // The clock's part of an interval may hold more than a day, which EPOCH would add up with the days and months.
  if (kind === "interval")
    return `(datepart('year', ${value}) * 12 + datepart('month', ${value})) || ' ' || datepart('day', ${value}) || ' ' ||
      (datepart('hour', ${value}) * 3600000 + datepart('minute', ${value}) * 60000 + datepart('millisecond', ${value}))`;
  if (type === "BOOLEAN") return `${value}::INTEGER::VARCHAR`;
  if (type.startsWith("DECIMAL")) return `replace(${value}::VARCHAR, '.', '')::HUGEINT::VARCHAR`;
  if (type === "DATE") return `(${value} - DATE '1970-01-01')::VARCHAR`;
  if (unit !== undefined) return `epoch_${unit === "ns" && type !== "TIMESTAMP_NS" ? "us" : unit}(${value})::VARCHAR`;
  return `${value}::VARCHAR`;
}

export async function duckdbTypes(path: string): Promise<ReadonlyMap<string, string>> {
  const described = await withDuckdb((connection) => rowsOf(connection, `DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`));
  return new Map(described.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}

export const duckdbCanonical = (value: unknown): Canonical =>
  value === null || value === undefined ? null : typeof value === "number" ? printed(value) : String(value);

export const readWithDuckdb: ProbeReader = async (path, columns) => {
  const types = await duckdbTypes(path);
  const expressions = columns.map((column) => `${duckdbExpression(column, types.get(column.name) ?? "")} AS "${column.name}"`);
  const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT ${expressions.join(", ")} FROM read_parquet(${sqlText(path)})`));
  return new Map(columns.map(({ name }) => [name, rows.map((row) => duckdbCanonical(row[name]))]));
};

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const halfOf = (bytes: Uint8Array): number => halfToNumber(view(bytes).getUint16(0, true));
const DAY_NS = 86_400_000_000_000n;
/** Nanoseconds since 1970 of an INT96: nanoseconds of the day, then the Julian day. */
export const int96Of = (bytes: Uint8Array): bigint =>
  BigInt(view(bytes).getUint32(8, true) - 2_440_588) * DAY_NS + view(bytes).getBigUint64(0, true);
export const intervalOf = (bytes: Uint8Array): string => [0, 4, 8].map((offset) => view(bytes).getUint32(offset, true)).join(" ");

/** Without annotations hyparquet hands out the physical values. */
function withoutAnnotations(metadata: FileMetaData): FileMetaData {
  for (const element of metadata.schema) {
    delete element.converted_type;
    delete element.logical_type;
  }
  return metadata;
}

function fromPhysical({ name, kind }: ProbeColumn, value: unknown): Canonical {
  if (value === null || value === undefined) return null;
  if (kind === "floating") return printed(value instanceof Uint8Array ? halfOf(value) : (value as number));
  if (kind === "interval") return intervalOf(value as Uint8Array);
  if (kind === "text") return utf8.decode(value as Uint8Array);
  if (kind === "bytes") return hex(value as Uint8Array);
  if (value instanceof Uint8Array) return signedBigEndian(value).toString();
  const integer = BigInt(value as number | bigint | boolean);
  return (name.startsWith("uint") ? BigInt.asUintN(name.startsWith("uint64") ? 64 : 32, integer) : integer).toString();
}

export const readWithHyparquet: ProbeReader = async (path, columns) => {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = withoutAnnotations(await parquetMetadataAsync(file));
  const byName = new Map(columns.map((column) => [column.name, column]));
  const table = new Map<string, Canonical[]>(columns.map(({ name }) => [name, []]));
  await parquetRead({
    file,
    metadata,
    compressors,
    utf8: false,
    parsers: { timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds }, // Of INT96, which becomes a Date otherwise.
    onChunk: ({ columnName, columnData }) => {
      const column = byName.get(columnName);
      if (column === undefined) throw new Error(`no column ${columnName} was expected`);
      for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>) table.get(columnName)?.push(fromPhysical(column, value));
    },
  });
  return table;
};

/** Two's complement of little-endian 32-bit words. */
function fromWords(words: Uint32Array): bigint {
  const bits = words.reduceRight((value, word) => (value << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(words.length * 32, bits);
}

/** Reads the Arrow buffer itself, past conversions to Date and to numbers. */
function fromArrow({ kind }: ProbeColumn, type: DataType, data: Data, index: number, converted: unknown): Canonical {
  if (converted === null || converted === undefined) return null;
  if (kind === "floating") return printed(converted as number);
  if (kind === "interval") return `0 ${(data.values as Int32Array).subarray(index * 2, index * 2 + 2).join(" ")}`;
  if (kind === "text") return String(converted);
  if (kind === "bytes") return hex(converted as Uint8Array);
  if (DataType.isBool(type)) return converted === true ? "1" : "0";
  const words = data.values as Uint32Array;
  if (DataType.isDecimal(type)) {
    const wordCount = type.bitWidth / 32;
    return fromWords(words.subarray(index * wordCount, (index + 1) * wordCount)).toString();
  }
  return BigInt((data.values as BigInt64Array)[index] ?? 0).toString();
}

function arrowValues(column: ProbeColumn, vector: Vector): readonly Canonical[] {
  let base = 0;
  return vector.data.flatMap((data) => {
    const first = base;
    base += data.length;
    return Array.from({ length: data.length }, (_, index) =>
      fromArrow(column, vector.type as DataType, data, index, vector.get(first + index)),
    );
  });
}

export const readWithArrowRs: ProbeReader = async (path, columns) => {
  const table = await readWithParquetWasm(path);
  return new Map(
    columns.map((column) => {
      const vector = table.getChild(column.name);
      return [column.name, vector === null ? [] : arrowValues(column, vector)];
    }),
  );
};
