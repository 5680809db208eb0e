/** Every physical type from a schema made at run time in C, packed at odd offsets, read by three readers that share no code with the writer. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, type FileMetaData } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import type { Canonical, ProbeColumn } from "./probe-columns.js";
import { readWithArrowRs, readWithDuckdb, readWithHyparquet } from "./probe-readers.js";

const ROWS = 1_000;
const folder = mkdtempSync(join(tmpdir(), "pqflow-run-time-schema-"));
const path = join(folder, "run-time.parquet");
const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_run_time_schema`);
afterAll(() => rmSync(folder, { recursive: true }));

interface Column extends Pick<ProbeColumn, "name" | "kind" | "unit"> {
  readonly isNullable: boolean;
  readonly value: (row: number) => string;
}

const bytesOf = (row: number, lengthBytes: number): string => Buffer.alloc(lengthBytes, row % 251).toString("hex");

const columns = [
  { name: "boolean", kind: "integer", isNullable: true, value: (row) => String(row % 2) },
  { name: "int32", kind: "integer", isNullable: true, value: (row) => String(row * -7) },
  { name: "int64", kind: "integer", isNullable: false, value: (row) => String(BigInt(row) * 1_234_567_890_123n) },
  { name: "float", kind: "floating", isNullable: true, value: (row) => String(row / 4) },
  { name: "double", kind: "floating", isNullable: true, value: (row) => (row === 0 ? "-0" : String(row / -8)) },
  { name: "byte_array", kind: "bytes", isNullable: true, value: (row) => bytesOf(row, row % 10) },
  { name: "text", kind: "text", isNullable: true, value: (row) => String.fromCharCode(97 + (row % 26)).repeat(row % 301) },
  { name: "fixed", kind: "bytes", isNullable: true, value: (row) => bytesOf(row, 5) },
  { name: "uuid", kind: "bytes", isNullable: false, value: (row) => bytesOf(row, 16) },
  { name: "uint16", kind: "integer", isNullable: true, value: (row) => String(65_535 - row) },
  { name: "timestamp", kind: "integer", unit: "us", isNullable: false, value: (row) => String(1_767_623_400_000_000 + row) },
] as const satisfies readonly Column[];

/** DuckDB cuts it to microseconds: a test of its own. */
const int96: Column = {
  name: "int96",
  kind: "integer",
  unit: "ns",
  isNullable: true,
  value: (row) => String(BigInt(row) * 86_400_000_000_000n + BigInt(row) * 1_000_000n),
};

const probesOf = (wanted: readonly Column[]): readonly ProbeColumn[] =>
  wanted.map(({ name, kind, unit }) => ({ name, kind, hasBounds: false, value: () => null, ...(unit === undefined ? {} : { unit }) }));
const expectedOf = ({ isNullable, value }: Column): readonly Canonical[] =>
  Array.from({ length: ROWS }, (_, row) => (isNullable && row % 3 === 0 ? null : value(row)));

let metadata: FileMetaData;
beforeAll(() => {
  execFileSync(program, [path, String(ROWS)]);
  const bytes = readFileSync(path);
  metadata = parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
});

describe("a schema made at run time in C", () => {
  it.each([
    ["DuckDB", readWithDuckdb, columns],
    ["hyparquet", readWithHyparquetAndHalf, [...columns, int96]],
    ["parquet-wasm", readWithArrowRs, [...columns, int96]],
  ] as const)("is read by %s, value for value", async (_, read, wanted) => {
    const table = await read(path, probesOf(wanted));
    for (const column of wanted) expect(table.get(column.name), column.name).toEqual(expectedOf(column));
  });

  it("writes all eight physical types", () => {
    const types = new Map(metadata.schema.slice(1).map(({ name, type }) => [name, type]));
    expect(new Set(types.values())).toEqual(
      new Set(["BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"]),
    );
    expect(metadata.num_rows).toBe(BigInt(ROWS));
  });

  it("keeps INT96 and FLOAT16 as the readers that know them see them", async () => {
    const rows = await withDuckdb((connection) =>
      rowsOf(connection, `SELECT epoch_us("int96")::VARCHAR AS int96, half::DOUBLE::VARCHAR AS half FROM ${sqlText(path)}`),
    );
    const int96 = (row: number): string => String(BigInt(row) * 86_400_000_000n + BigInt(row) * 1_000n);
    expect(rows.map((row) => row["int96"])).toEqual(Array.from({ length: ROWS }, (_, row) => (row % 3 === 0 ? null : int96(row))));
    expect(rows.map((row) => Number(row["half"]))).toEqual(Array.from({ length: ROWS }, (_, row) => 1 + (row % 1024) / 1024));
  });

  it("stores the definition in the file", () => {
    const text = metadata.key_value_metadata?.find(({ key }) => key === "pqflow:schema")?.value ?? "";
    const schema = JSON.parse(text) as { readonly columns: readonly object[] };
    expect(schema).toMatchObject({ pqflow: 1, name: "run_time", version: 0 });
    expect(schema.columns[2]).toMatchObject({ name: "int64", presence: "required", physical_type: "INT64" });
    expect(schema.columns[7]).toMatchObject({ name: "text", presence: "optional", logical_type: { kind: "STRING" } });
    expect(text).not.toContain("offset_bytes");
  });
});

/** hyparquet hands every column of the file out; the half has a test of its own. */
function readWithHyparquetAndHalf(file: string, wanted: readonly ProbeColumn[]): ReturnType<typeof readWithHyparquet> {
  return readWithHyparquet(file, [...wanted, ...probesOf([{ name: "half", kind: "bytes", isNullable: false, value: () => "" }])]);
}
