// The whole set-up, in order. Everything that a stage needs was made by the stages before it; a second run finds nothing to do.
import { step } from "../lib/step.mjs";
import { installDependencies } from "./dependencies.mjs";
import { buildAddon, buildNative } from "./native.mjs";
import { installPackages } from "./packages.mjs";
import { installPythonReaders } from "./python.mjs";
import { checkTools } from "./tools.mjs";
import { buildPrograms, buildTypeScript } from "./typescript.mjs";

export async function setUp() {
  await setUpTools();
  await step("typescript", buildTypeScript);
  await step("native", buildNative);
  await step("python", installPythonReaders);
  await step("programs", buildPrograms);
}

/** What the bench stands on: no tests, no readers. */
export async function setUpBench() {
  await setUpTools();
  await step("typescript", buildTypeScript);
  await step("addon", buildAddon);
  await step("programs", buildPrograms);
}

/** What every build needs, without building. */
export async function setUpTools() {
  await step("tools", checkTools);
  await step("packages", installPackages);
  await step("npm", installDependencies);
}
