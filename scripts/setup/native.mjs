// The native build in build/: both libraries, the runtime's tests, the Node addon and the examples. CMake configures once, ninja decides what is stale.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { buildDir, rootDir } from "../lib/paths.mjs";
import { run, shown } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";

/** Options of build/. Further parts (PQFLOW_BUILD_DEMO, PQFLOW_BUILD_BENCH) stay on once a program asked for them. */
export const buildOptions = {
  CMAKE_BUILD_TYPE: "RelWithDebInfo",
  PQFLOW_BUILD_TESTS: "ON",
  PQFLOW_BUILD_NODE: "ON",
  PQFLOW_BUILD_EXAMPLES: "ON",
};

/** The checkout's own build. */
export async function buildNative() {
  const isFresh = await configure(buildDir, buildOptions);
  const didWork = await build(buildDir);
  return isFresh ? "configured and built" : didWork ? "built" : "build is current";
}

/** Of the same build the Node addon alone. */
export async function buildAddon() {
  await configure(buildDir, buildOptions);
  return (await build(buildDir, ["pqflow_node"])) ? "built" : "build is current";
}

/** Configures a build folder unless that was done with these options. Returns whether it was. */
export async function configure(dir, options) {
  const cache = readCache(dir);
  if (cache !== undefined && cache.get("CMAKE_HOME_DIRECTORY") !== rootDir) rmSync(dir, { recursive: true });
  else if (
    cache !== undefined &&
    existsSync(join(dir, "build.ninja")) &&
    Object.entries(options).every(([name, value]) => cache.get(name) === value)
  )
    return false;
  const args = ["-S", rootDir, "-B", dir, "-G", "Ninja", ...Object.entries(options).map(([name, value]) => `-D${name}=${value}`)];
  await required("cmake", args, "see the CMake message above; after a change of compiler or system, remove the build folder");
  return true;
}

/** Builds the targets, all by default. Returns whether anything had to be done. */
export async function build(dir, targets = []) {
  const args = ["--build", dir, "-j", String(availableParallelism()), ...(targets.length > 0 ? ["--target", ...targets] : [])];
  const output = await required("cmake", args, "mend the errors above");
  return !output.includes("ninja: no work to do");
}

async function required(command, args, advice) {
  const result = await run(command, args, { env: { CLICOLOR_FORCE: "0" } });
  if (!result.ok) throw new StepFailure(`${shown(command, args)} (${result.ending})`, { output: withoutProgress(result.output), advice });
  return result.output;
}

/** Ninja's lines of steps that succeeded only hide the one that did not. */
const withoutProgress = (output) => output.replaceAll(/^\[\d+\/\d+\] .*\n/gm, "");

function readCache(dir) {
  const file = join(dir, "CMakeCache.txt");
  if (!existsSync(file)) return undefined;
  const entries = readFileSync(file, "utf8").matchAll(/^([^#/\n][^:\n]*):[A-Z]+=(.*)$/gm);
  return new Map(Array.from(entries, (match) => [match[1], match[2]]));
}
