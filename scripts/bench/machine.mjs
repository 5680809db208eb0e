// On what the figures were taken: without it they mean nothing.
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
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
  };
}

export async function toolVersions() {
  return {
    node: process.version,
    compiler: (await firstLine("g++", "--version")) ?? null,
    python: (await firstLine("python3", "--version")) ?? null,
  };
}
