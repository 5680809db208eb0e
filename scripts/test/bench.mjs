// The bench's programs: compiled, and each run for a moment, so that they cannot rot. Figures are looked at for form alone.
import { mkdtempSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { build, buildOptions, configure } from "../setup/native.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

const program = (name) => join(buildDir, "bench", name);

/** In the build of npm test, whose runtime they measure; Arrow's contender needs a wheel and stays out. */
export async function runBenchPrograms() {
  await configure(buildDir, { ...buildOptions, PQFLOW_BUILD_BENCH: "ON" });
  await build(buildDir, ["bench/all"]);
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "pqflow-bench-"));
  try {
    const outcomes = [];
    for (const [name, check] of Object.entries(checksIn(folder))) outcomes.push(await outcomeOf(name, check));
    return add(outcomes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Programs and what is wrong with the end of a short run, undefined when nothing is. */
function checksIn(folder) {
  const slots = join(folder, "orders.slots");
  const rows = (name, ...args) => [name, () => checkRows(name, args)];
  return Object.fromEntries([
    rows("ping_pong", 1, 10),
    rows("hot_path", folder, 1, 1),
    rows("paced", folder, 1, 1000),
    rows("handover", 1, 1),
    rows("columnarizer", 1, 1),
    rows("encoders", 1, 1),
    rows("scaling", 1, 200_000),
    rows("lanes", 1, 1),
    rows("pipeline", folder, 1, 100_000),
    rows("fixed_rate", folder, 1, 200_000),
    rows("idle", folder, 1, 50),
    ["make_orders", () => checkEnding("make_orders", [20_000, slots])],
    ["make_source", () => checkEnding("make_source", ["orders", slots, join(folder, "orders.parquet")])],
    ["writer", () => checkContender("writer", ["orders", slots, folder, folder])],
  ]);
}

async function outcomeOf(name, check) {
  const problem = await check();
  console.log(`${problem === undefined ? "ok    " : "FAILED"}  ${name}`);
  return problem === undefined
    ? { ...emptyOutcome(), passed: 1 }
    : { ...emptyOutcome(), failures: [{ name: `bench ${name}`, text: problem }] };
}

async function checkEnding(name, args) {
  const result = await run(program(name), args.map(String));
  return result.ok ? undefined : `${result.output}\n${result.ending}`;
}

async function checkRows(name, args) {
  const result = await run(program(name), args.map(String));
  if (!result.ok) return `${result.output}\n${result.ending}`;
  const rows = parsed(result.output);
  const isRow = (row) => typeof row.name === "string" && (row.median === null ? row.reason !== undefined : row.runs.length > 0);
  return Array.isArray(rows) && rows.length > 0 && rows.every(isRow) ? undefined : `no rows: ${result.output}`;
}

/** Asks a contender for the first of its variants. */
async function checkContender(name, args) {
  const greeting = await run(program(name), args.map(String), { input: "" });
  const [variant] = parsed(greeting.output)?.variants ?? [];
  if (variant === undefined) return `no variants: ${greeting.output}`;
  const result = await run(program(name), args.map(String), { input: `${variant}\n` });
  const answer = parsed(result.output.trim().split("\n").at(-1));
  return answer?.elapsed_ns > 0 ? undefined : `${variant}: ${result.output}`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
