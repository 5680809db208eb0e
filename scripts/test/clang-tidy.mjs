// clang-tidy with .clang-tidy over the runtime's sources, one test per file; skipped where it is not installed.
import { availableParallelism } from "node:os";
import { buildDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { repositoryFiles } from "../lib/repository.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

/** As deep as the analyzer's own shallow mode follows the paths of one function, a third of its default: most of the time went into the last two thirds, which never found anything. */
const depth = ["-analyzer-config", "max-nodes=75000"].flatMap((word) => ["--extra-arg=-Xclang", `--extra-arg=${word}`]);

export async function runClangTidy() {
  if (!(await run("clang-tidy", ["--version"])).ok)
    return { ...emptyOutcome(), skips: [{ name: "clang-tidy", reason: "clang-tidy is not installed (apt-get install clang-tidy)" }] };
  const pending = repositoryFiles("runtime/src/*.cpp");
  const outcomes = [];
  const worker = async () => {
    for (let path = pending.shift(); path !== undefined; path = pending.shift()) outcomes.push(await check(path));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return add(outcomes);
}

async function check(path) {
  const result = await run("clang-tidy", ["--quiet", "--warnings-as-errors=*", ...depth, "-p", buildDir, path]);
  return result.ok
    ? { ...emptyOutcome(), passed: 1 }
    : { ...emptyOutcome(), failures: [{ name: `clang-tidy ${path}`, text: result.output }] };
}
