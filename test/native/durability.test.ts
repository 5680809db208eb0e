/** Durability `process` in Node.js: what JavaScript logged is in the ring's file, and stays there when the process is killed. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ordersDescriptor, OrdersSink } from "../../generated/orders_sink.js";
import { addonPath, makeProgramFolder } from "./support/generated.js";
import { order } from "./support/orders.js";

const MEMORY = "/dev/shm";
const LANE_HEADER_BYTES = 3 * 128 + 1_024 * 16;

/** The order ids that wait in the first lane of a ring, read as pqflow/lane.h and ring_header.hpp say. */
function waitingOrderIds(ring: Buffer): readonly number[] {
  expect(ring.toString("latin1", 0, 8)).toBe("PQFRING1");
  const lane = ring.subarray(Number(ring.readBigUInt64LE(56)));
  const [slotCount, slotSizeBytes, commitOffsetBytes] = [ring.readUInt32LE(72), ring.readUInt32LE(76), ring.readUInt32LE(84)];
  const offsetBytes = ordersDescriptor.fields.find(({ name }) => name === "order_id")?.offsetBytes ?? 0;
  const ids: number[] = [];
  for (let index = Number(lane.readBigUInt64LE(256)); ids.length < slotCount; index++) {
    const slot = LANE_HEADER_BYTES + (index % slotCount) * slotSizeBytes;
    if (lane.readUInt32LE(slot + commitOffsetBytes) !== (index + 1) % 2 ** 32) break;
    ids.push(Number(lane.readBigInt64LE(slot + offsetBytes)));
  }
  return ids;
}

describe.skipIf(!existsSync(MEMORY))("a sink whose ring outlives the process", () => {
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

  it("has its ring in ringDir until it was closed", async () => {
    const sink = OrdersSink.open(join(folder, "closed.parquet"), { durability: "process", ringDir: rings });
    for (let id = 0; id < 1_000; id++) expect(sink.log(order(id))).toBe(true);
    expect(readdirSync(rings)).toHaveLength(1);
    expect(sink.stats()).toMatchObject({ durability: "process", rowGroupRows: 65_536, ringSlotsCount: 262_144 });
    await sink.close();
    expect(readdirSync(rings)).toEqual([]);
  });

  it("has its ring there unless something else was asked for, with row groups that fit", async () => {
    const sink = OrdersSink.open(join(folder, "default.parquet"), { ringDir: rings, ringSlots: 8_192, encoderThreads: 2 });
    expect(readdirSync(rings)).toHaveLength(1);
    expect(sink.stats()).toMatchObject({ durability: "process", layout: "live", rowGroupRows: 1_638, ringSlotsCount: 8_192 });
    await sink.close();
    const larger = OrdersSink.open(join(folder, "larger.parquet"), { ringDir: rings, rowGroupRows: 65_537, durability: "default" });
    expect(larger.stats()).toMatchObject({ durability: "process", rowGroupRows: 65_537, ringSlotsCount: 524_288 });
    await larger.close();
    expect(readdirSync(rings)).toEqual([]);
  });

  it("tells that the ring is private where nobody asked for another one, and that cannot be", async () => {
    const private_ = [
      { ringDir: "/proc" },
      { ringSlots: 4_096, rowGroupRows: 4_096 },
      { slotRelease: "per_span" as const },
      { durability: "file" as const },
    ];
    for (const [index, options] of private_.entries()) {
      const sink = OrdersSink.open(join(folder, `private-${index}.parquet`), { ringDir: rings, ...options });
      expect(sink.stats().durability).toBe("file");
      expect(readdirSync(rings)).toEqual([]);
      await sink.close();
    }
  });

  it("tells that its records are durable when a flush has ended, with durability sync", async () => {
    const options = { durability: "sync", ringDir: rings, layout: "live" } as const;
    const sink = OrdersSink.open(join(folder, "synced.parquet"), options);
    for (let id = 0; id < 1_000; id++) expect(sink.log(order(id))).toBe(true);
    await sink.flush();
    expect(sink.stats()).toMatchObject({ durability: "sync", durableRecords: 1_000, filesFinished: 0 });
    await sink.close();
    expect(readdirSync(rings)).toEqual([]);
  });

  it("has records in its journal before their row group is full, with durability journal", async () => {
    const out = mkdtempSync(join(folder, "journal-"));
    const sink = OrdersSink.open(join(out, "journaled.parquet"), { durability: "journal", journalIntervalNs: 1_000_000, ringDir: rings });
    for (let id = 0; id < 1_000; id++) expect(sink.log(order(id))).toBe(true);
    await expect.poll(() => sink.stats().durableRecords, { timeout: 20_000 }).toBe(1_000);
    expect(sink.stats()).toMatchObject({ durability: "journal", persistedRecords: 0 });
    expect(readdirSync(out).filter((name) => name.endsWith(".journal"))).toHaveLength(1);
    await sink.close();
    expect(readdirSync(out)).toEqual(["journaled.parquet"]);
  });

  it("leaves every record in the ring when it is killed", () => {
    mkdirSync(join(folder, "out"), { recursive: true });
    const program = join(folder, "killed.js");
    writeFileSync(
      program,
      `import { OrdersSink } from "./orders_sink.js";
const sink = OrdersSink.open(process.env.OUT + "/killed.parquet", { durability: "process", ringDir: process.env.RINGS });
for (let id = 0; id < 5_000; id++)
  sink.log({ timestamp_ns: BigInt(id), symbol: "ACME", order_id: id, side: "bid", price: 1, quantity: 1, order_type: "new", exchange: 1 });
process.kill(process.pid, "SIGKILL");
`,
    );
    const env = { ...process.env, OUT: join(folder, "out"), RINGS: rings, PQFLOW_ADDON: addonPath };
    expect(spawnSync(process.execPath, [program], { env, timeout: 60_000 }).signal).toBe("SIGKILL");
    const [name] = readdirSync(rings);
    const ids = waitingOrderIds(readFileSync(join(rings, name ?? "")));
    rmSync(join(rings, name ?? ""));
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, id) => id));
  });

  it("refuses a contradiction and a folder that is not in memory by the names of its options", () => {
    const open = (options: object) => () => OrdersSink.open(join(folder, "x.parquet"), { durability: "process", ...options });
    expect(open({ slotRelease: "per_span" })).toThrow(/slotRelease is PER_SPAN, but with durability PROCESS/);
    expect(open({ ringSlots: 65_536, rowGroupRows: 65_536 })).toThrow(
      /ringSlots is 65536, but durability PROCESS keeps whole row groups in the ring/,
    );
    expect(open({ ringDir: "/proc" })).toThrow(/ringDir \/proc is not on a file system in memory/);
  });
});
