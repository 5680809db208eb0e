// Stage 3: vitest over test/**/*.test.ts.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npmProgram, reportDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { crashed } from "./outcome.mjs";

const reportFile = join(reportDir, "vitest.json");

/** `exclude`: patterns of test files to leave out. */
export async function runVitest({ exclude = [] } = {}) {
  rmSync(reportFile, { force: true });
  const args = [
    "run",
    "--reporter=default",
    "--reporter=./scripts/test/vitest-reporter.mjs",
    "--allowOnly=false",
    ...exclude.map((pattern) => `--exclude=${pattern}`),
  ];
  const result = await run(npmProgram("vitest"), args, { echo: true, env: { PQFLOW_VITEST_REPORT: reportFile } });
  if (!existsSync(reportFile)) return crashed("vitest", `${result.output}\nended without a report: ${result.ending}`);
  const outcome = JSON.parse(readFileSync(reportFile, "utf8"));
  if (outcome.passed + outcome.failures.length + outcome.skips.length === 0) return crashed("vitest", "ran no tests");
  if (!result.ok && outcome.failures.length === 0)
    outcome.failures.push({ name: "vitest", text: `all tests passed, but: ${result.ending}` });
  return outcome;
}
