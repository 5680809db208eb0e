// `npm run generate`: writes generated/ from schemas/. `npm run generate:check`: compares, writes nothing, exits 1 when something is stale.
import { main, step, StepFailure } from "./lib/step.mjs";
import { runGenerator } from "./lib/generator.mjs";
import { setUpTools } from "./setup/all.mjs";
import { buildTypeScript } from "./setup/typescript.mjs";

await main(async () => {
  await setUpTools();
  await step("typescript", buildTypeScript);
  const flags = process.argv.slice(2);
  const result = await runGenerator(flags);
  if (!result.ok)
    throw new StepFailure(`pqflow-gen ${flags.join(" ")} (${result.ending})`, {
      output: result.output,
      advice: flags.includes("--check") ? "npm run generate" : "mend the schema",
    });
  process.stdout.write(result.output);
});
