/** The frame of a replay's test: write the files from a real capture, compute by other code what they must hold, read them back with three readers. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath, sharedDataPath } from "../../support/paths.js";
import type { TableAggregates } from "../../support/readers/aggregates.js";
import { aggregateWithDuckdb } from "../../support/readers/duckdb-aggregates.js";
import { aggregateWithHyparquet } from "../../support/readers/hyparquet.js";
import { aggregateWithParquetWasm } from "../../support/readers/parquet-wasm.js";

export const READERS = {
  DuckDB: aggregateWithDuckdb,
  hyparquet: aggregateWithHyparquet,
  "parquet-wasm": aggregateWithParquetWasm,
} as const;

/** What a program of expected/ prints for the files given. */
export function expectedTables(program: string, files: readonly string[]): Readonly<Record<string, TableAggregates>> {
  const output = execFileSync("python3", ["-B", projectPath(`test/system/replay/expected/${program}`), ...files], { maxBuffer: 1 << 26 });
  return JSON.parse(output.toString()) as Readonly<Record<string, TableAggregates>>;
}

export interface Replay {
  readonly title: string;
  /** Files or folders below the captures; the test is skipped where one is absent. */
  readonly captures: readonly string[];
  /** Writes `<table>.parquet` for each table into `folder`. Resolves to what the expectation reads, where that is not the captures themselves. */
  readonly write: (folder: string, captures: readonly string[]) => Promise<readonly string[] | void>;
  /** Program in expected/. */
  readonly expected: string;
  /** Rows of each table, counted when the captures were collected. */
  readonly rows: Readonly<Record<string, number>>;
  /** Pairs of files without `.parquet` that must be the same bytes: one capture through two languages. */
  readonly equalFiles?: readonly (readonly [string, string])[];
}

export function describeReplay({ title, captures, write, expected, rows, equalFiles = [] }: Replay): void {
  const paths = captures.map((capture) => sharedDataPath(capture));
  const isPresent = paths.every((path) => existsSync(path));
  describe.skipIf(!isPresent)(`replays ${title}${isPresent ? "" : " (skipped: the captures are not beside the checkout)"}`, () => {
    let folder: string;
    let tables: Readonly<Record<string, TableAggregates>> = {};
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "pqflow-replay-"));
      tables = expectedTables(expected, (await write(folder, paths)) ?? paths);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it("knows each table of the captures", () => expect(Object.keys(tables).sort()).toEqual(Object.keys(rows).sort()));
    it.each(equalFiles)("%s and %s are the same bytes", (...names) => {
      const [left, right] = names.map((name) => readFileSync(join(folder, `${name}.parquet`)));
      expect(left?.equals(right as Buffer)).toBe(true);
    });
    for (const [table, count] of Object.entries(rows)) {
      it(`${table}: holds ${count} rows`, () => expect(tables[table]?.rows).toBe(count));
      for (const [reader, aggregate] of Object.entries(READERS)) {
        it(`${table}: ${reader} finds every value of the input in its row`, async () => {
          expect(await aggregate(join(folder, `${table}.parquet`))).toEqual(tables[table]);
        });
      }
    }
  });
}
