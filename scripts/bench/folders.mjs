// Where the bench builds, installs its peers and writes.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";

export const benchBuildDir = join(rootDir, "build-bench");
export const pythonDir = join(benchBuildDir, "python");

export const benchProgram = (...path) => join(benchBuildDir, "bench", ...path);

/** Runs `action` with folders that are removed afterwards: `memory` on a tmpfs where there is one, `disk` beside the build. */
export async function withFolders(action) {
  mkdirSync(benchBuildDir, { recursive: true });
  const memory = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "pqflow-bench-"));
  const disk = mkdtempSync(join(benchBuildDir, "disk-"));
  try {
    return await action({ memory, disk });
  } finally {
    for (const folder of [memory, disk]) rmSync(folder, { recursive: true });
  }
}
