/** Nested values as independent readers give them: every scalar a string, bytes in hexadecimal digits, maps as each reader has them. */
import { readFile } from "node:fs/promises";
import { DuckDBBlobValue, DuckDBListValue, DuckDBMapValue, DuckDBStructValue } from "@duckdb/node-api";
import { MapRow, StructRow, Vector } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import type { ReaderName } from "./reader-losses.js";
import { programNames, readerPrograms, type ProgramName } from "./reader-programs.js";

export type Nested = string | null | readonly Nested[] | { readonly [member: string]: Nested };
export type NestedRow = { readonly [column: string]: Nested };
/** The values of each column; of columns that the reader refuses none. */
export type NestedTable = Readonly<Record<string, readonly Nested[]>>;

export interface NestedReader {
  readonly name: ReaderName;
  readonly isThere: boolean;
  readonly advice?: string;
  readonly read: (path: string) => Promise<NestedTable>;
  /** What it makes of a map. */
  readonly map: (entries: readonly MapEntry[]) => Nested;
}
export type MapEntry = readonly [key: string, value: Nested];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const members = (object: object, of: (value: unknown) => Nested): NestedRow =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, of(value)]));

function tableOf(rows: readonly NestedRow[]): NestedTable {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

function fromDuckdb(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof DuckDBStructValue) return members(value.entries, fromDuckdb);
  if (value instanceof DuckDBListValue) return value.items.map(fromDuckdb);
  if (value instanceof DuckDBMapValue) return value.entries.map(({ key, value: mapped }) => [fromDuckdb(key), fromDuckdb(mapped)]);
  if (value instanceof DuckDBBlobValue) return hex(value.bytes);
  return String(value);
}

async function readWithDuckdb(path: string): Promise<NestedTable> {
  const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT * FROM read_parquet(${sqlText(path)})`));
  return tableOf(rows.map((row) => members(row, fromDuckdb)));
}

function fromHyparquet(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(fromHyparquet);
  if (typeof value === "object") return members(value, fromHyparquet);
  return String(value);
}

async function readWithHyparquet(path: string): Promise<NestedTable> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file, compressors });
  return tableOf(rows.map((row) => members(row, fromHyparquet)));
}

function fromArrow(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof MapRow) return [...value].map(([key, mapped]) => [fromArrow(key), fromArrow(mapped)]);
  if (value instanceof StructRow) return members(Object.fromEntries([...value]), fromArrow);
  if (value instanceof Vector) return [...value].map(fromArrow);
  return String(value);
}

async function readWithArrowRs(path: string): Promise<NestedTable> {
  const table = await readWithParquetWasm(path);
  return tableOf(table.toArray().map(fromArrow) as readonly NestedRow[]);
}

type MapForm = NestedReader["map"];
const asEntries: MapForm = (entries) => entries;
const asObject: MapForm = (entries) => Object.fromEntries(entries);

function program(name: ProgramName, map: MapForm): NestedReader {
  const { isThere, advice, process: reader } = readerPrograms[name];
  const read = async (path: string): Promise<NestedTable> => {
    const answer = await reader.ask<{ readonly rows?: readonly NestedRow[]; readonly columns?: NestedTable }>("nested", path);
    return answer.columns ?? tableOf(answer.rows ?? []);
  };
  return { name, isThere, advice, map, read };
}

export const nestedReaders: readonly NestedReader[] = [
  { name: "DuckDB", isThere: true, read: readWithDuckdb, map: asEntries },
  { name: "hyparquet", isThere: true, read: readWithHyparquet, map: asObject },
  { name: "parquet-wasm", isThere: true, read: readWithArrowRs, map: asEntries },
  ...programNames.map((name) => program(name, name === "Polars" ? asObject : asEntries)),
];

/** What was logged, as that reader has it: maps are `{ $map: entries }` in `value`. */
export function asReadBy(reader: NestedReader, value: Nested): Nested {
  if (value === null || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item: Nested) => asReadBy(reader, item));
  const entries = (value as NestedRow)["$map"] as readonly MapEntry[] | undefined;
  if (entries !== undefined) return reader.map(entries.map(([key, mapped]) => [key, asReadBy(reader, mapped)]));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asReadBy(reader, member)]));
}
