/** Generated C and C++ linked with the runtime: the files they write hold what was logged. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { projectPath } from "../support/paths.js";
import { staticRuntime } from "../support/static-runtime.js";
import { fixedSchemas, generateC } from "./schemas.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-run-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(text: string): ReturnType<typeof generateC> {
  const generated = generateC(text);
  for (const { path, text: content } of [generated.header, generated.source]) {
    writeFileSync(join(folder, path), content);
  }
  return generated;
}

function compile(command: "gcc" | "g++", source: string, object: string, flags: readonly string[]): string {
  const output = join(folder, object);
  execFileSync(command, [
    "-Wall",
    "-Wextra",
    "-Werror",
    `-I${projectPath("runtime/include")}`,
    `-I${folder}`,
    ...flags,
    "-c",
    source,
    "-o",
    output,
  ]);
  return output;
}

function link(objects: readonly string[], program: string): string {
  const output = join(folder, program);
  execFileSync("g++", [...objects, ...staticRuntime(), "-o", output]);
  return output;
}

/** One of each layout; the others differ in names only. */
const kernelSchemas = fixedSchemas.filter(
  ({ name }) =>
    ["orders", "every_type", "packed", "aligned", "torture", "hostile", "wide"].includes(name) ||
    name.startsWith("nested") ||
    name === "only_lists",
);

const expectedRows = [
  [
    "1",
    "AB",
    "a note",
    "bid",
    1,
    "1.5000",
    0.25,
    true,
    128,
    "12345678-9abc-def0-0102-030405060708",
    "123.45",
    "2024-10-04",
    "23:59:59.999",
    "XNAS",
    "x",
  ],
  ["2", "ABCDE", null, "ask", 2, null, null, null, 0, null, "123.45", null, null, "XNAS", null],
  ["3", "", null, "bid", 3, null, null, null, 0, null, "123.45", null, null, "XNAS", null],
  ["4", "D", null, "ask", 4, "-0.0001", 0.5, null, 0, null, "123.45", null, null, "XNAS", null],
];

const level = (px: number, qty: number, rest: object = {}): object => ({ px, qty, last: null, side: null, ...rest });

/** What nested.c and nested.cpp log, as JSON. */
const nestedRows = [
  {
    stamp: 1,
    bids: [level(100, 7, { side: "bid" }), level(99, 8, { last: 98 })],
    asks: [level(99, 8, { last: 98 })],
    best: level(100, 7, { side: "bid" }),
    origin: { host: "a host ", port: 80, route: { hops: [1, 2, 3], nothing: null }, inner: { ok: true } },
    tags: ["one", ""],
    counts: [5, null],
    ratios: [0.5, null],
    attributes: { k1: -1, k2: null },
    named: { ask: level(1, 7) },
    venue: { code: "XNAS", lot: 3 },
  },
  {
    stamp: 2,
    bids: [],
    asks: null,
    best: level(5, 6),
    origin: null,
    tags: [],
    counts: null,
    ratios: [],
    attributes: {},
    named: null,
    venue: { code: "XNAS", lot: 9 },
  },
  {
    stamp: 3,
    bids: [level(100, 7, { side: "bid" }), level(99, 8, { last: 98 })],
    asks: [],
    best: level(100, 7, { side: "bid" }),
    origin: { host: "a host ", port: 80, route: { hops: [], nothing: null }, inner: null },
    tags: ["one", ""],
    counts: [5, null],
    ratios: [0.5, null],
    attributes: { k1: -1, k2: null },
    named: null,
    venue: { code: "XNAS", lot: 3 },
  },
];

async function nestedRowsByDuckdb(path: string): Promise<readonly unknown[]> {
  const rows = await withDuckdb((connection) =>
    rowsOf(connection, `SELECT to_json(t)::VARCHAR AS row FROM read_parquet(${sqlText(path)}) AS t ORDER BY stamp`),
  );
  return rows.map(({ row }) => JSON.parse(String(row)) as unknown);
}

async function nestedRowsByHyparquet(path: string): Promise<readonly unknown[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  const plain = (_: string, value: unknown): unknown => {
    if (value === undefined) return null;
    if (typeof value === "bigint") return Number(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  };
  return JSON.parse(JSON.stringify(rows, plain)) as readonly unknown[];
}

async function rowsOfMixed(path: string): Promise<readonly unknown[]> {
  const rows = await withDuckdb((connection) =>
    rowsOf(
      connection,
      `SELECT epoch_ns(stamp)::VARCHAR AS stamp, symbol, note, side, quantity::INTEGER AS quantity, price::VARCHAR AS price, imbalance, active,
              flags::INTEGER AS flags, session::VARCHAR AS session, turnover::VARCHAR AS turnover, trade_date::VARCHAR AS trade_date, "at"::VARCHAR AS at,
              venue, class FROM read_parquet(${sqlText(path)}) ORDER BY stamp`,
    ),
  );
  return rows.map((row) => Object.values(row));
}

describe("generated code with the runtime", () => {
  it.each([
    ["C11", "mixed.c", "gcc", ["-std=c11", "-O2"]],
    ["C11 with poisoned slots", "mixed.c", "gcc", ["-std=c11", "-O0", "-DPQFLOW_DEBUG"]],
    ["C++11", "mixed.cpp", "g++", ["-std=c++11", "-O2"]],
    ["C++20", "mixed.cpp", "g++", ["-std=c++20", "-O2"]],
  ] as const)("logs from %s what DuckDB reads", async (name, program, command, flags) => {
    const { source } = write(readFileSync(projectPath("test/compile/programs/mixed.yaml"), "utf8"));
    const stem = name.replaceAll(/\W/g, "_");
    const main = compile(command, projectPath(`test/compile/programs/${program}`), `${stem}.o`, flags);
    const descriptor = compile("gcc", join(folder, source.path), `${stem}_sink.o`, ["-std=c11", "-O2"]);
    const file = join(folder, `${stem}.parquet`);
    execFileSync(link([main, descriptor], stem), [file]);
    expect(await rowsOfMixed(file)).toEqual(expectedRows);
  });

  it.each([
    ["C11", "nested.c", "gcc", ["-std=c11", "-O2"]],
    ["C11 with poisoned slots", "nested.c", "gcc", ["-std=c11", "-O0", "-DPQFLOW_DEBUG"]],
    ["C++11", "nested.cpp", "g++", ["-std=c++11", "-O2"]],
    ["C++20", "nested.cpp", "g++", ["-std=c++20", "-O2"]],
  ] as const)("logs nested records from %s that DuckDB and hyparquet read alike", async (name, program, command, flags) => {
    const { source } = write(readFileSync(projectPath("test/compile/programs/nested.yaml"), "utf8"));
    const stem = `nested_${name.replaceAll(/\W/g, "_")}`;
    const main = compile(command, projectPath(`test/compile/programs/${program}`), `${stem}.o`, flags);
    const descriptor = compile("gcc", join(folder, source.path), `${stem}_sink.o`, ["-std=c11", "-O2"]);
    const file = join(folder, `${stem}.parquet`);
    execFileSync(link([main, descriptor], stem), [file]);
    expect(await nestedRowsByDuckdb(file)).toEqual(nestedRows);
    expect(await nestedRowsByHyparquet(file)).toEqual(nestedRows);
  });

  it.each(kernelSchemas)(
    "writes the same bytes of $name through the generated kernel as through the generic ones, whatever the records hold",
    ({ name, text }) => {
      const { plan, source } = write(text);
      const { record, descriptor, layoutFingerprint } = plan.names;
      const defines = [
        `-DHEADER="${plan.headerPath}"`,
        `-DRECORD=${record}`,
        `-DDESCRIPTOR=${descriptor}`,
        `-DFINGERPRINT=${layoutFingerprint}`,
      ];
      const main = compile("gcc", projectPath("test/compile/programs/kernels.c"), `${name}_kernels.o`, ["-std=c11", ...defines]);
      for (const [form, flags] of [
        ["vectors", []],
        ["scalar", ["-DPQFLOW_KERNEL_SCALAR", "-O1"]],
      ] as const) {
        const kernel = compile("gcc", join(folder, source.path), `${name}_kernel_sink.o`, ["-std=c11", "-O2", ...flags]);
        const [generated, generic] = [join(folder, `${name}-${form}-generated.parquet`), join(folder, `${name}-${form}-generic.parquet`)];
        execFileSync(link([main, kernel], `${name}_kernels`), [generated, generic]);
        const bytes = readFileSync(generated);
        expect(bytes.length).toBeGreaterThan(5000);
        expect(bytes.equals(readFileSync(generic))).toBe(true);
      }
    },
  );
});
