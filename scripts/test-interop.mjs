// `npm run test:interop`: every combination of type, presence, encoding, codec and pattern of nulls that the runtime writes, read by every reader there is. Prints what each
// reads; what they lose is told in docs/readers.md, and anything else is a failure.
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { npmProgram, reportDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, StepFailure } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";

const readers = ["DuckDB", "hyparquet", "parquet-wasm", "pyarrow", "Polars"];
const partCount = availableParallelism();

/** One vitest a processor, each with its part of the files. */
async function runPart(number) {
  const reportFile = join(reportDir, `interop-${number}.json`);
  rmSync(reportFile, { force: true });
  const env = { PQFLOW_INTEROP_PART: `${number}/${partCount}`, PQFLOW_INTEROP_REPORT: reportFile };
  const result = await run(npmProgram("vitest"), ["run", "test/interop/matrix.test.ts", "--allowOnly=false"], {
    echo: partCount === 1,
    env,
  });
  console.log(`part ${number} of ${partCount}: ${result.ok ? "every reader read what was expected" : result.output}`);
  return { ok: result.ok, rows: result.ok ? JSON.parse(readFileSync(reportFile, "utf8")) : [] };
}

function sum(parts) {
  const table = new Map();
  for (const [feature, cells] of parts.flatMap(({ rows }) => rows)) {
    const row = table.get(feature) ?? {};
    table.set(feature, row);
    for (const [reader, { exact, lost }] of Object.entries(cells)) {
      const cell = (row[reader] ??= { exact: 0, lost: 0 });
      cell.exact += exact;
      cell.lost += lost;
    }
  }
  return table;
}

/** Column chunks of that feature, over all files. */
function shownCell(cell) {
  if (cell === undefined) return "not installed";
  if (cell.lost === 0) return `all ${cell.exact}`;
  return cell.exact === 0 ? "listed loss" : `${cell.exact} of ${cell.exact + cell.lost}`;
}

function printTable(table) {
  const features = [...table.keys()].sort();
  const width = Math.max(...features.map(({ length }) => length));
  const line = (name, cells) => console.log(`${name.padEnd(width)}  ${cells.map((cell) => cell.padEnd(14)).join("  ")}`.trimEnd());
  console.log("\ncolumns read exactly, by feature; the rest as docs/readers.md says\n");
  line("", readers);
  for (const feature of features)
    line(
      feature,
      readers.map((reader) => shownCell(table.get(feature)[reader])),
    );
}

await main(async () => {
  await setUp();
  const parts = await Promise.all(Array.from({ length: partCount }, (_, index) => runPart(index + 1)));
  if (parts.some(({ ok }) => !ok)) throw new StepFailure("a reader read something else than what was expected: see above");
  printTable(sum(parts));
});
