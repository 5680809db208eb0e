// `npm run bench:sizes`: writes the real captures with pqflow and its peers and puts the sizes into bench/results/sizes.json and docs/performance.md.
// The captures lie beside the checkout; PQFLOW_SIZES_CAPTURE=Zeek measures those whose name has that word, and prints only.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putBetween } from "./lib/page-marks.mjs";
import { npmProgram, rootDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { sizesText } from "./sizes/table.mjs";

const resultFile = join(rootDir, "bench", "results", "sizes.json");
const pageFile = join(rootDir, "docs", "performance.md");
const marks = ["<!-- sizes: written by npm run bench:sizes -->", "<!-- end of sizes -->"];

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-sizes-"));
  const file = join(folder, "sizes.json");
  try {
    const result = await run(npmProgram("vitest"), ["run", "--config", "test/sizes/vitest.config.ts"], {
      env: { PQFLOW_SIZES_JSON: file },
    });
    if (!result.ok) throw new StepFailure("measuring", { output: result.output, advice: "npm run setup builds what is measured" });
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main(async () => {
  let measured;
  await step("sizes", async () => {
    measured = await measure();
    return `${measured.tables.length} tables`;
  });
  if (measured.tables.length === 0)
    throw new StepFailure("no capture is beside the checkout", { advice: "the captures belong into ../shared/data" });
  if (measured.versions.pyarrow === null)
    console.log("pyarrow     not installed: its columns are left out (npm run setup installs it where its registry can be reached)");
  const shown = Object.entries(measured.versions).filter(([, version]) => version !== null);
  const text = sizesText(measured.tables, shown.map(([name, version]) => `${name} ${version}`).join(", "));
  if ((process.env["PQFLOW_SIZES_CAPTURE"] ?? "") !== "") return console.log(text);
  writeFileSync(resultFile, `${JSON.stringify(measured)}\n`);
  putBetween(pageFile, marks, text);
  console.log("bench/results/sizes.json and docs/performance.md are written");
});
