// clang-tidy with .clang-tidy over the runtime's sources. Sources are looked at in the groups of a unity build, one test each: their headers, which take most of the time, are read once a group.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { configure } from "../setup/native.mjs";
import { installPackages, tidyPackages } from "../setup/packages.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

/** The analyzer leaves out what is included, which in a group is everything, unless the path of the group has this word; WebKit's groups have it. */
const dir = join(rootDir, "build-tidy", "UnifiedSources");

/** As deep as the analyzer's own shallow mode follows the paths of one function, a third of its default: most of the time went into the last two thirds, which never found anything. */
const analyzer = ["-analyzer-config", "max-nodes=75000"];
const args = [
  "--quiet",
  "--warnings-as-errors=*",
  // That is what a group does.
  "--checks=-bugprone-suspicious-include",
  // Those of gcc, for which the sources were configured.
  "--extra-arg=-Wno-unknown-warning-option",
  ...analyzer.flatMap((word) => ["--extra-arg=-Xclang", `--extra-arg=${word}`]),
];

export async function runClangTidy() {
  await installPackages(tidyPackages);
  await configure(dir, { CMAKE_BUILD_TYPE: "RelWithDebInfo", PQFLOW_UNITY_BUILD: "ON" });
  const pending = compiledFiles();
  const outcomes = [await checkThatFaultsAreFound()];
  const worker = async () => {
    for (let path = pending.shift(); path !== undefined; path = pending.shift()) outcomes.push(await check(path));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return add(outcomes);
}

/** A fault that only the analyzer sees, in a source of a group: no finding would mean that it looks at none. */
async function checkThatFaultsAreFound() {
  const probe = join(dir, "probe");
  mkdirSync(probe, { recursive: true });
  writeFileSync(join(probe, "fault.cpp"), "int fault(const int* p) { return p == nullptr ? *p : 1; }\n");
  writeFileSync(join(probe, "group.cxx"), '#include "fault.cpp"\n');
  const { output } = await run("clang-tidy", [...args, "--header-filter=probe/", join(probe, "group.cxx"), "--", "-std=c++20"]);
  return output.includes("clang-analyzer-core.NullDereference")
    ? { ...emptyOutcome(), passed: 1 }
    : { ...emptyOutcome(), failures: [{ name: "clang-tidy finds a fault in a group", text: `it was not found\n${output}` }] };
}

/** Groups, and the sources that stand alone. The largest groups last would leave a processor idle. */
function compiledFiles() {
  const commands = JSON.parse(readFileSync(join(dir, "compile_commands.json"), "utf8"));
  const files = commands
    .map(({ file }) => relative(rootDir, file))
    .filter((file) => /^(build-tidy\/UnifiedSources\/runtime\/.*\/Unity|runtime\/src)\/.*\.c\w+$/.test(file));
  return files.sort((a, b) => Number(b.includes("/Unity/")) - Number(a.includes("/Unity/")));
}

async function check(path) {
  const result = await run("clang-tidy", [...args, "-p", dir, path]);
  return result.ok
    ? { ...emptyOutcome(), passed: 1 }
    : { ...emptyOutcome(), failures: [{ name: `clang-tidy ${path}`, text: result.output }] };
}
