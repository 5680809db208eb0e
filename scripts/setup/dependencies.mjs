// npm packages: node_modules is compared with package-lock.json, and replaced by `npm ci` when it differs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";

export async function installDependencies() {
  if (isCurrent()) return "node_modules is current";
  const result = await run("npm", ["ci", "--no-audit", "--no-fund"]);
  if (!result.ok) {
    throw new StepFailure(`npm ci (${result.ending})`, {
      output: result.output,
      advice: "check that the npm registry can be reached, then run npm ci by hand",
    });
  }
  return "npm ci";
}

/** npm keeps what it installed in node_modules/.package-lock.json: every locked package must be there, except optional ones for other platforms. */
function isCurrent() {
  const installed = readLock(join(rootDir, "node_modules", ".package-lock.json"));
  const locked = readLock(join(rootDir, "package-lock.json"));
  if (installed === undefined || locked === undefined) return false;
  const isSame = ([path, wanted]) => {
    const actual = installed[path];
    return actual === undefined ? wanted.optional === true : actual.version === wanted.version && actual.integrity === wanted.integrity;
  };
  return Object.entries(locked)
    .filter(([path]) => path !== "")
    .every(isSame);
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
