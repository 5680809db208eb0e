/** The programs that stand in the README are these files; they are compiled, run and read back. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { projectPath } from "../support/paths.js";
import { staticRuntime } from "../support/static-runtime.js";

const directory = mkdtempSync(join(tmpdir(), "pqflow-ten-lines-"));
afterAll(() => rmSync(directory, { recursive: true }));

const readSnippet = (name: string): string => readFileSync(projectPath(`docs/snippets/${name}`), "utf8");

/** Compiles a snippet with the generated code against the static runtime, and runs it in a folder of its own. */
function runNative(name: string, compiler: "gcc" | "g++", standard: string): string {
  const folder = join(directory, name);
  mkdirSync(folder);
  const includes = ["-I", projectPath("generated"), "-I", projectPath("runtime/include")];
  execFileSync("gcc", ["-std=c11", "-c", projectPath("generated/orders_sink.c"), ...includes, "-o", join(folder, "orders_sink.o")]);
  execFileSync(compiler, [
    `-std=${standard}`,
    "-Wall",
    "-Wextra",
    "-Werror",
    "-c",
    projectPath(`docs/snippets/${name}`),
    ...includes,
    "-o",
    join(folder, "main.o"),
  ]);
  execFileSync("g++", [join(folder, "main.o"), join(folder, "orders_sink.o"), ...staticRuntime(), "-o", join(folder, "program")]);
  execFileSync(join(folder, "program"), { cwd: folder });
  return join(folder, "orders.parquet");
}

/** Compiles the snippet and the generated class to JavaScript and runs them as a project that has pqflow installed would. */
function runTypeScript(): string {
  const folder = join(directory, "typescript");
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(projectPath("."), join(folder, "node_modules", "pqflow"));
  mkdirSync(join(folder, "source/docs/snippets"), { recursive: true });
  mkdirSync(join(folder, "source/generated"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "source/docs/snippets/ten-lines.ts"), readSnippet("ten-lines.ts"));
  writeFileSync(join(folder, "source/generated/orders_sink.ts"), readFileSync(projectPath("generated/orders_sink.ts")));
  const options = [
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--lib",
    "es2023,esnext.disposable",
    "--strict",
    "--skipLibCheck",
    "--types",
    "node",
  ];
  const types = ["--typeRoots", projectPath("node_modules/@types")];
  const sources = ["source/docs/snippets/ten-lines.ts"];
  execFileSync(projectPath("node_modules/.bin/tsc"), [...options, ...types, "--rootDir", "source", "--outDir", "out", ...sources], {
    cwd: folder,
    stdio: "inherit",
  });
  execFileSync(process.execPath, [join(folder, "out/docs/snippets/ten-lines.js")], { cwd: folder });
  return join(folder, "orders.parquet");
}

async function expectThousandOrders(path: string): Promise<void> {
  const [row] = await withDuckdb((connection) =>
    rowsOf(
      connection,
      `SELECT count(*)::INTEGER AS orders, min(order_id)::INTEGER AS first, max(order_id)::INTEGER AS last, any_value(symbol) AS symbol,
              max(epoch_ns(timestamp_ns))::VARCHAR AS time, sum(price)::VARCHAR AS price FROM ${sqlText(path)}`,
    ),
  );
  expect(row).toEqual({ orders: 1000, first: 1, last: 1000, symbol: "ACME", time: "1767623400000001000", price: "4200000000000" });
}

describe("the ten-line programs of the README", () => {
  it("logs from C", () => expectThousandOrders(runNative("ten_lines.c", "gcc", "c11")));
  it("logs from C++", () => expectThousandOrders(runNative("ten_lines.cpp", "g++", "c++17")));
  it("logs from TypeScript", () => expectThousandOrders(runTypeScript()));
  it.each(["ten_lines.c", "ten_lines.cpp", "ten-lines.ts"])("stand in the README as they are compiled: %s", (name) => {
    const text = readSnippet(name).replace("../../generated/", "./generated/").trim();
    expect(readFileSync(projectPath("README.md"), "utf8")).toContain(text);
  });
  it("the schema in the README is schemas/orders.yaml", () => {
    expect(readFileSync(projectPath("README.md"), "utf8")).toContain(readFileSync(projectPath("schemas/orders.yaml"), "utf8").trim());
  });
});
