/** recover() in Node.js: what a killed program left, found and finished. What is recovered, and how, is tested in test/runtime/live. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { PqflowError, recover } from "../../native/lib/index.js";
import { addonPath, makeProgramFolder } from "./support/generated.js";

const MEMORY = "/dev/shm";

describe.skipIf(!existsSync(MEMORY))("recover", () => {
  let folder: string;
  let rings: string;
  beforeAll(() => {
    folder = makeProgramFolder();
    rings = mkdtempSync(join(MEMORY, "pqflow-test-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(rings, { recursive: true });
  });

  function killCapture(name: string): string {
    const out = join(folder, name);
    mkdirSync(out);
    const program = join(folder, `${name}.js`);
    writeFileSync(
      program,
      `import { OrdersSink } from "./orders_sink.js";
const sink = OrdersSink.open(process.env.OUT + "/killed.parquet", { durability: "process", ringDir: process.env.RINGS, rowGroupRows: 1_000 });
for (let id = 0; id < 5_500; id++)
  sink.log({ timestamp_ns: BigInt(id), symbol: "ACME", order_id: id, side: "bid", price: 1, quantity: 1, order_type: "new", exchange: 1 });
while (sink.stats().persistedRecords < 5_000) await new Promise((resolve) => setTimeout(resolve, 1));
process.kill(process.pid, "SIGKILL");
`,
    );
    const env = { ...process.env, OUT: out, RINGS: rings, PQFLOW_ADDON: addonPath };
    expect(spawnSync(process.execPath, [program], { env, timeout: 60_000 }).signal).toBe("SIGKILL");
    return out;
  }

  it("tells what a killed program left, finishes it, and finds nothing the second time", async () => {
    const out = killCapture("out");
    const [left] = readdirSync(out);
    const report = await recover(out, { ringDir: rings });
    expect(report).toMatchObject({ folder: out, write: false });
    expect(report.orphans).toMatchObject([
      { file: join(out, left ?? ""), state: "unfinished", action: "finish", done: false, persisted: 5_000, recovered: 500, lost: 0 },
    ]);
    expect(report.orphans[0]?.ring).toMatch(new RegExp(`^${rings}/pqflow-`));
    expect(readdirSync(out)).toEqual([left]);

    const written = await recover(out, { write: true, ringDir: rings });
    expect(written.orphans).toMatchObject([{ done: true, finalFile: join(out, "killed.parquet"), problem: null }]);
    expect(readdirSync(out)).toEqual(["killed.parquet"]);
    expect(readdirSync(rings)).toEqual([]);
    expect(await recover(out, { ringDir: rings })).toEqual({ folder: out, write: false, orphans: [] });
  });

  it("leaves the file of an open sink alone", async () => {
    const out = join(folder, "live");
    mkdirSync(out);
    const sink = OrdersSink.open(join(out, "x.parquet"));
    const report = await recover(out, { write: true });
    expect(report.orphans).toMatchObject([{ state: "live", action: "none", done: false, problem: null }]);
    await sink.close();
    expect(readdirSync(out)).toEqual(["x.parquet"]);
  });

  it("rejects a folder that cannot be listed and arguments that cannot be", async () => {
    const missing = join(folder, "missing");
    await expect(recover(missing)).rejects.toThrow(PqflowError);
    await expect(recover(missing)).rejects.toMatchObject({ code: "IO_ERROR", osError: 2 });
    const refusals: [unknown, unknown, RegExp][] = [
      ["", {}, /folder: expected the path of a folder/],
      [5, {}, /folder: expected the path of a folder/],
      ["a\0b", {}, /without a NUL/],
      [folder, null, /options: expected an object/],
      [folder, { write: 1 }, /option write: expected true or false/],
      [folder, { ringDir: "" }, /option ringDir: expected the path/],
      [folder, { writ: true }, /option writ: unknown; did you mean `write`\?/],
    ];
    for (const [path, options, message] of refusals) {
      await expect(recover(path as string, options as object)).rejects.toThrow(message);
      await expect(recover(path as string, options as object)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
  });
});
