// `npm run test:schemas -- [--runs N] [--seed N] [--first N]`: the property of test/property on other random schemas than `npm test` takes.
// A failure names its seed and number; the same two repeat it.
import { parseArgs } from "node:util";
import { npmProgram } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, StepFailure } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";

const defaults = { runs: "200", seed: String(Date.now() % 2 ** 31), first: "0" };

function natural(name, text, least) {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new StepFailure(`--${name} cannot be ${text}`, { advice: `give an integer, ${least} at least`, exitCode: 2 });
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" }, first: { type: "string" } } });
    return { ...defaults, ...values };
  } catch (error) {
    throw new StepFailure(error.message, { advice: "npm run test:schemas -- [--runs N] [--seed N] [--first N]", exitCode: 2 });
  }
}

await main(async () => {
  const { runs, seed, first } = readOptions();
  const env = {
    PQFLOW_SCHEMAS_RUNS: String(natural("runs", runs, 1)),
    PQFLOW_SCHEMAS_SEED: String(natural("seed", seed, 0)),
    PQFLOW_SCHEMAS_FIRST: String(natural("first", first, 0)),
    PQFLOW_NESTED_RUNS: runs,
    PQFLOW_NESTED_SEED: seed,
  };
  await setUp();
  console.log(`${runs} flat schemas of seed ${seed}, from number ${first} on, and ${runs} nested ones`);
  const result = await run(npmProgram("vitest"), ["run", "test/property"], { echo: true, env });
  if (!result.ok) throw new StepFailure("a schema failed: see its report above");
});
