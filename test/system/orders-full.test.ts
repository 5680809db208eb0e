/** The worked schema with nearly every feature: one set of records from C, C++ and TypeScript, the same bytes, and what readers make of them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrdersFullSink } from "../../generated/orders_full_sink.js";
import { holdClock } from "../../native/lib/clock.js";
import { projectPath } from "../support/paths.js";
import { staticRuntime } from "../support/static-runtime.js";
import { readWithArrowRs, readWithDuckdb, readWithHyparquet } from "./orders-full/read.js";
import { heldNs, plainRow, recordOf, ROW_COUNT } from "./orders-full/values.js";

let folder: string;

function compile(command: "gcc" | "g++", source: string, flags: readonly string[]): string {
  const object = join(folder, `${source.replaceAll(/\W/g, "_")}.o`);
  const includes = [`-I${projectPath("runtime/include")}`, `-I${projectPath("generated")}`];
  execFileSync(command, ["-O2", "-Wall", "-Wextra", "-Werror", ...includes, ...flags, "-c", projectPath(source), "-o", object]);
  return object;
}

function logFrom(source: "log.c" | "log.cpp", flags: readonly string[]): string {
  const program = join(folder, source.replace(".", "_"));
  const main = compile(source === "log.c" ? "gcc" : "g++", `test/system/orders-full/${source}`, flags);
  const descriptor = compile("gcc", "generated/orders_full_sink.c", ["-std=c11"]);
  execFileSync("g++", [main, descriptor, ...staticRuntime(), "-o", program]);
  execFileSync(program, [`${program}.parquet`]);
  return `${program}.parquet`;
}

function logFromTypeScript(): string {
  const path = join(folder, "typescript.parquet");
  const sink = OrdersFullSink.open(path, { flushIntervalNs: 0, rowGroupRows: 256, metadata: "schema_only" });
  for (let row = 0; row < ROW_COUNT; row++) if (!sink.log(recordOf(row))) throw new Error(`row ${row} was dropped`);
  sink.closeSync();
  return path;
}

let fromC: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-orders-full-"));
  holdClock(heldNs);
  fromC = logFrom("log.c", ["-std=c11"]);
});
afterAll(() => {
  holdClock(undefined);
  rmSync(folder, { recursive: true, force: true });
});

const expected = Array.from({ length: ROW_COUNT }, (_, row) => plainRow(row));

describe("records of schemas/orders_full.yaml", () => {
  it.each([
    ["DuckDB", readWithDuckdb],
    ["hyparquet", readWithHyparquet],
    ["parquet-wasm", readWithArrowRs],
  ] as const)("from C are what %s reads", async (_, read) => {
    expect(await read(fromC)).toEqual(expected);
  });

  it("are the same bytes from C++", () => {
    expect(readFileSync(logFrom("log.cpp", ["-std=c++17"])).equals(readFileSync(fromC))).toBe(true);
  });

  it("are the same bytes from TypeScript", () => {
    expect(readFileSync(logFromTypeScript()).equals(readFileSync(fromC))).toBe(true);
  });
});
