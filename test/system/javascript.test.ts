/** --emit js in projects of plain JavaScript, as ES modules and as CommonJS, with the package installed. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";

const directory = mkdtempSync(join(tmpdir(), "pqflow-javascript-"));
afterAll(() => rmSync(directory, { recursive: true }));

const schema = `pqflow: 1
name: trades
version: 1
fields:
  - {name: id, id: 1, type: int64}
  - {name: side, id: 2, type: enum, storage: char, values: [{name: buy, value: B}, {name: sell, value: S}]}
  - {name: note, id: 3, type: string, max_length: 8, presence: optional}
`;

function run(cwd: string, command: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { exitCode: status, out: stdout, error: stderr };
}

/** A project with pqflow in node_modules, generated classes in generated/, and the given files. */
function project(name: string, type: "module" | "commonjs", files: Readonly<Record<string, string>>): string {
  const root = join(directory, name);
  mkdirSync(join(root, "node_modules/@types"), { recursive: true });
  symlinkSync(projectPath("."), join(root, "node_modules/pqflow"));
  symlinkSync(projectPath("node_modules/@types/node"), join(root, "node_modules/@types/node"));
  for (const [path, text] of Object.entries({ "package.json": JSON.stringify({ type }), "schemas/trades.yaml": schema, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const generated = run(root, process.execPath, [projectPath("generator/bin/pqflow-gen.js"), "schemas/trades.yaml", "--emit", "js"]);
  expect(generated).toMatchObject({ exitCode: 0, error: expect.stringContaining("4 outputs for 1 schema, 4 written") as string });
  return root;
}

const node = (root: string, file: string) => run(root, process.execPath, [file]);

/** The same for both kinds of module; `sink.close()` is awaited by the caller's means. */
const logTrades = `const sink = TradesSink.open("trades.parquet");
for (let id = 1; id <= 1000; id += 1) sink.log({ id, side: id % 2 === 0 ? TradesSide.sell : "buy", note: id === 7 ? "seven" : null });
sink.logFields(1001n, "sell", "last");
try {
  sink.log({ id: 1.5, side: "buy" });
} catch (error) {
  console.log(error.name, error.message);
}
`;

async function expectTrades(root: string): Promise<void> {
  const [row] = await withDuckdb((connection) =>
    rowsOf(
      connection,
      `SELECT count(*)::INTEGER AS trades, sum(id)::INTEGER AS ids, count(*) FILTER (side = 'sell')::INTEGER AS sold, string_agg(note, ' ' ORDER BY id) AS notes
       FROM ${sqlText(join(root, "trades.parquet"))}`,
    ),
  );
  expect(row).toEqual({ trades: 1001, ids: 501_501, sold: 501, notes: "seven last" });
}

describe("a project of plain JavaScript", () => {
  it("logs through the ES module", async () => {
    const root = project("esm", "module", {
      "main.js": `import { TradesSide, TradesSink } from "./generated/trades_sink.js";\n${logTrades}await sink.close();\n`,
    });
    expect(node(root, "main.js")).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/^(Range|Type)Error .*\bid\b.*\n$/) as string,
      error: "",
    });
    await expectTrades(root);
  });

  it("logs through the CommonJS module", async () => {
    const root = project("cjs", "commonjs", {
      "main.js": `const { TradesSide, TradesSink } = require("./generated/trades_sink.cjs");\n${logTrades}sink.close().catch((error) => {\n  throw error;\n});\n`,
    });
    expect(node(root, "main.js")).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/^(Range|Type)Error .*\bid\b.*\n$/) as string,
      error: "",
    });
    await expectTrades(root);
  });

  it("may use both in one process: errors are instances of either PqflowError, and both kinds of sink are closed at exit", async () => {
    const root = project("both", "module", {
      "main.js": `import { createRequire } from "node:module";
import { PqflowError } from "pqflow";
import { TradesSink } from "./generated/trades_sink.js";
const require = createRequire(import.meta.url);
const other = require("pqflow");
const { TradesSink: OtherSink } = require("./generated/trades_sink.cjs");
if (other.PqflowError === PqflowError) throw new Error("one copy only: this test shows nothing");
class MyError extends PqflowError {}
const caught = [];
for (const Sink of [TradesSink, OtherSink]) {
  try {
    Sink.open("nowhere/trades.parquet");
  } catch (error) {
    caught.push([error instanceof PqflowError, error instanceof other.PqflowError, error instanceof MyError, new Error() instanceof PqflowError, error.code]);
  }
}
console.log(JSON.stringify(caught));
const sinks = [TradesSink.open("trades.parquet"), OtherSink.open("other.parquet")];
for (const sink of sinks) sink.logFields(1n, "buy", null);
`,
    });
    const { exitCode, out, error } = node(root, "main.js");
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(JSON.parse(out)).toEqual([
      [true, true, false, false, "IO_ERROR"],
      [true, true, false, false, "IO_ERROR"],
    ]);
    for (const name of ["trades.parquet", "other.parquet"]) {
      const rows = await withDuckdb((connection) =>
        rowsOf(connection, `SELECT count(*)::INTEGER AS count FROM ${sqlText(join(root, name))}`),
      );
      expect(rows).toEqual([{ count: 1 }]);
    }
  });

  it("gets declarations that the strictest compiler takes, for both kinds of module", () => {
    const use = `const sink: TradesSink = TradesSink.open("x.parquet");
const record: TradesRecord = { id: 1n, side: "buy" };
const code: 66 = TradesSide.buy;
const logged: boolean = sink.log(record) && sink.logFields(1, code, null);
// @ts-expect-error: not one of the sides
sink.log({ id: 1n, side: "hold" });
// @ts-expect-error: only open() makes sinks
new TradesSink();
export const result: Promise<void> | boolean = logged && sink.flush();
`;
    const root = project("types", "module", {
      "esm.mts": `import { PqflowError } from "pqflow";\nimport { type TradesRecord, TradesSide, TradesSink } from "./generated/trades_sink.js";\n${use}export const failure = new PqflowError("CLOSED", "");\n`,
      "cjs.cts": `import { PqflowError } from "pqflow";\nimport { type TradesRecord, TradesSide, TradesSink } from "./generated/trades_sink.cjs";\n${use}export const failure = new PqflowError("CLOSED", "");\n`,
    });
    const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2023", "--types", "node"];
    const checked = run(root, projectPath("node_modules/.bin/tsc"), [...flags, "--lib", "es2023,esnext.disposable", "esm.mts", "cjs.cts"]);
    expect(checked).toMatchObject({ exitCode: 0, out: "" });
  });
});

describe("the package for require()", () => {
  it("exports what the ES module exports", () => {
    const names = (expression: string): string =>
      run(projectPath("."), process.execPath, ["--input-type=module", "-e", expression]).out.trim();
    const imported = names(`console.log(Object.keys(await import("pqflow")).sort().join())`);
    const required = names(
      `import { createRequire } from "node:module"; console.log(Object.keys(createRequire(import.meta.url)("pqflow")).sort().join())`,
    );
    expect(required).toBe(imported);
    expect(imported).toContain("RecordSink");
  });

  it("lies in dist/cjs", () => {
    expect(existsSync(projectPath("dist/cjs/index.js"))).toBe(true);
  });
});
