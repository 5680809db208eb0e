// `npm run format`: formats everything in place.
import { formatters } from "./lib/format.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { setUpTools } from "./setup/all.mjs";

await main(async () => {
  await setUpTools();
  for (const [name, formatter] of Object.entries(formatters)) {
    await step(name, async () => {
      const files = formatter.files();
      const { ok, output } = await formatter.write(files);
      if (!ok) throw new StepFailure(`formatting ${name}`, { output, advice: "mend the syntax errors above" });
      return `${files.length} files`;
    });
  }
});
