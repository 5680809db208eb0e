/** Structs, lists and maps in each other, required and optional, written through the public interface and read by readers that share no code with it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetSchema } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { findingsOf } from "../support/verify.js";
import { codecNumbers, nestedFiles } from "./nested-files.js";
import { asReadBy, nestedReaders, type NestedRow } from "./nested-readers.js";

const ROWS = 400;
const PAGE_ROWS = 37;
const GROUP_ROWS = 160;

const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_nested`);
const folder = mkdtempSync(join(tmpdir(), "pqflow-nested-"));
afterAll(() => rmSync(folder, { recursive: true }));

const expectedIn = (path: string): readonly NestedRow[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as NestedRow);

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

describe.each(nestedFiles)("a file of nested columns, $codec, $encoding", (file) => {
  const { codec, encoding } = file;
  const path = join(folder, `${codec}-${encoding}.parquet`);
  const expectedPath = `${path}.jsonl`;
  let expected: readonly NestedRow[];

  beforeAll(() => {
    execFileSync(program, [path, expectedPath, codecNumbers[codec], ROWS, PAGE_ROWS, GROUP_ROWS, encoding].map(String));
    expected = expectedIn(expectedPath);
  });

  it("has no finding of the verifier", () => {
    expect(findingsOf(path)).toBe("");
  });

  for (const reader of nestedReaders) {
    if (reader.refuses?.(file) === true) {
      it.skipIf(!reader.isThere)(`${reader.name} fails, as docs/readers.md says`, async () => {
        await expect(reader.read(path)).rejects.toThrow();
      });
      continue;
    }
    it.skipIf(!reader.isThere)(`${reader.name} reads every value as it was logged`, async () => {
      const rows = await reader.read(path);
      expect(rows.length).toBe(ROWS);
      rows.forEach((row, index) => {
        expect(row, `row ${index}`).toEqual(asReadBy(reader, expected[index] ?? null));
      });
    });
  }

  it("counts level entries as values, and the rows of each group once", () => {
    const metadata = parquetMetadata(bytesOf(path));
    expect(metadata.row_groups.map(({ num_rows: rows }) => Number(rows))).toEqual([GROUP_ROWS, GROUP_ROWS, ROWS - 2 * GROUP_ROWS]);
    const chunk = metadata.row_groups[0]?.columns.find(({ meta_data: data }) => data?.path_in_schema.join(".") === "ints.list.element");
    const lists = expected.slice(0, GROUP_ROWS).map((row) => row["ints"] as readonly unknown[]);
    const entries = lists.reduce((total, list) => total + Math.max(list.length, 1), 0);
    expect(Number(chunk?.meta_data?.num_values)).toBe(entries);
    expect(Number(chunk?.meta_data?.statistics?.null_count)).toBe(lists.filter((list) => list.length === 0).length);
  });
});

describe("the schema of nested columns", () => {
  it("annotates lists and maps with logical and converted types, in three levels", () => {
    const path = join(folder, "schema.parquet");
    execFileSync(program, [path, `${path}.jsonl`, "0", "10", "10", "10", "PLAIN"]);
    const { children } = parquetSchema(parquetMetadata(bytesOf(path)));
    const column = (name: string): (typeof children)[number] | undefined => children.find(({ element }) => element.name === name);
    expect(column("maybe_ints")?.element).toMatchObject({
      repetition_type: "OPTIONAL",
      num_children: 1,
      converted_type: "LIST",
      logical_type: { type: "LIST" },
    });
    expect(column("maybe_ints")?.children[0]?.element).toMatchObject({ name: "list", repetition_type: "REPEATED" });
    expect(column("maybe_ints")?.children[0]?.element).not.toHaveProperty("converted_type", expect.anything());
    expect(column("maybe_ints")?.children[0]?.children[0]?.path).toEqual(["maybe_ints", "list", "element"]);
    expect(column("counts")?.element).toMatchObject({ repetition_type: "REQUIRED", converted_type: "MAP", logical_type: { type: "MAP" } });
    expect(column("counts")?.children[0]?.children.map(({ element }) => [element.name, element.repetition_type])).toEqual([
      ["key", "REQUIRED"],
      ["value", "REQUIRED"],
    ]);
    expect(column("pair")?.element).not.toHaveProperty("logical_type", expect.anything());
    expect(column("nothing")?.element).toMatchObject({ type: "INT32", repetition_type: "OPTIONAL", logical_type: { type: "NULL" } });
  });

  it("lets DuckDB filter on members and elements", async () => {
    const path = join(folder, "filter.parquet");
    execFileSync(program, [path, `${path}.jsonl`, "6", "500", "50", "200", "AUTO"]);
    const least = expectedIn(`${path}.jsonl`).map((row) => Number((row["pair"] as NestedRow)["a"]));
    const wanted = Math.min(...least);
    const [row] = await withDuckdb((connection) =>
      rowsOf(connection, `SELECT count(*)::INTEGER AS rows FROM read_parquet(${sqlText(path)}) WHERE pair.a <= ${wanted}`),
    );
    expect(row?.["rows"]).toBe(least.filter((value) => value === wanted).length);
  });
});
