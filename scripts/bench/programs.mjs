// The bench's own programs: built, and those that print rows run one after the other.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { distDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";
import { build, configure } from "../setup/native.mjs";
import { benchBuildDir, benchProgram } from "./folders.mjs";
import { pyarrowDir } from "./peers.mjs";

export async function buildBenchPrograms() {
  const options = {
    CMAKE_BUILD_TYPE: "RelWithDebInfo",
    PQFLOW_BUILD_TESTS: "OFF",
    PQFLOW_BUILD_CLI: "OFF",
    PQFLOW_BUILD_BENCH: "ON",
    PQFLOW_BENCH_PYARROW_DIR: existsSync(pyarrowDir) ? pyarrowDir : "",
  };
  const isFresh = await configure(benchBuildDir, options);
  const didWork = await build(benchBuildDir);
  return isFresh || didWork ? "built in build-bench" : "build-bench is current";
}

/** Starts a program of the bench, which must succeed. */
export async function runProgram(name, args) {
  const result = await run(benchProgram(name), args.map(String));
  if (!result.ok) throw new StepFailure(`${name} (${result.ending})`, { output: result.output });
  return result.output;
}

/** The rows a program prints. */
export const programRows = async (name, args) => JSON.parse(await runProgram(name, args));

export async function nodeRows(name, args) {
  const result = await run(process.execPath, [join(distDir, "bench", `${name}.js`), ...args.map(String)]);
  if (!result.ok) throw new StepFailure(`${name}.js (${result.ending})`, { output: result.output });
  return JSON.parse(result.output);
}
