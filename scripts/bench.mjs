// `npm run bench [-- --quick] [--json FILE]`: builds the benchmark programs, installs the peers that can be reached, measures, prints a table, writes JSON.
// Figures are medians over several runs; rivals run in turn. The machine is noisy, so the ratios of rows of one run are what to trust.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { withFolders } from "./bench/folders.mjs";
import { machineOf, toolVersions } from "./bench/machine.mjs";
import { measureAll } from "./bench/measure.mjs";
import { installPeers, shownMissing } from "./bench/peers.mjs";
import { planOf } from "./bench/plan.mjs";
import { printResult } from "./bench/print.mjs";
import { buildBenchPrograms } from "./bench/programs.mjs";
import { figuresOf } from "./bench/ratios.mjs";
import { rootDir } from "./lib/paths.mjs";
import { main, step } from "./lib/step.mjs";
import { setUpBench } from "./setup/all.mjs";

async function setUpPeers() {
  let missing;
  await step("peers", async () => {
    missing = await installPeers();
    return shownMissing(missing);
  });
  return missing;
}

function writeResult(result, file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
}

await main(async () => {
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, json: { type: "string" } } });
  const machine = await machineOf();
  await setUpBench();
  const missing = await setUpPeers();
  await step("programs", buildBenchPrograms);
  const { rows, versions } = await withFolders((folders) => measureAll(planOf(values.quick), folders, missing));
  const result = {
    machine,
    versions: { ...(await toolVersions()), ...versions },
    quick: values.quick,
    ...figuresOf(rows),
    rows,
  };
  printResult(result);
  const file =
    values.json === undefined ? (values.quick ? undefined : join(rootDir, "bench", "results", "bench.json")) : resolve(values.json);
  if (file === undefined) return;
  writeResult(result, file);
  console.log(`\n  written to ${values.json ?? "bench/results/bench.json"}`);
});
