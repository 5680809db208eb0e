/** The command `pqflow verify`: exit codes, both forms of output, and the page that describes it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { order } from "../native/support/orders.js";
import { projectPath } from "../support/paths.js";
import { runPqflow } from "../support/verify.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-verify-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
const right = join(folder, "right.parquet");
const damaged = join(folder, 'damaged "one".parquet');

beforeAll(async () => {
  const sink = OrdersSink.open(right, { codec: "UNCOMPRESSED" });
  for (let row = 0; row < 100; row++) sink.log(order(row));
  await sink.close();
  const bytes = readFileSync(right);
  const { row_groups: groups } = parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const lastByte = 3 + Number(groups[0]?.columns[0]?.meta_data?.total_compressed_size); // Of the first column's only page, which begins at 4.
  bytes[lastByte] = (bytes[lastByte] ?? 0) ^ 1;
  writeFileSync(damaged, bytes);
});

describe("pqflow verify", () => {
  it("ends with 0 and one line for a right file", () => {
    const { exitCode, out, error } = runPqflow("verify", right);
    expect([exitCode, error]).toEqual([0, ""]);
    expect(out).toMatch(/^\S+right\.parquet: 100 rows, 8 columns, 1 row groups, \d+ bytes: 0 findings\n$/);
  });

  it("ends with 1 and names offset, column and rule of each finding", () => {
    const { exitCode, out } = runPqflow("verify", damaged);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/parquet: offset 4: column `timestamp_ns` the page's bytes are not those .* \[page-crc\]\n/);
    expect(out).toMatch(/: 100 rows, 8 columns, 1 row groups, \d+ bytes: \d findings\n$/);
  });

  it("prints one JSON object per file and line with --json", () => {
    const { exitCode, out } = runPqflow("verify", right, damaged, "--json");
    expect(exitCode).toBe(1);
    const [first, second] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly findings: readonly object[] });
    expect(first).toMatchObject({ file: right, rows: 100, columns: 8, rowGroups: 1, findingCount: 0, findings: [] });
    expect(second).toMatchObject({ file: damaged });
    expect(second?.findings[0]).toEqual({
      rule: "page-crc",
      offset: 4,
      column: "timestamp_ns",
      message: expect.stringContaining("CRC-32") as string,
    });
  });

  it("ends with 1 for a file that is no Parquet file, or an empty one", () => {
    for (const text of ["", "a", "this is a text and no Parquet file"]) {
      const path = join(folder, "text.txt");
      writeFileSync(path, text);
      const { exitCode, out } = runPqflow("verify", path);
      expect(exitCode).toBe(1);
      expect(out).toContain("[file-magic]");
    }
  });

  it("ends with 2 for what cannot be read, and verifies the other files", () => {
    const missing = join(folder, "missing.parquet");
    const { exitCode, out, error } = runPqflow("verify", missing, right, folder);
    expect(exitCode).toBe(2);
    expect(out).toContain("0 findings");
    expect(error).toBe(
      `pqflow verify: ${missing}: No such file or directory\npqflow verify: ${folder} is no regular file: Invalid argument\n`,
    );
  });

  it.each([
    [["verify"], "no file given"],
    [["verify", "--jsno", "a.parquet"], "unknown option --jsno"],
    [["verifi"], "unknown command verifi"],
    [[], "usage: pqflow COMMAND"],
  ])("ends with 2 and the usage for %j", (args, message) => {
    const { exitCode, error } = runPqflow(...args);
    expect(exitCode).toBe(2);
    expect(error).toContain(message);
    expect(error).toContain("usage: pqflow");
  });

  it("compares with the resolved schema of --schema", () => {
    const schema = (name: string): string => projectPath(`generated/${name}.pqflow.json`);
    expect(runPqflow("verify", right, "--schema", schema("orders"))).toMatchObject({ exitCode: 0, error: "" });
    const { exitCode, out } = runPqflow("verify", "--schema", schema("trades"), right);
    expect(exitCode).toBe(1);
    expect(out).toContain("column `order_id` the schema has no such column [expected-columns]");
    expect(out).toMatch(/the file's schema has the fingerprint [0-9a-f]{16}, the schema [0-9a-f]{16} \[expected-fingerprint\]/);
  });

  it("ends with 2 for a --schema that is none", () => {
    const broken = join(folder, "broken.json");
    writeFileSync(broken, '{"pqflow": 1,');
    const cases: readonly (readonly [string, string])[] = [
      [projectPath("schemas/orders.yaml"), "a schema in YAML is not read here; give NAME.pqflow.json"],
      [broken, "broken.json: offset 13: "],
      [projectPath("package.json"), "this is no resolved schema"],
      [join(folder, "missing.json"), "No such file or directory"],
    ];
    for (const [path, message] of cases) {
      const { exitCode, out, error } = runPqflow("verify", right, "--schema", path);
      expect([exitCode, out], path).toEqual([2, ""]);
      expect(error).toContain(message);
    }
    expect(runPqflow("verify", right, "--schema")).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining("--schema needs a file") as string,
    });
  });

  it("tells its version and its usage", () => {
    const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { readonly version: string };
    expect(runPqflow("--version")).toEqual({ exitCode: 0, out: `pqflow ${version}\n`, error: "" });
    expect(runPqflow("--help").out).toContain("verify FILE...");
  });
});

it("docs/verify.md has the rules that --rules lists (UPDATE_GOLDEN=1 writes them)", () => {
  const { exitCode, out } = runPqflow("verify", "--rules");
  expect(exitCode).toBe(0);
  const rules = out
    .trimEnd()
    .split("\n")
    .map((line) => /^(\S+) +(.+)$/.exec(line) ?? []);
  const table = rules.map(([, id, law]) => `| \`${id}\` | ${law} |\n`).join("");
  const path = projectPath("docs/verify.md");
  const page = readFileSync(path, "utf8");
  const written = page.replace(/(\| rule \| what must hold \|\n\| --- \| --- \|\n)(?:\|.*\n)*/, (_, head: string) => head + table);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, written);
  expect(readFileSync(path, "utf8")).toBe(written);
  expect(written).toContain(table);
});
