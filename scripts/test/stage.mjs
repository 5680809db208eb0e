// Frame of a stage: a heading, the stage, its counts and duration. A stage that throws is a failure.
import { crashed, finalLine, withReasonsRequired } from "./outcome.mjs";

export async function runStage({ name, start }) {
  const start_ms = performance.now();
  console.log(`\n── ${name}`);
  const outcome = withReasonsRequired(await start().catch((error) => crashed(name, error.stack)));
  console.log(`── ${name}: ${finalLine(outcome)} (${((performance.now() - start_ms) / 1000).toFixed(1)} s)`);
  return outcome;
}
