import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import type { TestContext } from "vitest";
import { projectPath } from "../paths.js";
import type { ReaderCommand } from "./reader-process.js";

/** python3 finds pyarrow where the set-up puts it, else where the machine has one. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PYTHONPATH: [projectPath("build/python"), process.env["PYTHONPATH"] ?? ""].filter((path) => path !== "").join(delimiter),
};

/** What a Python program prints that may import pyarrow or Polars. */
export const runPython = (args: readonly string[]): string =>
  execFileSync("python3", args, { env: environment, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

/** The same as a program that stays. */
export const pythonCommand = (program: string): ReaderCommand => ({ command: "python3", args: [program], env: environment });

function canImport(module: string): boolean {
  try {
    runPython(["-c", `import ${module}`]);
    return true;
  } catch {
    return false;
  }
}

export const canImportPyarrow = (): boolean => canImport("pyarrow.parquet");
export const canImportPolars = (): boolean => canImport("polars");

/** For a test that needs the module: skips it with the reason where python3 has none. */
export function skipWithout(context: TestContext, reader: "polars" | "pyarrow"): void {
  if (!(reader === "polars" ? canImportPolars() : canImportPyarrow())) context.skip(`python3 cannot import ${reader}`);
}
