// `npm test`: set-up, repository rules, GoogleTest, vitest. The last line is `N passed, N failed, N skipped`, whatever happened before it.
// --quick leaves out what builds whole projects or replays large captures (test/system).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveTestsProgram, npmTestReport, reportDir, runtimeTestsProgram, verifyTestsProgram } from "./lib/paths.mjs";
import { StepFailure } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";
import { checkoutState, compareCheckout } from "./test/checkout.mjs";
import { runGoogleTest } from "./test/googletest.mjs";
import { runModels } from "./test/models.mjs";
import { add, crashed, printOutcome } from "./test/outcome.mjs";
import { runRules } from "./test/rules.mjs";
import { runStage } from "./test/stage.mjs";
import { runVitest } from "./test/vitest.mjs";

const isQuick = process.argv.includes("--quick");

const stages = [
  { name: "rules", start: runRules },
  {
    name: "runtime",
    start: () => runGoogleTest({ label: "runtime", command: [runtimeTestsProgram], reportFile: join(reportDir, "googletest.json") }),
  },
  {
    name: "verify",
    start: () => runGoogleTest({ label: "verify", command: [verifyTestsProgram], reportFile: join(reportDir, "googletest-verify.json") }),
  },
  {
    name: "live",
    start: () => runGoogleTest({ label: "live", command: [liveTestsProgram], reportFile: join(reportDir, "googletest-live.json") }),
  },
  { name: "models", start: runModels },
  { name: "vitest", start: () => runVitest({ exclude: isQuick ? ["test/system/**"] : [] }) },
];

async function runAll() {
  try {
    await setUp();
  } catch (error) {
    return crashed("set-up", error instanceof StepFailure ? `${error.output}\n${error.message}\nto do: ${error.advice}` : error.stack);
  }
  const outcomes = [];
  const checkout = await checkoutState();
  for (const stage of stages) outcomes.push(await runStage(stage));
  outcomes.push(await compareCheckout(checkout));
  if (isQuick) console.log("\nquick: test/system was left out");
  return add(outcomes);
}

const outcome = await runAll();
mkdirSync(reportDir, { recursive: true });
writeFileSync(npmTestReport, JSON.stringify(outcome, null, 2));
printOutcome(outcome);
process.exitCode = outcome.failures.length > 0 ? 1 : 0;
