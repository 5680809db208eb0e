// `npm run build`, `build:ts`, `build:native`: compiles what changed.
import { main, step, StepFailure } from "./lib/step.mjs";
import { setUpTools } from "./setup/all.mjs";
import { buildNative } from "./setup/native.mjs";
import { buildTypeScript } from "./setup/typescript.mjs";

const parts = { ts: () => step("typescript", buildTypeScript), native: () => step("native", buildNative) };

await main(async () => {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new StepFailure(`unknown part ${unknown.join(", ")}`, {
      advice: `known parts are ${Object.keys(parts).join(", ")}`,
      exitCode: 2,
    });
  await setUpTools();
  for (const name of wanted) await parts[name]();
});
