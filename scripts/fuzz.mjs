// `npm run fuzz -- --seconds 600 --seed 7`: the fuzz targets for as long as one likes, with random numbers of their own each time where no seed is given. CI does half a minute with one seed.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { main, StepFailure } from "./lib/step.mjs";
import { runFuzzer } from "./test/fuzz.mjs";
import { printOutcome } from "./test/outcome.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" }, seed: { type: "string" } } });

await main(async () => {
  const seconds = wholeNumber("--seconds", values.seconds);
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : wholeNumber("--seed", values.seed);
  console.log(`seed ${seed}`);
  const outcome = await runFuzzer({ seconds, seed });
  printOutcome(outcome);
  if (outcome.failures.length > 0) process.exitCode = 1;
});

function wholeNumber(option, text) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new StepFailure(`${option}: \`${text}\` is no whole number from 1 on`, { exitCode: 2 });
}
