/** One sink, several threads: real workers, each with a lane of its own, and what becomes of theirs when they end. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { TradesSink } from "../../generated/trades_sink.js";
import { defineSchema, int64, PqflowError, type SharedSink, type SinkOptions } from "../../native/lib/index.js";
import { addonPath, makeProgramFolder } from "./support/generated.js";
import { order } from "./support/orders.js";

let programs: string;
const folder = mkdtempSync(join(tmpdir(), "pqflow-lanes-"));
beforeAll(() => {
  programs = makeProgramFolder();
});
afterAll(() => {
  rmSync(programs, { recursive: true });
  rmSync(folder, { recursive: true });
});

let fileCount = 0;
const newPath = (): string => join(folder, `capture-${fileCount++}.parquet`);
const patient: SinkOptions = { ringSlots: 1024, rowGroupRows: 256, fullPolicy: "block", fullTimeoutNs: 60_000_000_000 };

/** The worker's program: log(count) logs orders 0, 1, 2 … under the worker's name, and goes on where it stopped. */
const prologue = `
  import { parentPort, workerData } from "node:worker_threads";
  import { OrdersSink } from "./orders_sink.js";
  const sink = OrdersSink.attach(workerData.shared);
  let next = 0;
  const log = (count) => {
    for (const end = next + count; next < end; next++)
      if (!sink.log({ timestamp_ns: BigInt(next), symbol: workerData.name, order_id: next, side: "bid", price: 1, quantity: 1, order_type: "new", exchange: 1 }))
        throw new Error("refused");
  };
`;

/** Resolves when the worker has ended. Errors of the worker are rejections, but for one that is expected. */
interface Running {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

function start(name: string, shared: SharedSink, body: string, expected?: string): Running {
  const program = join(programs, `worker-${fileCount++}.js`);
  writeFileSync(program, prologue + body);
  const worker = new Worker(program, { workerData: { name, shared }, env: { ...process.env, PQFLOW_ADDON: addonPath } });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on("exit", () => resolve());
    worker.on("error", (error) => (error.message === expected ? undefined : reject(error)));
  });
  return { worker, ended };
}

/** The ids of each thread's records, in the order of the file. */
async function idsIn(path: string): Promise<Readonly<Record<string, readonly number[]>>> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors, columns: ["symbol", "order_id"] });
  const ids: Record<string, number[]> = {};
  for (const { symbol, order_id } of rows) (ids[symbol as string] ??= []).push(Number(order_id));
  return ids;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, id) => id);
const code = (expected: string): unknown => expect.objectContaining({ name: "PqflowError", code: expected });

describe("worker threads that attach to one sink", () => {
  it("log beside the thread that opened it, and every record is in the file once, each thread's in its order", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, patient);
    const workers = ["ONE", "TWO"].map((name) => start(name, sink.share(), "log(20_000); await sink.close();"));
    for (let id = 0; id < 20_000; id++) {
      expect(sink.log(order(id, { symbol: "MAIN" }))).toBe(true);
      if (id % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await sink.close();
    await Promise.all(workers.map(({ ended }) => ended));
    expect(await idsIn(path)).toEqual({ MAIN: numbers(20_000), ONE: numbers(20_000), TWO: numbers(20_000) });
    expect(sink.stats()).toMatchObject({
      acceptedRecords: 60_000,
      visibleRecords: 60_000,
      droppedRecords: 0,
      lateRecords: 0,
      lanesAttached: 1,
    });
  });

  const ends = {
    "run out of work": { body: "log(3_000);" },
    "call process.exit": { body: "log(3_000); process.exit(0);" },
    throw: { body: 'log(3_000); throw new Error("in the worker");', expected: "in the worker" },
    "are terminated from outside": {
      body: 'log(3_000); parentPort.postMessage("logged"); setInterval(() => {}, 1000);',
      terminated: true,
    },
  };
  it.each(Object.entries(ends))("leave their records and their lane when they %s without close", async (_, end) => {
    const path = newPath();
    const sink = OrdersSink.open(path, { ...patient, maxLanes: 2 });
    for (const name of ["ONE", "TWO", "THREE"]) {
      const { worker, ended } = start(name, sink.share(), end.body, "expected" in end ? end.expected : undefined);
      if ("terminated" in end) {
        await once(worker, "message");
        expect(sink.stats().lanesAttached).toBe(2);
        await worker.terminate();
      }
      await ended;
      expect(sink.stats()).toMatchObject({ lanesAttached: 1, droppedRecords: 0 });
    }
    await sink.close();
    expect(await idsIn(path)).toEqual({ ONE: numbers(3_000), TWO: numbers(3_000), THREE: numbers(3_000) });
  });

  it("are waited for by close, which lets none attach from then on", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, patient);
    const shared = sink.share();
    const { worker, ended } = start(
      "ONE",
      shared,
      'log(10); parentPort.postMessage("attached"); parentPort.once("message", () => { log(5_000); parentPort.close(); });',
    );
    await once(worker, "message");
    let isClosed = false;
    const closing = sink.close().then(() => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(false);
    expect(() => OrdersSink.attach(shared)).toThrow(code("CLOSED") as Error);
    worker.postMessage("go on");
    await closing;
    await ended;
    expect(await idsIn(path)).toEqual({ ONE: numbers(5_010) });
  });

  it("are told that the sink is closed when closeSync did not wait for them", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, patient);
    const { worker, ended } = start(
      "ONE",
      sink.share(),
      'log(10); parentPort.postMessage("attached"); parentPort.once("message", () => { log(5_000); });',
      "the sink is closed",
    );
    await once(worker, "message");
    sink.closeSync();
    worker.postMessage("go on");
    await ended;
    expect(await idsIn(path)).toEqual({ ONE: numbers(10) });
  });

  it("flush what every thread has logged", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, { ...patient, layout: "classic" });
    sink.log(order(0, { symbol: "MAIN" }));
    const { ended } = start("ONE", sink.share(), "log(1_000); await sink.flush();");
    await ended;
    expect(await idsIn(path)).toEqual({ MAIN: [0], ONE: numbers(1_000) });
    await sink.close();
  });
});

describe("a sink attached to another", () => {
  it("logs no more after its close, while the other goes on", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, patient);
    const attached = OrdersSink.attach(sink.share());
    expect(attached.log(order(0, { symbol: "ONE" }))).toBe(true);
    expect(sink.stats().lanesAttached).toBe(2);
    await attached.close();
    attached.closeSync();
    expect(() => attached.log(order(1))).toThrow(code("CLOSED") as Error);
    expect(() => attached.share()).toThrow(code("CLOSED") as Error);
    expect(attached.stats()).toMatchObject({ state: "running", lanesAttached: 1 });
    expect(sink.log(order(1))).toBe(true);
    await sink.close();
    expect(await idsIn(path)).toEqual({ ONE: [0], ACME: [1] });
  });

  it("goes on with the numbers of those that had its lane before", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, { ...patient, maxLanes: 2 });
    for (let id = 0; id < 500; id++) {
      const attached = OrdersSink.attach(sink.share());
      expect(attached.log(order(id))).toBe(true);
      await attached.close();
    }
    await sink.close();
    expect(await idsIn(path)).toEqual({ ACME: numbers(500) });
    expect(sink.stats()).toMatchObject({ acceptedRecords: 500, visibleRecords: 500 });
  });

  it("may be of a schema defined at run time", async () => {
    const path = newPath();
    const counts = defineSchema({ name: "counts", fields: { n: int64() } });
    const sink = counts.open(path);
    const attached = counts.attach(sink.share());
    attached.log({ n: 7 });
    attached.closeSync();
    await sink.close();
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors });
    expect(rows).toEqual([{ n: 7n }]);
  });

  it("is refused for another schema, another process, without a lane left, and for what is no shared sink", async () => {
    const sink = OrdersSink.open(newPath(), { ...patient, maxLanes: 1 });
    const shared = sink.share();
    expect(() => TradesSink.attach(shared)).toThrow(code("FINGERPRINT_MISMATCH") as Error);
    expect(() => OrdersSink.attach({ ...shared, processId: process.pid + 1 })).toThrow(code("INVALID_HANDLE") as Error);
    expect(() => OrdersSink.attach({ ...shared, pqflowSink: 999_999 })).toThrow(code("INVALID_HANDLE") as Error);
    expect(() => OrdersSink.attach(shared)).toThrow(code("LANE_UNAVAILABLE") as Error);
    for (const wrong of [undefined, null, "orders", {}, { pqflowSink: "1", processId: process.pid }])
      expect(() => OrdersSink.attach(wrong as unknown as SharedSink)).toThrow(code("INVALID_ARGUMENT") as Error);
    await sink.close();
    expect(() => sink.share()).toThrow(PqflowError);
    expect(() => OrdersSink.attach(shared)).toThrow(code("CLOSED") as Error);
  });
});
