// `npm run bench [-- --quick] [--json FILE]`: builds the benchmark programs, runs them one after the other, prints a table, writes JSON.
// Figures are medians over several runs; the machine is noisy, so the ratios of rows of one run are what to trust.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { distDir, npmProgram, rootDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { build, configure } from "./setup/native.mjs";
import { setUp } from "./setup/all.mjs";

const benchBuildDir = join(rootDir, "build-bench");

/** What is run, and how much of it. */
const plan = (isQuick) => ({
  hotPath: isQuick ? ["7", "20"] : ["15", "60"],
  idle: isQuick ? ["5", "1000"] : ["9", "3000"],
  pipeline: isQuick ? ["5", "8000000"] : ["9", "40000000"],
  node: isQuick ? ["5", "1000000"] : ["9", "3000000"],
});

async function buildPrograms() {
  await configure(benchBuildDir, { CMAKE_BUILD_TYPE: "RelWithDebInfo", PQFLOW_BUILD_TESTS: "OFF", PQFLOW_BUILD_BENCH: "ON" });
  await build(benchBuildDir);
  const compiled = await run(npmProgram("tsc"), ["-p", "tsconfig.programs.json"]);
  if (!compiled.ok) throw new StepFailure("tsc -p tsconfig.programs.json", { output: compiled.output });
  return "build-bench and dist are current";
}

async function rowsOf(command, args) {
  const result = await run(command, args);
  if (!result.ok) throw new StepFailure(`${command} (${result.ending})`, { output: result.output });
  return JSON.parse(result.output);
}

async function measure(directory, { hotPath, idle, pipeline, node }) {
  const program = (name) => join(benchBuildDir, "bench", name);
  return [
    ...(await rowsOf(program("hot_path"), [directory, ...hotPath])),
    ...(await rowsOf(program("idle"), [directory, ...idle])),
    ...(await rowsOf(program("pipeline"), [directory, ...pipeline])),
    ...(await rowsOf(process.execPath, [join(distDir, "bench", "node.js"), directory, ...node])),
  ];
}

/** Costs beside their limits, from medians of the same run. */
function ratiosOf(rows) {
  const median = (name) => rows.find((row) => row.name === name).median;
  return {
    log_fields_vs_field_stores: median("log_fields_ns") / median("field_stores_ns"),
    log_prebuilt_struct_vs_memcpy_release: median("log_prebuilt_struct_ns") / median("memcpy_release_ns"),
  };
}

const machineOf = () => ({
  processor: cpus()[0].model,
  processors: availableParallelism(),
  memory_gib: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
});

function shownValue(value) {
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toFixed(2);
}

function print({ machine, rows, ratios }) {
  console.log(`\n${machine.processor}, ${machine.processors} processors, node ${machine.node}\n`);
  for (const row of rows) {
    const sorted = [...row.runs].sort((a, b) => a - b);
    const range = `${shownValue(sorted[0])} … ${shownValue(sorted.at(-1))}`;
    console.log(`  ${row.name.padEnd(38)}${shownValue(row.median).padStart(14)} ${row.unit.padEnd(13)} ${range}`);
  }
  console.log("");
  for (const [name, ratio] of Object.entries(ratios)) console.log(`  ${name.padEnd(38)}${ratio.toFixed(2).padStart(14)} ×`);
}

await main(async () => {
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, json: { type: "string" } } });
  await setUp();
  await step("bench", buildPrograms);
  const directory = mkdtempSync(join(tmpdir(), "pqflow-bench-"));
  try {
    const rows = await measure(directory, plan(values.quick));
    const result = { machine: machineOf(), quick: values.quick, rows, ratios: ratiosOf(rows) };
    print(result);
    if (values.json !== undefined) {
      const file = resolve(values.json);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
      console.log(`\n  written to ${values.json}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
