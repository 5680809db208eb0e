// What .ci/run starts: `npm test`, then the runtime's tests under AddressSanitizer with UBSan and, where there are threads, under ThreadSanitizer, built by clang, whose warnings are errors too, on arm64 under qemu, the bench's programs for a moment each, clang-tidy, and half a minute of fuzzing.
// One final line sums all of it. Names of stages as arguments run those alone.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { npmTestReport, reportDir, rootDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { StepFailure } from "./lib/step.mjs";
import { build, configure } from "./setup/native.mjs";
import { runArm64 } from "./test/arm64.mjs";
import { runBenchPrograms } from "./test/bench.mjs";
import { runClangTidy } from "./test/clang-tidy.mjs";
import { runFuzzer } from "./test/fuzz.mjs";
import { runGoogleTest } from "./test/googletest.mjs";
import { add, crashed, printOutcome } from "./test/outcome.mjs";
import { runStage } from "./test/stage.mjs";

/** Lines of a stack are enough to find a fault, assertions are on, and -O1 compiles in a third of the time of -O2. gcc builds what npm test runs, clang this. */
const sanitized = {
  CMAKE_BUILD_TYPE: "",
  CMAKE_C_FLAGS: "-O1 -g1",
  CMAKE_CXX_FLAGS: "-O1 -g1",
  CMAKE_C_COMPILER: "clang",
  CMAKE_CXX_COMPILER: "clang++",
  PQFLOW_BUILD_TESTS: "ON",
  PQFLOW_UNITY_BUILD: "ON",
};

/** What has threads, or is called by several: the rest would cost as much to compile again, for nothing to find. */
const areasWithThreads = ["api", "io", "ring", "schema", "sink", "watch"];

const stages = [
  { name: "npm test", start: runNpmTest },
  {
    name: "tsan",
    start: () =>
      runSanitized("tsan", {
        options: { PQFLOW_SANITIZE: "thread", PQFLOW_TEST_AREAS: areasWithThreads.join(";") },
        env: { TSAN_OPTIONS: "second_deadlock_stack=1" },
        programs: ["pqflow_runtime_tests"],
        targets: ["pqflow_runtime_tests"],
      }),
  },
  {
    name: "asan",
    start: () =>
      runSanitized("asan", {
        options: { PQFLOW_SANITIZE: "address,undefined" },
        env: { ASAN_OPTIONS: "detect_stack_use_after_return=1", UBSAN_OPTIONS: "print_stacktrace=1" },
        programs: ["pqflow_runtime_tests", "pqflow_verify_tests", "pqflow_live_tests"],
      }),
  },
  { name: "arm64", start: () => compiled("arm64", runArm64) },
  { name: "bench", start: () => compiled("bench", runBenchPrograms) },
  { name: "clang-tidy", start: () => compiled("clang-tidy", runClangTidy) },
  { name: "fuzz", start: () => runFuzzer({ seconds: 40, seed: 1 }) },
];

/** The README's command, as a person would start it; it leaves its outcome in a file. */
async function runNpmTest() {
  rmSync(npmTestReport, { force: true });
  const result = await run("npm", ["test"], { echo: true });
  if (!existsSync(npmTestReport)) return crashed("npm test", `ended without a report: ${result.ending}`);
  return JSON.parse(readFileSync(npmTestReport, "utf8"));
}

/** Without `targets` everything is built, the programs that only other tests use included: the compilers differ in what they warn of. Once is enough for that. */
async function runSanitized(name, { options, env, programs, targets = [] }) {
  const dir = join(rootDir, `build-${name}`);
  return compiled(name, async () => {
    await configure(dir, { ...sanitized, ...options });
    await build(dir, targets);
    const outcomes = [];
    for (const program of programs) {
      const command = [...(await withoutAddressRandomisation()), join(dir, "test", "runtime", program)];
      const reportFile = join(reportDir, `${name}-${program}.json`);
      outcomes.push(await runGoogleTest({ label: name, command, reportFile, env }));
    }
    return add(outcomes);
  });
}

async function compiled(name, action) {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StepFailure) return crashed(name, `${error.output}\n${error.message}`);
    throw error;
  }
}

/** Older sanitizer libraries refuse the address layouts of newer kernels; setarch -R gives a plain one where it is allowed. */
async function withoutAddressRandomisation() {
  const wrapper = ["setarch", arch() === "x64" ? "x86_64" : "aarch64", "-R"];
  return (await run(wrapper[0], [...wrapper.slice(1), "true"])).ok ? wrapper : [];
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) throw new Error(`no stage ${unknown.join(", ")}; there are ${stages.map(({ name }) => name).join(", ")}`);

const outcomes = [];
for (const stage of stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) outcomes.push(await runStage(stage));
const outcome = add(outcomes);
console.log("\n── all stages");
printOutcome(outcome);
process.exitCode = outcome.failures.length > 0 ? 1 : 0;
