// `npm run demo`: from a fresh clone to two captured files, a table and a picture; seconds when everything is built.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runGenerator } from "./lib/generator.mjs";
import { buildDir, distDir, rootDir } from "./lib/paths.mjs";
import { run, shown } from "./lib/process.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { setUpTools } from "./setup/all.mjs";
import { build, buildOptions, configure } from "./setup/native.mjs";
import { buildPrograms, buildTypeScript } from "./setup/typescript.mjs";

const outDir = join(rootDir, "out", "demo");
const cppOrders = 5_000_000;
const cppOrdersPerSecond = 5_000_000;
const tsOrders = 1_000_000;
const captureProgram = join(buildDir, "demo", "capture");
const compiled = (name) => join(distDir, "demo", `${name}.js`);

/** Runs a program of the demo; its output is the result. */
async function required(command, args, options = {}) {
  const result = await run(command, args.map(String), options);
  if (!result.ok)
    throw new StepFailure(`${shown(command, args.map(String))} (${result.ending})`, {
      output: options.echo ? "" : result.output,
      advice: "npm test tells which part is broken",
    });
  return result.output;
}

async function generate() {
  const result = await runGenerator([]);
  if (!result.ok) throw new StepFailure(`pqflow-gen (${result.ending})`, { output: result.output, advice: "mend the schema" });
  return result.output
    .trim()
    .split("\n")
    .at(-1)
    .replace(/^note: /, "");
}

async function buildNativeParts() {
  await configure(buildDir, { ...buildOptions, PQFLOW_BUILD_DEMO: "ON" });
  return (await build(buildDir, ["pqflow_demo_capture", "pqflow_node"])) ? "built" : "build is current";
}

async function capture(side, orders, command, args) {
  const summary = (await required(command, args)).trim();
  writeFileSync(join(outDir, `orders-${side}.json`), `${summary}\n`);
  return `${orders.toLocaleString("en-US")} orders`;
}

await main(async () => {
  await setUpTools();
  await step("typescript", buildTypeScript);
  await step("generate", generate);
  await step("native", buildNativeParts);
  await step("programs", buildPrograms);
  mkdirSync(outDir, { recursive: true });
  const file = (side) => join(outDir, `orders-${side}.parquet`);
  await step("capture C++", () => capture("cpp", cppOrders, captureProgram, [file("cpp"), cppOrders, cppOrdersPerSecond]));
  await step("capture TS", () => capture("ts", tsOrders, process.execPath, [compiled("capture"), file("ts"), tsOrders]));
  console.log("");
  await required(process.execPath, [compiled("report"), outDir], { echo: true });
});
