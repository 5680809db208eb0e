// Stage 1: every program in scripts/verify is one rule of the repository and one test.
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { add } from "./outcome.mjs";

const rulesDir = join(rootDir, "scripts", "verify");

/** Runs all rules, a few at a time. */
export async function runRules() {
  const pending = readdirSync(rulesDir)
    .filter((name) => name.endsWith(".mjs"))
    .sort();
  const outcomes = [];
  const worker = async () => {
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) outcomes.push(await runRule(name));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return add(outcomes);
}

async function runRule(file) {
  const result = await run(process.execPath, [join(rulesDir, file)]);
  const name = `rule ${basename(file, ".mjs")}`;
  console.log(`${result.ok ? "ok    " : "FAILED"}  ${name}${result.ok && result.output !== "" ? `: ${result.output.trimEnd()}` : ""}`);
  if (result.ok) return { passed: 1, failures: [], skips: [] };
  return {
    passed: 0,
    failures: [{ name, text: `${result.output}\n${result.ending}; repeat with: node scripts/verify/${file}` }],
    skips: [],
  };
}
