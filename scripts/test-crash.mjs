// Kills captures at random, recovers what they leave, and prints the ledgers: npm run test:crash -- --kills 200. Then every system call of a capture fails with every errno, power is cut at every call
// of a recorded one and on a real file system, and disks are full: what npm test does in a short form.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { liveTestsProgram, runtimeTestsProgram } from "./lib/paths.mjs";

const { values } = parseArgs({ options: { kills: { type: "string", default: "50" } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) {
  console.error(`--kills: \`${values.kills}\` is no number of kills`);
  process.exit(2);
}
const { status } = spawnSync(
  "npx",
  ["vitest", "run", "test/system/live-kills.test.ts", "test/system/recover-kills.test.ts", "--disable-console-intercept"],
  {
    env: { ...process.env, PQFLOW_KILLS: String(kills) },
    stdio: "inherit",
  },
);
const faults = spawnSync(liveTestsProgram, ["--gtest_filter=*FaultRuns*:*PowerCut*:*RealDisks*:*KillPoints*"], {
  env: { ...process.env, PQFLOW_FAULT_RUNS: "all" },
  stdio: "inherit",
});
// Durability PROCESS: ring and files together hold what was accepted, layouts and encoder threads in turn.
const rings = spawnSync(runtimeTestsProgram, ["--gtest_filter=*KilledCapture*"], {
  env: { ...process.env, PQFLOW_KILLS: String(Math.ceil(kills / 4)) },
  stdio: "inherit",
});
// parquet-go reads live files, too: building it takes a minute of processor time.
const readers = spawnSync("npx", ["vitest", "run", "test/system/live-readers.test.ts", "-t", "parquet-go"], {
  env: { ...process.env, PQFLOW_PARQUET_GO: "1" },
  stdio: "inherit",
});
process.exitCode = readers.status === 0 && rings.status === 0 && status === 0 && faults.status === 0 ? 0 : 1;
