// What a stage of the tests hands back, and how stages add up.

/** @typedef {{ passed: number, failures: { name: string, text: string }[], skips: { name: string, reason: string }[] }} Outcome */

/** @returns {Outcome} */
export const emptyOutcome = () => ({ passed: 0, failures: [], skips: [] });

/** A stage that ended without a report, or ran nothing, is one failure: silence is never success. */
export function crashed(stage, text) {
  return { ...emptyOutcome(), failures: [{ name: stage, text }] };
}

/** A skip must say why; one that does not is a failure. */
export function withReasonsRequired(outcome) {
  const unexplained = outcome.skips.filter((skip) => skip.reason === "");
  return {
    passed: outcome.passed,
    failures: [...outcome.failures, ...unexplained.map(({ name }) => ({ name, text: "skipped without a reason" }))],
    skips: outcome.skips.filter((skip) => skip.reason !== ""),
  };
}

export function add(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failures: outcomes.flatMap((outcome) => outcome.failures),
    skips: outcomes.flatMap((outcome) => outcome.skips),
  };
}

export const finalLine = (outcome) => `${outcome.passed} passed, ${outcome.failures.length} failed, ${outcome.skips.length} skipped`;

const indented = (text) => text.trimEnd().replaceAll(/^/gm, "    ");

/** Failures in full, skips with their reasons, then the line that ends the run. */
export function printOutcome(outcome) {
  for (const { name, text } of outcome.failures) console.log(`\nFAILED  ${name}\n${indented(text)}`);
  if (outcome.skips.length > 0) console.log("");
  for (const { name, reason } of outcome.skips) console.log(`skipped  ${name}: ${reason}`);
  console.log(`\n${finalLine(outcome)}`);
}
