/** Nested values as independent readers give them: every scalar a string, bytes in hexadecimal digits, maps as each reader has them. */
import { readFile } from "node:fs/promises";
import { DuckDBBlobValue, DuckDBListValue, DuckDBMapValue, DuckDBStructValue } from "@duckdb/node-api";
import { MapRow, StructRow, Vector } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { canImportPolars, canImportPyarrow, runPython } from "../support/readers/python.js";
import type { NestedFile } from "./nested-files.js";
import type { ReaderName } from "./reader-losses.js";

export type Nested = string | null | readonly Nested[] | { readonly [member: string]: Nested };
export type NestedRow = { readonly [column: string]: Nested };

export interface NestedReader {
  readonly name: ReaderName;
  readonly isThere: boolean;
  readonly read: (path: string) => Promise<readonly NestedRow[]>;
  /** What it makes of a map. */
  readonly map: (entries: readonly MapEntry[]) => Nested;
  /** Files that it fails to read; reader-losses.ts says why. */
  readonly refuses?: (file: NestedFile) => boolean;
}
export type MapEntry = readonly [key: string, value: Nested];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const members = (object: object, of: (value: unknown) => Nested): NestedRow =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, of(value)]));

function fromDuckdb(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof DuckDBStructValue) return members(value.entries, fromDuckdb);
  if (value instanceof DuckDBListValue) return value.items.map(fromDuckdb);
  if (value instanceof DuckDBMapValue) return value.entries.map(({ key, value: mapped }) => [fromDuckdb(key), fromDuckdb(mapped)]);
  if (value instanceof DuckDBBlobValue) return hex(value.bytes);
  return String(value);
}

async function readWithDuckdb(path: string): Promise<readonly NestedRow[]> {
  const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT * FROM read_parquet(${sqlText(path)})`));
  return rows.map((row) => members(row, fromDuckdb));
}

function fromHyparquet(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(fromHyparquet);
  if (typeof value === "object") return members(value, fromHyparquet);
  return String(value);
}

async function readWithHyparquet(path: string): Promise<readonly NestedRow[]> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file, compressors });
  return rows.map((row) => members(row, fromHyparquet));
}

function fromArrow(value: unknown): Nested {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof MapRow) return [...value].map(([key, mapped]) => [fromArrow(key), fromArrow(mapped)]);
  if (value instanceof StructRow) return members(Object.fromEntries([...value]), fromArrow);
  if (value instanceof Vector) return [...value].map(fromArrow);
  return String(value);
}

async function readWithArrowRs(path: string): Promise<readonly NestedRow[]> {
  const table = await readWithParquetWasm(path);
  return table.toArray().map(fromArrow) as readonly NestedRow[];
}

const readWithPython =
  (program: string): NestedReader["read"] =>
  async (path) =>
    Promise.resolve(JSON.parse(runPython([projectPath(`test/interop/${program}`), path])) as readonly NestedRow[]);

export const nestedReaders: readonly NestedReader[] = [
  { name: "DuckDB", isThere: true, read: readWithDuckdb, map: (entries) => entries },
  { name: "hyparquet", isThere: true, read: readWithHyparquet, map: (entries) => Object.fromEntries(entries) },
  { name: "parquet-wasm", isThere: true, read: readWithArrowRs, map: (entries) => entries },
  { name: "pyarrow", isThere: canImportPyarrow(), read: readWithPython("read_nested_with_pyarrow.py"), map: (entries) => entries },
  {
    name: "Polars",
    isThere: canImportPolars(),
    read: readWithPython("read_nested_with_polars.py"),
    map: (entries) => Object.fromEntries(entries),
    refuses: ({ encoding }) => encoding === "DELTA",
  },
];

/** What was logged, as that reader has it: maps are `{ $map: entries }` in `value`. */
export function asReadBy(reader: NestedReader, value: Nested): Nested {
  if (value === null || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item: Nested) => asReadBy(reader, item));
  const entries = (value as NestedRow)["$map"] as readonly MapEntry[] | undefined;
  if (entries !== undefined) return reader.map(entries.map(([key, mapped]) => [key, asReadBy(reader, mapped)]));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asReadBy(reader, member)]));
}
