// The peers: packages of Python, npm, Rust and Debian, installed where their registries can be reached and only for the bench. One that is missing is skipped, and said so.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { installPackage } from "../lib/pip.mjs";
import { run } from "../lib/process.mjs";
import { benchBuildDir, pythonDir } from "./folders.mjs";

const pythonVersions = { numpy: "2.4.6", pyarrow: "26.0.1", duckdb: "2.0.0", polars: "2.1.0" };

/** Header-only queues, measured beside our lane. */
const queues = [
  { row: "boost_spsc_queue", package: "libboost-dev", header: "boost/lockfree/spsc_queue.hpp" },
  { row: "readerwriterqueue", package: "libreaderwriterqueue-dev", header: "readerwriterqueue/readerwriterqueue.h" },
  { row: "concurrentqueue", package: "libconcurrentqueue-dev", header: "concurrentqueue/concurrentqueue.h" },
];

/** Of the wheel: its C++ headers and libraries lie here. */
export const pyarrowDir = join(pythonDir, "pyarrow");

const lastLine = (output) => output.trim().split("\n").at(-1) ?? "";

/** `{ name: reason }` of those that are missing. */
async function installPythonPeers() {
  const missing = {};
  for (const [name, version] of Object.entries(pythonVersions)) {
    const { ok, reason, command } = await installPackage(pythonDir, name, version);
    if (!ok) missing[name] = `${reason}; to have it: ${command}`;
  }
  return missing;
}

const lockOf = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {});

/** bench/node_modules has what bench/package-lock.json names; optional packages of other platforms may be missing. */
function isNpmCurrent() {
  const installed = lockOf(join(rootDir, "bench", "node_modules", ".package-lock.json"));
  return Object.entries(lockOf(join(rootDir, "bench", "package-lock.json")))
    .filter(([path]) => path !== "")
    .every(([path, { version, optional }]) => (installed[path] === undefined ? optional === true : installed[path].version === version));
}

/** Why the packages of bench/package.json are missing; undefined when they are there. */
async function installNpmPeers() {
  if (isNpmCurrent()) return undefined;
  const result = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: join(rootDir, "bench") });
  return result.ok ? undefined : `npm ci in bench: ${lastLine(result.output)}`;
}

const hasHeader = async ({ header }) =>
  (await run("g++", ["-E", "-x", "c++", "-"], { input: `#if !__has_include(<${header}>)\n#error missing\n#endif\n` })).ok;

async function missingQueues() {
  const present = await Promise.all(queues.map(hasHeader));
  return queues.filter((_, index) => !present[index]);
}

/** Rows of queues whose package could not be installed, by reason. */
async function installQueues() {
  const wanted = await missingQueues();
  if (wanted.length === 0) return {};
  const words = ["apt-get", "install", "-y", "-q", "--no-install-recommends", ...wanted.map((queue) => queue.package)];
  const result = process.getuid() === 0 ? await run(words[0], words.slice(1)) : await run("sudo", ["-n", ...words]);
  const reason = result.ok ? "not usable after its installation" : `apt-get: ${lastLine(result.output)}`;
  return Object.fromEntries((await missingQueues()).map((queue) => [queue.row, `${queue.package}: ${reason}`]));
}

/** Builds the contender of Rust's crates; why it is missing, undefined when it is there. */
async function buildArrowRs() {
  const args = ["build", "--release", "--locked", "--target-dir", join(benchBuildDir, "arrow-rs")];
  const result = await run("cargo", args, { cwd: join(rootDir, "bench", "rivals", "arrow_rs") });
  if (result.ok) return undefined;
  return result.missing ? "cargo is not installed" : `cargo build: ${lastLine(result.output)}`;
}

/** `{ contenders, npm, queues }`: what is missing, by reason. */
export async function installPeers() {
  const python = await installPythonPeers();
  const contenders = { ...python };
  if (python.pyarrow !== undefined) contenders.arrow = python.pyarrow;
  const arrowRs = await buildArrowRs();
  if (arrowRs !== undefined) contenders.arrow_rs = arrowRs;
  return { contenders, npm: await installNpmPeers(), queues: await installQueues() };
}

/** One line of what is skipped. */
export function shownMissing({ contenders, npm, queues: missing }) {
  const parts = [...Object.entries(contenders), ...(npm === undefined ? [] : [["npm packages", npm]]), ...Object.entries(missing)];
  return parts.length === 0 ? "all present" : `skipped: ${parts.map(([name, reason]) => `${name} (${reason})`).join("; ")}`;
}
