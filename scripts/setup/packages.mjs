// Debian packages: what the build and the tests need beyond the tools. Probed by use (the compiler finds a header, a program starts), installed by apt-get where that is allowed.
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";

const packages = [
  { name: "libzstd-dev", header: "zstd.h" },
  { name: "libdeflate-dev", header: "libdeflate.h" },
  { name: "libsnappy-dev", header: "snappy-c.h" },
  { name: "liblz4-dev", header: "lz4.h" },
  { name: "libbrotli-dev", header: "brotli/encode.h" },
  { name: "libxxhash-dev", header: "xxhash.h" },
  { name: "libgtest-dev", header: "gtest/gtest.h" },
  { name: "libbenchmark-dev", header: "benchmark/benchmark.h" },
  { name: "libsimdjson-dev", header: "simdjson.h" },
  { name: "pkg-config", program: "pkg-config" },
  { name: "ninja-build", program: "ninja" },
  { name: "clang", program: "clang++" },
  { name: "libclang-rt-dev", sanitizer: "address" },
];

/** What the arm64 stage of .ci/run needs besides: no build of this machine's own uses them. */
export const crossPackages = [
  { name: "g++-aarch64-linux-gnu", program: "aarch64-linux-gnu-g++" },
  { name: "qemu-user", program: "qemu-aarch64" },
];

/** What the stage clang-tidy needs: nothing else does. */
export const tidyPackages = [{ name: "clang-tidy", program: "clang-tidy" }];

/** What the stage `models` needs: nothing else does. */
export const modelPackages = [
  { name: "relacy-dev", header: "relacy/relacy.hpp" },
  { name: "spin", program: "spin", versionFlag: "-V" },
];

/** Installs what is missing of `wanted`, or says with which command the person can. */
export async function installPackages(wanted = packages) {
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return `all ${wanted.length} present`;
  const prefix = await installerPrefix(missing);
  await apt(prefix, ["update", "-q"], missing);
  await apt(prefix, ["install", "-y", "-q", "--no-install-recommends", ...missing], missing);
  const still = await missingPackages(wanted);
  if (still.length > 0)
    throw new StepFailure(`apt-get installed ${missing.join(", ")}, but ${still.join(", ")} cannot be used`, {
      advice: manualCommand(still),
      exitCode: 2,
    });
  return `installed ${missing.join(", ")}`;
}

async function missingPackages(wanted) {
  const present = await Promise.all(wanted.map(isPresent));
  return wanted.filter((_, index) => !present[index]).map((entry) => entry.name);
}

async function isPresent({ header, program, versionFlag = "--version", sanitizer }) {
  if (program !== undefined) return (await run(program, [versionFlag])).ok;
  if (sanitizer !== undefined)
    return (await run("clang++", [`-fsanitize=${sanitizer}`, "-x", "c++", "-", "-o", "/dev/null"], { input: "int main() {}\n" })).ok;
  return (await run("g++", ["-E", "-x", "c++", "-"], { input: `#if !__has_include(<${header}>)\n#error missing\n#endif\n` })).ok;
}

/** Words before apt-get: none as root, sudo where it asks for no password; else the person has to act. */
async function installerPrefix(missing) {
  const isDebian = (await run("apt-get", ["--version"])).ok;
  if (!isDebian)
    throw new StepFailure(`missing: ${missing.join(", ")}`, {
      advice: `install your system's equivalents of the Debian packages ${missing.join(" ")}`,
      exitCode: 2,
    });
  if (process.getuid() === 0) return [];
  if ((await run("sudo", ["-n", "true"])).ok) return ["sudo", "-n"];
  throw new StepFailure(`missing: ${missing.join(", ")}, and installing them needs root`, { advice: manualCommand(missing), exitCode: 2 });
}

async function apt(prefix, args, missing) {
  const [command, ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  const result = await run(command, rest);
  if (!result.ok)
    throw new StepFailure(`apt-get ${args[0]} (${result.ending})`, { output: result.output, advice: manualCommand(missing), exitCode: 2 });
}

const manualCommand = (names) => `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(" ")}`;
