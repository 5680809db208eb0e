// `npm run bench:publish [-- FILE]`: puts a result of the bench (bench/results/bench.json by default) into docs/performance.md and the README: tables between marks, and plots.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { headlineText } from "./bench/headline.mjs";
import { plotsOf } from "./bench/plots.mjs";
import { captureText, scalingText } from "./bench/scaling-text.mjs";
import { loadWarning, rowsText, targetsText } from "./bench/targets.mjs";
import { putBetween } from "./lib/page-marks.mjs";
import { rootDir } from "./lib/paths.mjs";
import { main } from "./lib/step.mjs";

const pageFile = join(rootDir, "docs", "performance.md");
const plotDir = join(rootDir, "docs", "plots");

const marksOf = (name) => [`<!-- ${name}: written by npm run bench:publish -->`, `<!-- end of ${name} -->`];

function writePlots(rows) {
  mkdirSync(plotDir, { recursive: true });
  const plots = plotsOf(rows);
  for (const [name, svg] of Object.entries(plots)) writeFileSync(join(plotDir, `${name}.svg`), svg);
  return Object.keys(plots);
}

const images = (names, folder) => names.map((name) => `![${name}](${folder}/${name}.svg)`).join("\n\n");

await main(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const result = JSON.parse(readFileSync(resolve(positionals[0] ?? join(rootDir, "bench", "results", "bench.json")), "utf8"));
  const names = writePlots(result.rows);
  putBetween(pageFile, marksOf("targets"), targetsText(result));
  putBetween(pageFile, marksOf("plots"), images(names, "plots"));
  putBetween(pageFile, marksOf("capture"), captureText(result.rows));
  // Only the full bench measures these: a quick result leaves what the full one before it said.
  if (!result.quick) putBetween(pageFile, marksOf("scaling"), scalingText(result.rows));
  putBetween(pageFile, marksOf("rows"), rowsText(result.rows));
  putBetween(
    join(rootDir, "README.md"),
    marksOf("plots"),
    [...loadWarning(result.machine), headlineText(result.rows), images(names, "docs/plots")].join("\n\n"),
  );
  console.log(`docs/performance.md, README.md and ${names.length} plots are written`);
});
