// The models of test/models: the product's lanes and wake-ups under Relacy, live files and recovery under Spin. What ships must hold, and each mutant must be found. Skipped where relacy-dev or spin cannot be had.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildDir, rootDir } from "../lib/paths.mjs";
import { run, shown } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";
import { installPackages, modelPackages } from "../setup/packages.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

const dir = join(buildDir, "models");
const sources = join(rootDir, "test", "models");

export async function runModels() {
  try {
    await installPackages(modelPackages);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return { ...emptyOutcome(), skips: [{ name: "models", reason: `${error.message}; to do: ${error.advice}` }] };
  }
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return add(await Promise.all([runRelacy(), runSpin()]));
}

const passed = (count) => ({ ...emptyOutcome(), passed: count });
const failed = (name, text) => ({ ...emptyOutcome(), failures: [{ name: `models ${name}`, text }] });

// ---- Relacy ----

const units = ["main", "memory", "product"];
const compiling = ["-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", "-U_FORTIFY_SOURCE"]; // Fibers jump between stacks, which fortified longjmp refuses.
const includes = ["runtime/include", "runtime/src", "test/models/relacy"].map((folder) => `-I${join(rootDir, folder)}`);

async function runRelacy() {
  const program = join(dir, "relacy");
  const object = (unit) => join(dir, `${unit}.o`);
  const compile = (unit) => run("g++", [...compiling, ...includes, "-c", join(sources, "relacy", `${unit}.cpp`), "-o", object(unit)]);
  const steps = await Promise.all(units.map(compile));
  if (steps.every(({ ok }) => ok)) steps.push(await run("g++", [...units.map(object), "-o", program]));
  const broken = steps.find(({ ok }) => !ok);
  if (broken !== undefined) return failed("relacy", broken.output);
  const result = await run(program, []);
  const lines = result.output.split("\n");
  const count = (pattern) => lines.filter((line) => pattern.test(line)).length;
  const isWhole = lines.includes(`1..${count(/^(not )?ok /)}`);
  console.log(lines.filter((line) => /^ok .* executions$/.test(line)).join("\n"));
  return result.ok && isWhole ? passed(count(/^ok /)) : failed("relacy", `${result.output}\n${result.ending}`);
}

// ---- Spin ----

const model = join(sources, "spin", "live_files.pml");

/** Every macro that the model asks for is a mutant: none can be forgotten. */
const mutants = [...new Set([...readFileSync(model, "utf8").matchAll(/^#ifn?def (\w+)$/gm)].map(([, name]) => name))];

async function runSpin() {
  const outcomes = [await mustHold()];
  for (const mutant of mutants) outcomes.push(await mustFail(mutant));
  return add(outcomes);
}

async function mustHold() {
  const result = await verify("unbroken", [], ["-O1"]);
  console.log(`spin: ${/\d+ states, stored/.exec(result.output)?.[0]}`);
  return result.ok && /errors: 0$/m.test(result.output) && !/max search depth too small/.test(result.output)
    ? passed(1)
    : failed("spin", `${result.output}\n${result.trail ?? ""}`);
}

async function mustFail(mutant) {
  const result = await verify(mutant, [`-D${mutant}`], []);
  const isFound = /assertion violated/.test(result.output) && /errors: 1$/m.test(result.output);
  return isFound ? passed(1) : failed(`spin, mutant ${mutant}`, `nothing was found\n${result.output}`);
}

/** Spin makes a program of the model, which searches all its states. Where that finds something, `trail` tells the steps. */
async function verify(name, defines, flags) {
  const cwd = join(dir, name);
  mkdirSync(cwd);
  for (const [command, ...args] of [
    ["spin", ...defines, "-a", model],
    ["gcc", ...flags, "-w", "-DSAFETY", "pan.c", "-o", "pan"],
  ]) {
    const result = await run(command, args, { cwd });
    if (!result.ok) return { ok: false, output: `${shown(command, args)}\n${result.output}` };
  }
  const result = await run(join(cwd, "pan"), ["-w22"], { cwd });
  const trail = /errors: 1$/m.test(result.output) ? (await run("spin", [...defines, "-t", "-p", model], { cwd })).output : undefined;
  return { ...result, trail };
}
