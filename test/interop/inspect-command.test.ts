/** The command `pqflow inspect`: what it tells of files whose content is known, as text and as JSON, and the page that describes it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { pqflowProgram, runPqflow } from "../support/verify.js";

interface InspectedColumn {
  readonly path: string;
  readonly min: string | null;
  readonly max: string | null;
  readonly [member: string]: unknown;
}
interface Inspected {
  readonly columns: readonly InspectedColumn[];
  readonly [member: string]: unknown;
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "types.parquet");
const damaged = join(folder, "damaged.parquet");

function inspect(...args: readonly string[]): Inspected {
  const { exitCode, out, error } = runPqflow("inspect", ...args, "--json");
  expect([exitCode, error]).toEqual([0, ""]);
  return JSON.parse(out) as Inspected;
}

beforeAll(async () => {
  await withDuckdb((connection) =>
    connection.run(`
      COPY (
        SELECT (range - 500)::INTEGER AS number, (range + 3000000000)::UINTEGER AS large, range % 2 = 0 AS flag,
          CASE WHEN range % 10 = 0 THEN 'nan'::DOUBLE ELSE range / 4 END AS ratio, CASE WHEN range % 4 = 1 THEN NULL ELSE 'symbol ' || range % 8 END AS text,
          (range * 7 - 3500)::DECIMAL(9, 3) AS amount, (range - 500)::DECIMAL(38, 4) AS wide, DATE '1969-12-31' + range::INTEGER AS day,
          TIMESTAMP '1969-12-31 23:59:59.999999' + to_microseconds(range) AS at, TIMESTAMPTZ '2026-01-05 10:00:00+00' AS instant, TIME '09:30:00.25' AS clock,
          '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID AS id, '\\x00\\xFF'::BLOB AS blob, [range, range + 1] AS list, NULL::INTEGER AS nothing,
          repeat('ab', 40) AS long, chr(7) || 'é"' AS odd
        FROM range(1000))
      TO ${sqlText(path)} (FORMAT parquet, CODEC zstd, ROW_GROUP_SIZE 2048, KV_METADATA {origin: 'a test'})`),
  );
  const bytes = readFileSync(path);
  bytes[20] = (bytes[20] ?? 0) ^ 0xff;
  writeFileSync(damaged, bytes);
});

describe("pqflow inspect --json", () => {
  it("gives bounds in the form of the logical type", () => {
    const bounds = new Map(inspect(path).columns.map(({ path: name, min, max }) => [name, [min, max]]));
    expect(Object.fromEntries(bounds)).toMatchObject({
      number: ["-500", "499"],
      large: ["3000000000", "3000000999"],
      flag: ["false", "true"],
      ratio: ["0.25", "249.75"],
      text: ['"symbol 0"', '"symbol 7"'],
      amount: ["-3500.000", "3493.000"],
      wide: ["-500.0000", "499.0000"],
      day: ["1969-12-31", "1972-09-25"],
      at: ["1969-12-31T23:59:59.999999", "1970-01-01T00:00:00.000998"],
      instant: ["2026-01-05T10:00:00.000000Z", "2026-01-05T10:00:00.000000Z"],
      clock: ["09:30:00.250000", "09:30:00.250000"],
      id: ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
      blob: ["0x00ff", "0x00ff"],
      nothing: [null, null],
      odd: ['"\\x07é""', '"\\x07é""'],
    });
  });

  it("counts rows, values, nulls, NaNs, pages and bytes", () => {
    const report = inspect(path);
    expect(report).toMatchObject({
      file: path,
      rows: 1000,
      rowGroupRows: [1000],
      keyValues: [{ key: "origin", value: "a test" }],
      findingCount: 0,
    });
    const column = (name: string): InspectedColumn | undefined => report.columns.find(({ path: candidate }) => candidate === name);
    expect(column("ratio")).toMatchObject({ physicalType: "DOUBLE", logicalType: "", values: 1000, nulls: 0, nans: 100, codecs: ["ZSTD"] });
    expect(column("text")).toMatchObject({ logicalType: "STRING", nulls: 250, dictionaryEntries: 6, columnIndex: false });
    expect(column("list.list.element")).toMatchObject({ rows: 1000, values: 2000, nulls: 0 });
    expect(column("amount")).toMatchObject({ physicalType: "INT32", logicalType: "DECIMAL(9,3)" });
    expect(column("at")).toMatchObject({ logicalType: "TIMESTAMP(MICROS)" });
    expect(column("large")).toMatchObject({ logicalType: "UINT_32", complete: true });
  });

  it("agrees with DuckDB on sizes and encodings", async () => {
    const { columns } = inspect(path);
    const rows = await withDuckdb(async (connection) =>
      (
        await connection.runAndReadAll(
          `SELECT path_in_schema AS path, total_compressed_size::INTEGER AS bytes, total_uncompressed_size::INTEGER AS uncompressed, encodings FROM parquet_metadata(${sqlText(path)})`,
        )
      ).getRowObjects(),
    );
    expect(columns.map(({ bytes, uncompressedBytes }) => [bytes, uncompressedBytes])).toEqual(
      rows.map(({ bytes, uncompressed }) => [bytes, uncompressed]),
    );
    const text = rows.findIndex((row) => String(row["path"]) === "text");
    expect(String(rows[text]?.["encodings"])).toContain("PLAIN_DICTIONARY");
    expect(columns[text]?.["encodings"]).toContainEqual({ page: "DATA_PAGE", encoding: "PLAIN_DICTIONARY", count: 1 });
  });

  it("weighs the first page in every encoding of its type", () => {
    const columns = inspect(path, "--columns", "number,text").columns;
    expect(columns.map(({ path: name }) => name)).toEqual(["number", "text"]);
    // Steps of 1: a header of 2 + 1 + 2 bytes and the first value's 2, then 8 blocks of 1 byte and 4 widths.
    expect(columns[0]?.["firstPage"]).toMatchObject({ values: 1000, bytesIn: { PLAIN: 4000, DELTA_BINARY_PACKED: 47 } });
    // 6 entries of 12 bytes, one byte for the width of 3 bits, 750 indices.
    expect(columns[1]?.["firstPage"]).toMatchObject({
      encoding: "PLAIN_DICTIONARY", // The old name, which DuckDB gives its V1 pages.
      values: 750,
      bytesIn: { PLAIN: 9000, RLE_DICTIONARY: 72 + 1 + 282 },
      reason: expect.stringMatching(
        /^RLE_DICTIONARY: 3\.8 bits a value, the dictionary with them; PLAIN 96\.0, DELTA_LENGTH_BYTE_ARRAY /,
      ) as string,
    });
  });

  it("lists data pages with --pages alone", () => {
    expect(inspect(path).columns[0]).not.toHaveProperty("pages");
    expect(inspect(path, "--pages").columns[0]?.["pages"]).toEqual([
      expect.objectContaining({ rowGroup: 0, page: "DATA_PAGE", values: 1000, nulls: 0, firstRow: 0 }),
    ]);
  });
});

describe("pqflow inspect as text", () => {
  it("aligns its columns, cuts long texts, and is plain where it is no terminal", () => {
    const { exitCode, out } = runPqflow("inspect", path, "--columns", "number,long,odd");
    expect(exitCode).toBe(0);
    expect(out).not.toContain("\u001b");
    expect(out).not.toContain("\u0007");
    expect(out).toContain(`"${"ab".repeat(12)}…"`);
    const lines = out.split("\n");
    const title = lines.findIndex((line) => line.startsWith("column"));
    const place = lines[title]?.indexOf("min") ?? -1;
    expect(lines.slice(title + 1, title + 4).map((line) => line.slice(place - 2, place + 2))).toEqual(["  -5", '  "a', '  "\\']);
  });

  it("says when not all of a file can be read", () => {
    const { exitCode, out } = runPqflow("inspect", damaged);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\d+ findings while reading: pqflow verify tells them/);
  });

  it.each([
    [["inspect"], "no file given"],
    [["inspect", "--colums", "a"], "unknown option --colums"],
    [["inspect", "x", "--columns"], "--columns needs names"],
    [["inspect", path, "--columns", "nunber"], "has no column `nunber`"],
    [["inspect", join(folder, "missing")], "No such file"],
    [["inspect", projectPath("package.json")], "no Parquet file that can be read"],
  ])("ends with 2 and a message for %j", (args, message) => {
    const { exitCode, out, error } = runPqflow(...args);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(error).toContain(message);
  });
});

describe("npx pqflow", () => {
  const launcher = projectPath("scripts/bin/pqflow.mjs");
  const start = (program: string, ...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [launcher, ...args], { encoding: "utf8", env: { ...process.env, PQFLOW_PROGRAM: program } });

  it("is in package.json", () => {
    const { bin } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { readonly bin: Readonly<Record<string, string>> };
    expect(projectPath(bin["pqflow"] ?? "")).toBe(launcher);
  });

  it("starts the program with its arguments, streams and exit code", () => {
    const { exitCode, out } = runPqflow("verify", damaged);
    expect(exitCode).toBe(1);
    expect(start(pqflowProgram, "verify", damaged)).toMatchObject({ status: 1, stdout: out, stderr: "" });
  });

  it("says how to build the program when it is not there", () => {
    const { status, stderr } = start(join(folder, "nowhere"), "verify", path);
    expect(status).toBe(2);
    expect(stderr).toContain("the program pqflow is not built");
    expect(stderr).toContain("npm run build");
  });
});
