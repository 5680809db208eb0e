// The runtime on arm64: compiled by Debian's cross compiler, its tests run under qemu-user; a file that the arm64 program wrote is verified by this machine's pqflow. Skipped where compiler, qemu or libraries cannot be had.
import { mkdirSync, rmSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { buildDir, reportDir, rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";
import { fetchArm64Root } from "../setup/arm64.mjs";
import { build, buildOptions, configure } from "../setup/native.mjs";
import { crossPackages, installPackages } from "../setup/packages.mjs";
import { runGoogleTest } from "./googletest.mjs";
import { add, emptyOutcome } from "./outcome.mjs";

const dir = join(rootDir, "build-arm64");
const root = join(dir, "root");
/** The cross compiler brings the C library, the root all others. */
const emulator = ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", "-E", `LD_LIBRARY_PATH=${join(root, "usr", "lib", "aarch64-linux-gnu")}`];
const targets = ["pqflow_runtime_tests", "pqflow_write_columns"];
/** It forbids itself system calls, and the emulator would make its own under the same ban. */
const leftOut = ["Contract.log_and_reserve_never_block_allocate_lock_or_make_a_system_call"];

export async function runArm64() {
  if (arch() === "arm64") return skipped("this machine is one: npm test has shown it");
  try {
    await installPackages(crossPackages);
    await fetchArm64Root(dir, root);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return skipped(error.advice === "" ? error.message : `${error.message}; to do: ${error.advice}`);
  }
  await configure(dir, options);
  await build(dir, targets);
  await configure(buildDir, buildOptions);
  await build(buildDir, ["pqflow_cli", "pqflow_write_columns"]);
  return add([await runUnitTests(), await checkFile()]);
}

/** Where the processor matters: atomics, vector primitives, kernels, bytes of values. */
const areas = ["api", "base", "codec", "columns", "encoding", "ring"];

const options = {
  CMAKE_BUILD_TYPE: "Release",
  CMAKE_C_FLAGS_RELEASE: "-O2",
  CMAKE_CXX_FLAGS_RELEASE: "-O2",
  CMAKE_SYSTEM_NAME: "Linux",
  CMAKE_SYSTEM_PROCESSOR: "aarch64",
  CMAKE_C_COMPILER: "aarch64-linux-gnu-gcc",
  CMAKE_CXX_COMPILER: "aarch64-linux-gnu-g++",
  CMAKE_LIBRARY_ARCHITECTURE: "aarch64-linux-gnu",
  CMAKE_FIND_ROOT_PATH: root,
  CMAKE_FIND_ROOT_PATH_MODE_INCLUDE: "ONLY",
  CMAKE_FIND_ROOT_PATH_MODE_LIBRARY: "ONLY",
  CMAKE_FIND_ROOT_PATH_MODE_PACKAGE: "ONLY",
  CMAKE_CROSSCOMPILING_EMULATOR: emulator.join(";"),
  PQFLOW_BUILD_TESTS: "ON",
  PQFLOW_TEST_AREAS: areas.join(";"),
  PQFLOW_UNITY_BUILD: "ON",
};

const program = (name) => [...emulator, join(dir, "test", "runtime", name)];

function runUnitTests() {
  const command = [...program("pqflow_runtime_tests"), `--gtest_filter=-${leftOut.join(":")}`];
  return runGoogleTest({ label: "arm64", command, reportFile: join(reportDir, "arm64.json") });
}

/** Every kind of column, encoded on arm64: the verifier here finds nothing, and the bytes are those that this machine's own program writes. */
async function checkFile() {
  const name = "arm64 a file of every column";
  const [theirs, ours] = ["arm64", "own"].map((name) => join(dir, `${name}.parquet`));
  const args = ["ZSTD", "5000", "512", "2048", "AUTO"];
  for (const file of [theirs, ours]) rmSync(file, { force: true });
  mkdirSync(dir, { recursive: true });
  const steps = [
    [...program("pqflow_write_columns"), theirs, ...args],
    [join(buildDir, "test", "runtime", "pqflow_write_columns"), ours, ...args],
    [join(buildDir, "runtime", "pqflow"), "verify", theirs],
    ["cmp", theirs, ours],
  ];
  for (const [command, ...rest] of steps) {
    const result = await run(command, rest);
    if (!result.ok)
      return { ...emptyOutcome(), failures: [{ name, text: `${[command, ...rest].join(" ")}\n${result.output}\n${result.ending}` }] };
  }
  return { ...emptyOutcome(), passed: 1 };
}

const skipped = (reason) => ({ ...emptyOutcome(), skips: [{ name: "arm64", reason }] });
