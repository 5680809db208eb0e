// The verifier under libFuzzer, AddressSanitizer and UBSan, from the seeds in test/fuzz/corpus: one test for files, one for schemas. Skipped where clang or its fuzzer's library is missing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { build, configure } from "../setup/native.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

/** Names of programs and of folders of seeds, and each one's share of the time: most of the code reads files. They run beside each other. */
const targets = [
  { target: "verify", share: 0.75 },
  { target: "schema", share: 0.25 },
];
const artifacts = join(rootDir, "build-fuzz", "artifacts");
/** An input that takes longer or more is a failure too. */
const limits = ["-timeout=5", "-rss_limit_mb=1024", "-max_len=65536"];

/** `seed`: of the fuzzer's random numbers; CI gives the same each time, so that it judges the change and not its luck. */
export async function runFuzzer({ seconds, seed }) {
  if (!(await hasFuzzer())) {
    const reason =
      "clang cannot link with -fsanitize=fuzzer (apt-get install clang, and libclang-rt-dev where that is a package of its own)";
    return { ...emptyOutcome(), skips: [{ name: "fuzz", reason }] };
  }
  const dir = join(rootDir, "build-fuzz");
  await configure(dir, {
    CMAKE_BUILD_TYPE: "RelWithDebInfo",
    CMAKE_C_COMPILER: "clang",
    CMAKE_CXX_COMPILER: "clang++",
    PQFLOW_SANITIZE: "address,undefined",
    PQFLOW_BUILD_TESTS: "OFF",
    PQFLOW_BUILD_FUZZERS: "ON",
  });
  await build(
    dir,
    targets.map(({ target }) => `pqflow_${target}_fuzzer`),
  );
  return add(await Promise.all(targets.map(({ target, share }) => fuzz(dir, target, { seconds: Math.ceil(seconds * share), seed }))));
}

async function fuzz(dir, target, { seconds, seed }) {
  const name = `fuzz ${target}`;
  const program = join(dir, "test", "fuzz", `pqflow_${target}_fuzzer`);
  const seeds = join(rootDir, "test", "fuzz", "corpus", target);
  const found = mkdtempSync(join(tmpdir(), "pqflow-fuzz-"));
  mkdirSync(artifacts, { recursive: true });
  const result = await run(
    program,
    [`-max_total_time=${seconds}`, `-seed=${seed}`, ...limits, `-artifact_prefix=${artifacts}/`, found, seeds],
    {
      env: { UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1" },
    },
  );
  rmSync(found, { recursive: true });
  if (result.ok) console.log(result.output.trimEnd().split("\n").at(-1));
  return result.ok
    ? { ...emptyOutcome(), passed: 1 }
    : {
        ...emptyOutcome(),
        failures: [{ name, text: `${result.output.trimEnd().split("\n").slice(-60).join("\n")}\nthe input lies in ${artifacts}` }],
      };
}

async function hasFuzzer() {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-fuzz-"));
  const source = join(folder, "probe.cpp");
  writeFileSync(source, '#include <cstddef>\nextern "C" int LLVMFuzzerTestOneInput(const unsigned char*, std::size_t) { return 0; }\n');
  const result = await run("clang++", ["-fsanitize=fuzzer,address,undefined", source, "-o", join(folder, "probe")]);
  rmSync(folder, { recursive: true });
  return result.ok;
}
