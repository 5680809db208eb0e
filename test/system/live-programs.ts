/** A live capture in a process of its own, and what DuckDB finds in its folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";

export const programOf = (name: string): string => projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/${name}`);

/** As the capture said last; it may have gone further. */
export interface Watermarks {
  readonly accepted: number;
  readonly persisted: number;
  readonly visible: number;
}

export interface Capture {
  readonly process: ChildProcess;
  readonly watermarks: () => Watermarks;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Live or classic files at durability FILE; classic ones with a ring that outlives the process; or live ones with it, which show row groups that are being filled. */
export type CaptureKind = "live" | "classic" | "process" | "interims";

/** Bursts of 1,000 ticks, numbered from 0. */
export function startCapture(folder: string, recordCount: number, pauseUs: number, kind: CaptureKind = "live"): Capture {
  const kindArgument = kind === "live" ? [] : [kind];
  const child = spawn(
    programOf("pqflow_capture_live"),
    [join(folder, "t-{seq}.parquet"), String(recordCount), String(pauseUs), ...kindArgument],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let last: Watermarks = { accepted: 0, persisted: 0, visible: 0 };
  createInterface(child.stdout).on("line", (line) => {
    const [accepted, persisted, visible] = line.split(" ").map(Number);
    if (visible !== undefined && accepted !== undefined && persisted !== undefined) last = { accepted, persisted, visible };
  });
  const ended = new Promise<number | string>((resolve) => child.on("close", (code, signal) => resolve(signal ?? code ?? "nothing")));
  return { process: child, watermarks: () => last, ended };
}

/** Paths of the files that are for readers, finished or in progress. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".parquet") || name.endsWith(".inprogress"))
    .map((name) => join(folder, name));
}

export interface Sequences {
  readonly count: number;
  readonly distinct: number;
  readonly first: number;
  readonly last: number;
}

/** The numbers of the ticks in these files. */
export function sequencesIn(paths: readonly string[]): Promise<Sequences> {
  return withDuckdb(async (connection) => {
    const list = paths.map(sqlText).join(", ");
    const [row] = await rowsOf(
      connection,
      `SELECT count(*) AS n, count(DISTINCT sequence) AS d, coalesce(min(sequence), 0) AS a, coalesce(max(sequence), -1) AS b FROM read_parquet([${list}])`,
    );
    return { count: Number(row?.["n"]), distinct: Number(row?.["d"]), first: Number(row?.["a"]), last: Number(row?.["b"]) };
  });
}
