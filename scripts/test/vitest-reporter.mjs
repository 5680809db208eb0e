// Reporter for vitest: every test with its state, its errors and the reason of a skip, as JSON. Vitest's own JSON reporter leaves the reason out.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export default class OutcomeReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const outcome = { passed: 0, failures: [], skips: [] };
    for (const module of testModules) collectModule(module, outcome);
    for (const error of unhandledErrors) outcome.failures.push({ name: "vitest: unhandled error", text: describe(error) });
    const file = process.env.PQFLOW_VITEST_REPORT;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(outcome, null, 2));
  }
}

function collectModule(module, outcome) {
  const file = module.relativeModuleId;
  for (const owner of [module, ...module.children.allSuites()]) {
    const errors = owner.errors();
    if (errors.length > 0)
      outcome.failures.push({ name: [file, owner.fullName].filter(Boolean).join(" › "), text: errors.map(describe).join("\n") });
  }
  for (const test of module.children.allTests()) collectTest(file, test, outcome);
}

function collectTest(file, test, outcome) {
  const name = `${file} › ${test.fullName}`;
  const result = test.result();
  if (result.state === "passed") outcome.passed += 1;
  else if (result.state === "skipped" && test.options.mode !== "todo")
    outcome.skips.push({ name, reason: result.note ?? reasonInName(test) });
  else
    outcome.failures.push({
      name,
      text: result.errors?.map(describe).join("\n") || `ended as ${test.options.mode === "todo" ? "todo" : result.state}`,
    });
}

/** describe.skipIf() cannot carry a note: such names end in "(skipped: why)". */
function reasonInName(test) {
  return /\(skipped: (.+?)\)/.exec(test.fullName)?.[1] ?? "";
}

const describe = (error) => [error.stack ?? error.message ?? String(error), error.diff].filter((text) => text !== undefined).join("\n");
