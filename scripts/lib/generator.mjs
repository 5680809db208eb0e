// Runs the checkout's own generator over all its schemas.
import { generatorProgram } from "./paths.mjs";
import { run } from "./process.mjs";
import { repositoryFiles } from "./repository.mjs";

/** `flags` as pqflow-gen takes them. dist/ must have been built. */
export const runGenerator = (flags) =>
  run(process.execPath, [generatorProgram, ...repositoryFiles("schemas/*.yaml"), "--out", "generated", ...flags]);
