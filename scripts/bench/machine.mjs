// On what the figures were taken: without it they mean nothing.
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { run } from "../lib/process.mjs";

const firstLine = async (command, ...args) => {
  const { ok, output } = await run(command, args);
  return ok ? output.split("\n")[0].trim() : undefined;
};

function governor() {
  try {
    return readFileSync("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "utf8").trim();
  } catch {
    return undefined;
  }
}

export async function machineOf() {
  return {
    processor: cpus()[0].model,
    processors: availableParallelism(),
    memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    frequency_governor: governor() ?? null,
    /** Over the last five minutes: to be asked for before anything is built or measured. */
    load_average: loadavg()[1],
  };
}

export async function toolVersions() {
  return {
    node: process.version,
    compiler: (await firstLine("g++", "--version")) ?? null,
    python: (await firstLine("python3", "--version")) ?? null,
  };
}
