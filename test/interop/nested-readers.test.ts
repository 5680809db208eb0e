/** Structs, lists and maps in each other, required and optional, written through the public interface and read by readers that share no code with it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parquetMetadata, parquetSchema } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { findingsOf } from "../support/verify.js";
import { MatrixReport, storageOf } from "./matrix-report.js";
import { allNestedFiles, codecNumbers, nestedFiles } from "./nested-files.js";
import { asReadBy, nestedReaders, type Nested, type NestedReader, type NestedRow, type NestedTable } from "./nested-readers.js";
import { isWholeRun, partOf } from "./part.js";
import { storedColumns } from "./probe-files.js";
import { nestedLossOf } from "./reader-losses.js";
import { closeReaderPrograms } from "./reader-programs.js";

const ROWS = 400;
const PAGE_ROWS = 37;
const GROUP_ROWS = 160;

const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_nested`);
const folder = mkdtempSync(join(tmpdir(), "pqflow-nested-"));
const report = new MatrixReport();
afterAll(() => {
  closeReaderPrograms();
  rmSync(folder, { recursive: true });
  report.save(process.env["PQFLOW_INTEROP_NESTED_REPORT"]);
});

const expectedIn = (path: string): readonly NestedRow[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as NestedRow);

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

interface NestedColumn {
  readonly name: string;
  /** "list levels": what the outermost level is. */
  readonly type: string;
  readonly presence: string;
}

function columnsIn(path: string): readonly NestedColumn[] {
  return parquetSchema(parquetMetadata(bytesOf(path))).children.map(({ element }) => {
    const kind = element.logical_type?.type ?? (element.num_children === undefined ? "leaf" : "struct");
    const presence = element.repetition_type === "OPTIONAL" ? "bit" : "required";
    return { name: element.name, type: `${kind.toLowerCase()} \`${element.name}\``, presence };
  });
}

function differenceOf(found: readonly Nested[] | undefined, wanted: readonly Nested[]): string | undefined {
  if (found === undefined) return "was not read";
  if (found.length !== wanted.length) return `${found.length} values instead of ${wanted.length}`;
  const row = wanted.findIndex((value, index) => !isDeepStrictEqual(value, found[index]));
  return row < 0 ? undefined : `row ${row}: ${JSON.stringify(found[row])} instead of ${JSON.stringify(wanted[row])}`;
}

const files = isWholeRun ? partOf(allNestedFiles) : nestedFiles;
describe.each(files)("a file of nested columns, $codec, $encoding, data pages V$pageVersion", (file) => {
  const { codec, encoding, pageVersion } = file;
  const path = join(folder, `${codec}-${encoding}-${pageVersion}.parquet`);
  const expectedPath = `${path}.jsonl`;
  let expected: readonly NestedRow[];

  beforeAll(() => {
    execFileSync(program, [path, expectedPath, codecNumbers[codec], ROWS, PAGE_ROWS, GROUP_ROWS, encoding, pageVersion].map(String));
    expected = expectedIn(expectedPath);
  });
  afterAll(() => {
    rmSync(path);
    rmSync(expectedPath);
  });

  it("has no finding of the verifier", () => {
    expect(findingsOf(path)).toBe("");
  });

  /** What differs from what was logged, or is read though it is known to be lost. */
  function compare(reader: NestedReader, table: NestedTable): readonly string[] {
    const stored = storedColumns({ metadata: parquetMetadata(bytesOf(path)) });
    return columnsIn(path).flatMap(({ name, type, presence }) => {
      const storage = stored.get(name);
      if (storage === undefined) return [`${name} is not in the file`];
      const loss = nestedLossOf(reader.name, name, storage);
      const wanted = expected.map((row) => asReadBy(reader, row[name] ?? null));
      const difference = differenceOf(table[name], wanted);
      const isWrong = (difference !== undefined) !== (loss !== undefined);
      const place = { type, presence, ...storageOf(storage), page: `V${pageVersion}`, nulls: "random" };
      report.add(reader.name, [{ place, loss, isWrong }]);
      return isWrong ? [`${name}: ${difference ?? "was lost before and is read now"}`] : [];
    });
  }

  for (const reader of nestedReaders) {
    it(`${reader.name} reads every value as it was logged`, async (context) => {
      if (!reader.isThere) context.skip(reader.advice);
      expect(compare(reader, await reader.read(path))).toEqual([]);
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
