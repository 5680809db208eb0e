// `npm run lint`: the repository rules, then clang-tidy over the runtime where it is installed. Ends like `npm test`.
import { main } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";
import { runClangTidy } from "./test/clang-tidy.mjs";
import { add, printOutcome } from "./test/outcome.mjs";
import { runRules } from "./test/rules.mjs";

await main(async () => {
  await setUp();
  const outcome = add([await runRules(), await runClangTidy()]);
  printOutcome(outcome);
  process.exitCode = outcome.failures.length > 0 ? 1 : 0;
});
