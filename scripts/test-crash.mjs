// Kills live captures at random and prints the ledger: npm run test:crash -- --kills 200
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { kills: { type: "string", default: "50" } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) {
  console.error(`--kills: \`${values.kills}\` is no number of kills`);
  process.exit(2);
}
const { status } = spawnSync("npx", ["vitest", "run", "test/system/live-kills.test.ts", "--disable-console-intercept"], {
  env: { ...process.env, PQFLOW_KILLS: String(kills) },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
