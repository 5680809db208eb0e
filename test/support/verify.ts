import { spawnSync } from "node:child_process";
import { projectPath } from "./paths.js";

export const pqflowProgram = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/runtime/pqflow`);

export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the program `pqflow`. */
export function runPqflow(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(pqflowProgram, args, { encoding: "utf8" });
  return { exitCode: status, out: stdout, error: stderr };
}

/** What `pqflow verify` has against a file; empty when it is right. */
export function findingsOf(path: string): string {
  const { exitCode, out, error } = runPqflow("verify", path);
  return exitCode === 0 ? "" : out + error;
}
