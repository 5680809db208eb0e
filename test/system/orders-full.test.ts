/** The worked schema with nearly every feature: one set of records from C, C++ and TypeScript, the same bytes, and what readers make of them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrdersFullSink } from "../../generated/orders_full_sink.js";
import { holdClock } from "../../native/lib/clock.js";
import { projectPath } from "../support/paths.js";
import { dataPagesOf, pageVersionsOf } from "../support/data-pages.js";
import { findingsOf } from "../support/verify.js";
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

interface Pages {
  readonly dataPageVersion: 1 | 2;
  readonly pageBytes: number;
}

/** Compiles a program; what is returned runs it and gives the file, with pages of the schema or others. */
function programOf(source: "log.c" | "log.cpp", flags: readonly string[]): (pages?: Pages) => string {
  const program = join(folder, source.replace(".", "_"));
  const main = compile(source === "log.c" ? "gcc" : "g++", `test/system/orders-full/${source}`, flags);
  const descriptor = compile("gcc", "generated/orders_full_sink.c", ["-std=c11"]);
  execFileSync("g++", [main, descriptor, ...staticRuntime(), "-o", program]);
  return (pages) => {
    const path = pages === undefined ? `${program}.parquet` : `${program}-${pages.dataPageVersion}-${pages.pageBytes}.parquet`;
    execFileSync(program, [path, ...(pages === undefined ? [] : [`${pages.dataPageVersion}`, `${pages.pageBytes}`])]);
    return path;
  };
}

function logFromTypeScript(pages: Pages | Record<string, never> = {}): string {
  const path = join(folder, `typescript-${Object.values(pages).join("-")}.parquet`);
  const sink = OrdersFullSink.open(path, { flushIntervalNs: 0, rowGroupRows: 256, metadata: "schema_only", ...pages });
  for (let row = 0; row < ROW_COUNT; row++) if (!sink.log(recordOf(row))) throw new Error(`row ${row} was dropped`);
  sink.closeSync();
  return path;
}

let logFromC: (pages?: Pages) => string;
let logFromCpp: (pages?: Pages) => string;
let fromC: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-orders-full-"));
  holdClock(heldNs);
  logFromC = programOf("log.c", ["-std=c11"]);
  logFromCpp = programOf("log.cpp", ["-std=c++17"]);
  fromC = logFromC();
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
    expect(readFileSync(logFromCpp()).equals(readFileSync(fromC))).toBe(true);
  });

  it("are the same bytes from TypeScript", () => {
    expect(readFileSync(logFromTypeScript()).equals(readFileSync(fromC))).toBe(true);
  });

  it("have data pages of version 2, as the schema says", () => {
    expect(pageVersionsOf(fromC)).toEqual([2]);
  });

  it.each([
    { dataPageVersion: 1, pageBytes: 4096 },
    { dataPageVersion: 2, pageBytes: 4096 },
  ] as const)("have pages of version $dataPageVersion and of $pageBytes bytes where the options of each language say so", async (pages) => {
    const path = logFromC(pages);
    expect(pageVersionsOf(path)).toEqual([pages.dataPageVersion]);
    // 256 rows of a row group: ids of 8 bytes stay in one page, sessions of 16 bytes just so, books do not.
    const pagesOf = (column: string): number => dataPagesOf(path).filter((page) => page.column === column).length;
    expect([pagesOf("order_id"), pagesOf("session")]).toEqual([4, 4]);
    expect(pagesOf("bids.list.element.px")).toBeGreaterThan(8);
    expect(findingsOf(path)).toBe("");
    expect(readFileSync(logFromCpp(pages)).equals(readFileSync(path))).toBe(true);
    expect(readFileSync(logFromTypeScript(pages)).equals(readFileSync(path))).toBe(true);
    for (const read of [readWithDuckdb, readWithHyparquet, readWithArrowRs]) expect(await read(path)).toEqual(expected);
  });
});
