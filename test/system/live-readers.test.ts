/** Independent readers on live files: of every publication, and while the writer writes and finishes. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { pythonCommand, skipWithout } from "../support/readers/python.js";
import { type CaptureKind, filesIn, programOf, sequencesIn, startCapture } from "./live-programs.js";
import { buildParquetGo } from "./parquet-go.js";

const TIMEOUT_MS = 240_000;
const folder = mkdtempSync(join(tmpdir(), "pqflow-live-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows and the sum of their numbers. */
type Found = readonly [rowCount: number, sum: number];
type Reader = (path: string) => Promise<Found>;

const sumTo = (count: number): number => (count === 0 ? 0 : (count * (count - 1)) / 2);

const readWithDuckdb: Reader = (path) =>
  withDuckdb(async (connection) => {
    const [row] = await rowsOf(connection, `SELECT count(*) AS n, coalesce(sum(sequence), 0) AS s FROM read_parquet(${sqlText(path)})`);
    return [Number(row?.["n"]), Number(row?.["s"])];
  });

const readWithHyparquet: Reader = async (path) => {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), columns: ["sequence"] });
  return [rows.length, rows.reduce((sum, row) => sum + Number(row["sequence"]), 0)];
};

const readWithWasm: Reader = async (path) => {
  const values = (await readWithParquetWasm(path)).getChild("sequence")?.toArray() as BigInt64Array | undefined;
  return [values?.length ?? 0, Number((values ?? new BigInt64Array()).reduce((sum, value) => sum + value, 0n))];
};

interface ReaderProcess {
  readonly read: (path: string) => Promise<string>;
  readonly stop: () => void;
}

function startPython(reader: string): ReaderProcess {
  const { command, args, env } = pythonCommand(projectPath("test/system/read_live_with_python.py"));
  return startReader(command, [...args, reader], env);
}

/** A process that answers a line for each path. Its end is an answer too. */
function startReader(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ReaderProcess {
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  const waiting: ((line: string) => void)[] = [];
  createInterface(child.stdout).on("line", (line) => waiting.shift()?.(line));
  child.on("close", (code, signal) => waiting.splice(0).forEach((answer) => answer(`error ended with ${signal ?? code}`)));
  return {
    read: (path) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${path}\n`);
      }),
    stop: () => child.stdin.end(),
  };
}

describe("what a live capture's file was after its system calls", () => {
  let states: readonly (readonly [path: string, rowCount: number])[] = [];
  beforeAll(() => {
    const lines = execFileSync(programOf("pqflow_write_live_states"), [folder], { encoding: "utf8" }).trimEnd().split("\n");
    states = lines.map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])] as const);
    expect(states.length).toBeGreaterThan(30);
    expect(new Set(states.map(([, rowCount]) => rowCount)).size).toBeGreaterThan(20);
  }, TIMEOUT_MS);

  const expectAll = async (read: Reader): Promise<void> => {
    for (const [path, rowCount] of states) expect([path, ...(await read(path))]).toEqual([path, rowCount, sumTo(rowCount)]);
  };

  it("is read by DuckDB with exactly the rows published", () => expectAll(readWithDuckdb), TIMEOUT_MS);
  it("is read by hyparquet with exactly the rows published", () => expectAll(readWithHyparquet), TIMEOUT_MS);
  it("is read by parquet-wasm with exactly the rows published", () => expectAll(readWithWasm), TIMEOUT_MS);

  it.for(["pyarrow", "polars"] as const)(
    "is read by %s with exactly the rows published",
    { timeout: TIMEOUT_MS },
    async (reader, context) => {
      skipWithout(context, reader);
      const python = startPython(reader);
      await expectAll(async (path) => (await python.read(path)).split(" ").map(Number) as unknown as Found);
      python.stop();
    },
  );

  it("is read by parquet-go with exactly the rows published", { timeout: TIMEOUT_MS }, async (context) => {
    const reader = startReader(buildParquetGo(context, folder), []);
    await expectAll(async (path) => (await reader.read(path)).split(" ").map(Number) as unknown as Found);
    reader.stop();
  });
});

/** The answer of a process, as race() takes it. */
async function foundBy({ read }: ReaderProcess, path: string): Promise<Found | "gone"> {
  const line = await read(path);
  if (line === "gone") return line;
  if (line.startsWith("error")) throw new Error(line);
  return line.split(" ").map(Number) as unknown as Found;
}

/** Whether the file is as long as before: one that is finished is cut and takes its final name. */
const isAsLong = (path: string, sizeBytes: number): boolean => statSync(path, { throwIfNoEntry: false })?.size === sizeBytes;

/**
 * Reads whatever files there are until the capture has ended. A file that was finished meanwhile is gone under its name in progress; so is a copied one.
 * `reopens`: the reader asks for the file's length and opens the path anew for each part, holding nothing in between: it may miss the end of a file that is cut then.
 */
async function race(
  read: (path: string) => Promise<Found | "gone">,
  { reopens = false, kind = "interims" }: { reopens?: boolean; kind?: CaptureKind } = {},
): Promise<{ reads: number; wrong: readonly string[] }> {
  const place = mkdtempSync(join(folder, "race-"));
  const capture = startCapture(place, 1_500_000, 1_000, kind);
  let hasEnded = false;
  void capture.ended.then(() => (hasEnded = true));
  const wrong: string[] = [];
  let reads = 0;
  while (!hasEnded) {
    const path = filesIn(place).at(reads % 2 === 0 ? 0 : -1);
    if (path === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    reads += 1;
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const isThere = (): boolean => (reopens ? isAsLong(path, sizeBytes) : existsSync(path));
    const found = await read(path).catch((error: unknown) => (isThere() ? String(error) : "gone"));
    if (typeof found === "string") {
      if (found !== "gone") wrong.push(`${path}: ${found}`);
      continue;
    }
    const first = found[0] === 0 ? 0 : (found[1] - sumTo(found[0])) / found[0];
    if (!Number.isInteger(first) || first < 0) wrong.push(`${path}: ${found[0]} rows whose sum is ${found[1]}`);
  }
  expect(await capture.ended).toBe(0);
  expect(await sequencesIn(filesIn(place))).toEqual({ count: 1_500_000, distinct: 1_500_000, first: 0, last: 1_499_999 });
  return { reads, wrong };
}

describe("readers that race a live capture which grows, rotates and finishes", () => {
  it.each([
    ["DuckDB", readWithDuckdb, { reopens: false, kind: "live" }],
    ["DuckDB, also of row groups being filled", readWithDuckdb, { reopens: false, kind: "interims" }],
    ["hyparquet", readWithHyparquet, { reopens: true, kind: "live" }],
    ["hyparquet, also of row groups being filled", readWithHyparquet, { reopens: true, kind: "interims" }],
  ] as const)("get no wrong and no failed read with %s", { timeout: TIMEOUT_MS }, async (_, read, how) => {
    const { reads, wrong } = await race(read, how);
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(10);
  });

  it.for(["pyarrow", "pyarrow-mapped", "polars"] as const)(
    "get none, and no SIGBUS, with %s",
    { timeout: TIMEOUT_MS },
    async (reader, context) => {
      skipWithout(context, reader === "polars" ? "polars" : "pyarrow");
      const python = startPython(reader);
      const { reads, wrong } = await race((path) => foundBy(python, path));
      python.stop();
      expect(wrong).toEqual([]);
      expect(reads).toBeGreaterThan(10);
    },
  );

  it("get none with parquet-go", { timeout: TIMEOUT_MS }, async (context) => {
    const reader = startReader(buildParquetGo(context, folder), []);
    const { reads, wrong } = await race((path) => foundBy(reader, path));
    reader.stop();
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(10);
  });
});
