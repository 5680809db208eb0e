// `npm run test:interop`: every combination of type, presence, encoding, codec, version of data pages and pattern of nulls that the runtime writes, nested columns with them, read by
// every reader there is; then filters at every bound. Prints what each reader reads as logged. What they lose is told in docs/readers.md, from the results that this run
// compares with its own (UPDATE_GOLDEN=1 writes them); anything else is a failure.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { buildArrowRs, buildParquetJava } from "./interop/readers.mjs";
import { byFeature, mergedCells, summarize, tabSeparated } from "./interop/summary.mjs";
import { npmProgram, reportDir, rootDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";

const partCount = availableParallelism();
const resultsFile = join(rootDir, "test", "interop", "matrix-results.json");
const testFiles = ["matrix", "nested-readers", "filters"].map((name) => `test/interop/${name}.test.ts`);

/** One vitest a processor, each with its part of the files. */
async function runPart(number) {
  const reports = ["matrix", "nested"].map((name) => join(reportDir, `interop-${name}-${number}.json`));
  for (const report of reports) rmSync(report, { force: true });
  const env = {
    PQFLOW_INTEROP_PART: `${number}/${partCount}`,
    PQFLOW_INTEROP_REPORT: reports[0],
    PQFLOW_INTEROP_NESTED_REPORT: reports[1],
  };
  const started = Date.now();
  const args = ["run", ...testFiles, "--allowOnly=false", "--maxWorkers=1"];
  const result = await run(npmProgram("vitest"), args, { echo: partCount === 1, env });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`part ${number} of ${partCount}, ${seconds} s: ${result.ok ? "every reader read what was expected" : result.output}`);
  return { ok: result.ok, cells: reports.filter(existsSync).flatMap((report) => JSON.parse(readFileSync(report, "utf8"))) };
}

function shownCell(cell) {
  if (cell === undefined || cell.cells === 0) return "not read";
  return cell.alike === cell.cells ? `all ${cell.cells}` : `${cell.alike} of ${cell.cells}`;
}

function printTable(cells, summary) {
  const readers = Object.keys(summary);
  const rows = byFeature(cells, readers).map(([feature, counts]) => [feature, ...readers.map((reader) => shownCell(counts[reader]))]);
  const table = [["", ...readers], ...rows, ["every cell", ...readers.map((reader) => shownCell(summary[reader]))]];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log("\ncells (type × presence × encoding × codec × data page × nulls) that a reader reads as logged\n");
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
  console.log("\ngaps\n");
  for (const reader of readers)
    for (const { loss, cells: count, where } of summary[reader].gaps) console.log(`${reader}: ${loss}\n  ${count} cells: ${where}`);
}

/** Of the readers that ran; the others stay as they were. */
function compareWithResults(summary) {
  const known = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
  if (process.env.UPDATE_GOLDEN === "1") {
    writeFileSync(resultsFile, `${JSON.stringify({ ...known, ...summary }, null, 2)}\n`);
    return;
  }
  const changed = Object.keys(summary).filter((reader) => JSON.stringify(summary[reader]) !== JSON.stringify(known[reader]));
  if (changed.length > 0)
    throw new StepFailure(`${changed.join(", ")}: read other cells than test/interop/matrix-results.json says`, {
      advice: "UPDATE_GOLDEN=1 npm run test:interop, then UPDATE_GOLDEN=1 npx vitest run test/interop/readers-page.test.ts",
    });
}

await main(async () => {
  await setUp();
  await step("parquet-java", buildParquetJava);
  await step("arrow-rs", buildArrowRs);
  mkdirSync(reportDir, { recursive: true });
  const parts = await Promise.all(Array.from({ length: partCount }, (_, index) => runPart(index + 1)));
  const cells = mergedCells(parts.map(({ cells: found }) => found));
  const summary = summarize(cells);
  const readers = Object.keys(summary);
  writeFileSync(join(reportDir, "interop.tsv"), tabSeparated(cells, readers));
  printTable(cells, summary);
  if (parts.some(({ ok }) => !ok)) throw new StepFailure("a reader read something else than what was expected: see above");
  compareWithResults(summary);
});
