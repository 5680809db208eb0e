/** recover() in Node.js: what a killed program left, found and finished. What is recovered, and how, is tested in test/runtime/live. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
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
      {
        file: join(out, left ?? ""),
        state: "unfinished",
        action: "finish",
        done: false,
        persisted: 5_000,
        recovered: 500,
        lost: 0,
        dropped: 0,
        reason: "killed",
      },
    ]);
    expect(report.orphans[0]?.ring).toMatch(new RegExp(`^${rings}/pqflow-`));
    expect(readdirSync(out)).toEqual([left]);

    const manifest = join(out, "manifest.ndjson");
    const written = await recover(out, { write: true, ringDir: rings, manifest });
    expect(written.orphans).toMatchObject([{ done: true, finalFile: join(out, "killed.parquet"), problem: null }]);
    expect(readdirSync(out).sort()).toEqual(["killed.parquet", "manifest.ndjson"]);
    expect(readdirSync(rings)).toEqual([]);
    const line = { path: join(out, "killed.parquet"), schema: "orders", rows: 5_500, end: "recovered", host: null, file_sequence: null };
    expect(JSON.parse(readFileSync(manifest, "utf8"))).toMatchObject(line);
    const { key_value_metadata: texts } = await parquetMetadataAsync(await asyncBufferFromFile(join(out, "killed.parquet")));
    const saysOf = (key: string): unknown => texts?.find((text) => text.key === key)?.value;
    expect(saysOf("pqflow:gaps")).toBe("[]");
    expect(JSON.parse(String(saysOf("pqflow:recovered")))).toMatchObject({ reason: "killed", records: 5_500, from_ring: 500 });
    expect(await recover(out, { ringDir: rings })).toEqual({ folder: out, write: false, orphans: [] });
  });

  it("is what open does first where the option orphans says so", async () => {
    const out = killCapture("reopened");
    const path = join(out, "killed.parquet");
    const counting = OrdersSink.open(path, { ifExists: "suffix" });
    expect(counting.stats()).toMatchObject({ orphansFound: 1, orphansRecovered: 0 });
    await counting.close();
    rmSync(path);
    const sink = OrdersSink.open(path, { orphans: "recover", ringDir: rings });
    expect(sink.stats()).toMatchObject({ orphansFound: 1, orphansRecovered: 1, lastStatus: "OK" });
    await sink.close();
    expect(readdirSync(out).sort()).toEqual(["killed-000001.parquet", "killed.parquet"]);
    expect(readdirSync(rings)).toEqual([]);
    expect((await parquetMetadataAsync(await asyncBufferFromFile(path))).num_rows).toBe(5_500n);
  });

  it("tells by the error event and stats what open could not recover", async () => {
    const out = join(folder, "unreadable");
    mkdirSync(out);
    writeFileSync(join(out, ".x.parquet.inprogress"), "PAR1 and nothing else");
    const sink = OrdersSink.open(join(out, "x.parquet"), { orphans: "recover", ringDir: rings });
    const [failure] = (await once(sink, "error")) as [PqflowError];
    expect(failure.message).toMatch(/1 of 1 orphans of this path could not be recovered; the first is .*there is no whole row group in it/);
    expect(sink.stats()).toMatchObject({ orphansFound: 1, orphansRecovered: 0, state: "running", lastStatus: "IO_ERROR" });
    await sink.close();
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
      [folder, { write: true, manifest: "" }, /option manifest: expected the path of a file/],
      [folder, { manifest: "x.ndjson" }, /option manifest: needs write: true/],
      [folder, { writ: true }, /option writ: unknown; did you mean `write`\?/],
    ];
    for (const [path, options, message] of refusals) {
      await expect(recover(path as string, options as object)).rejects.toThrow(message);
      await expect(recover(path as string, options as object)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
  });
});
