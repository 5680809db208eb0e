import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { binding, type NativeSink } from "../../native/lib/binding.js";
import { durabilities, nativeDescriptor } from "../../native/lib/descriptor.js";
import { buildInfo, type Descriptor, type OpenedSink, openSink, PqflowError, type SinkOptions } from "../../native/lib/index.js";
import { ordersDescriptor } from "../../generated/orders_sink.js";
import { dataPagesOf, pageVersionsOf } from "../support/data-pages.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { firstTime, order } from "./support/orders.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));

let pathCount = 0;
const newPath = (): string => join(folder, `capture-${pathCount++}.parquet`);
const query = (sql: string): Promise<readonly Record<string, unknown>[]> => withDuckdb((connection) => rowsOf(connection, sql));
const countIn = async (path: string): Promise<number> =>
  Number((await query(`SELECT count(*)::INTEGER AS n FROM ${sqlText(path)}`))[0]?.["n"]);

function pqflowError(code: string): unknown {
  return expect.objectContaining({ name: "PqflowError", code });
}

describe("a sink", () => {
  it("writes what log and logFields accepted", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path);
    for (let id = 0; id < 1_000; id++) expect(sink.log(order(id))).toBe(true);
    expect(sink.logFields(firstTime, "ÄÖ", 2n ** 63n - 1n, 1, -(2n ** 63n), Number.MIN_SAFE_INTEGER, 3, -(2 ** 31))).toBe(true);
    await sink.close();
    const rows = await query(
      `SELECT count(*)::INTEGER AS n, sum(price) FILTER (order_id < 1000)::VARCHAR AS price, max(epoch_ns(timestamp_ns))::VARCHAR AS time FROM ${sqlText(path)}`,
    );
    expect(rows).toEqual([{ n: 1_001, price: (4_200_000_000n * 1_000n + 499_500n).toString(), time: (firstTime + 999n).toString() }]);
    const last = await query(
      `SELECT symbol, order_id::VARCHAR AS id, side, price::VARCHAR AS price, quantity::VARCHAR AS quantity, exchange FROM ${sqlText(path)} WHERE symbol = 'ÄÖ'`,
    );
    expect(last).toEqual([
      {
        symbol: "ÄÖ",
        id: "9223372036854775807",
        side: 1,
        price: "-9223372036854775808",
        quantity: Number.MIN_SAFE_INTEGER.toString(),
        exchange: -(2 ** 31),
      },
    ]);
  });

  it("writes data pages of the version and size that are asked for", async () => {
    const pagesWith = async (options: SinkOptions): Promise<string> => {
      const path = newPath();
      const sink = OrdersSink.open(path, options);
      for (let id = 0; id < 1_000; id++) sink.log(order(id));
      await sink.close();
      return path;
    };
    expect(pageVersionsOf(await pagesWith({}))).toEqual([1]);
    const path = await pagesWith({ dataPageVersion: 2, pageBytes: 4096 });
    expect(pageVersionsOf(path)).toEqual([2]);
    const countsOf = (column: string): readonly number[] =>
      dataPagesOf(path).flatMap((page) => (page.column === column ? [page.valueCount] : []));
    expect(countsOf("order_id")).toEqual([512, 488]);
    expect(countsOf("side")).toEqual([1_000]);
  });

  it("goes on after a value was refused, and that record is not in the file", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path);
    sink.log(order(1));
    expect(() => sink.log(order(2, { symbol: "TOO LONG!" }))).toThrow(new RangeError("symbol: the text has 9 bytes in UTF-8, 8 fit"));
    expect(() => sink.log(order(2, { side: "buy" as "bid" }))).toThrow(new RangeError('side: "buy" is not one of bid, ask'));
    expect(() => sink.log(order(2, { side: 2 ** 31 }))).toThrow(new RangeError("side: 2147483648 does not fit int32"));
    expect(() => sink.log(order(2, { side: null as unknown as "bid" }))).toThrow(TypeError);
    expect(() => sink.log(order(2, { exchange: 2 ** 31 }))).toThrow(new RangeError("exchange: 2147483648 does not fit int32"));
    expect(() => sink.log(order(2, { exchange: undefined as unknown as number }))).toThrow(
      new TypeError("exchange: expected an integer (int32), got undefined"),
    );
    expect(() => sink.log(order(2, { price: 2n ** 63n }))).toThrow(new RangeError("price: 9223372036854775808 does not fit int64"));
    expect(() => sink.log(order(2, { timestamp_ns: new Date(8.64e15) }))).toThrow(RangeError);
    sink.log(order(3, { side: 1, timestamp_ns: new Date("2026-01-05T14:30:00Z") }));
    await sink.close();
    expect(
      await query(`SELECT order_id::INTEGER AS id, side, epoch_ns(timestamp_ns)::VARCHAR AS time FROM ${sqlText(path)} ORDER BY id`),
    ).toEqual([
      { id: 1, side: 1, time: (firstTime + 1n).toString() },
      { id: 3, side: 1, time: firstTime.toString() },
    ]);
  });

  it("answers false when the ring is full and counts exactly those records as dropped", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, { ringSlots: 64, idleStrategy: "sleep", idleSleepMaxNs: 300_000_000, peakRecordsPerS: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    let refused = 0;
    for (let id = 0; id < 5_000; id++) if (!sink.log(order(id))) refused++;
    expect(refused).toBeGreaterThan(0);
    expect(sink.stats()).toMatchObject({ droppedRecords: refused, acceptedRecords: 5_000 - refused });
    expect(sink.isWritable).toBe(false);
    await sink.ready();
    expect(sink.isWritable).toBe(true);
    expect(sink.log(order(5_000))).toBe(true);
    await sink.close();
    expect(sink.stats()).toMatchObject({ droppedRecords: refused, visibleRecords: 5_001 - refused, state: "closed" });
    expect(await countIn(path)).toBe(5_001 - refused);
  });

  it("loses nothing when the producer waits for room", async () => {
    const path = newPath();
    const sink = OrdersSink.open(path, { ringSlots: 256 });
    for (let id = 0; id < 20_000; id++) {
      if (!sink.isWritable) await sink.ready();
      sink.log(order(id));
    }
    await sink.close();
    expect(sink.stats()).toMatchObject({ droppedRecords: 0, visibleRecords: 20_000 });
    expect(await query(`SELECT count(DISTINCT order_id)::INTEGER AS n FROM ${sqlText(path)}`)).toEqual([{ n: 20_000 }]);
  });

  it("answers cleanly after close", async () => {
    const sink = OrdersSink.open(newPath());
    sink.log(order(1));
    const closing = sink.close();
    expect(() => sink.log(order(2))).toThrow(pqflowError("CLOSED") as Error);
    expect(sink.close()).toBe(closing);
    await closing;
    expect(() => sink.log(order(2))).toThrow("the sink is closed");
    await expect(sink.flush()).rejects.toEqual(pqflowError("CLOSED"));
    await expect(sink.ready()).rejects.toEqual(pqflowError("CLOSED"));
    sink.closeSync();
    expect(sink.stats()).toMatchObject({ state: "closed", acceptedRecords: 1, visibleRecords: 1 });
  });

  it("closes with `await using`, and leaves a valid file of zero rows without a record", async () => {
    const path = newPath();
    await OrdersSink.open(path)[Symbol.asyncDispose]();
    expect(await countIn(path)).toBe(0);
  });

  it("keeps its lane to itself", () => {
    const sink = OrdersSink.open(newPath());
    const reachable = [...Object.getOwnPropertyNames(sink), ...Object.getOwnPropertyNames(OrdersSink.prototype)].map(
      (name) => Reflect.get(sink, name) as unknown,
    );
    expect(
      reachable.some((value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value?.constructor?.name === "LaneWriter"),
    ).toBe(false);
    sink.closeSync();
  });

  it("says what was built", () => {
    expect(buildInfo()).toMatch(/zstd/i);
  });
});

describe("options change what a sink does", () => {
  const capture = async (options: Parameters<typeof OrdersSink.open>[1], records = 1_000): Promise<string> => {
    const path = newPath();
    const sink = OrdersSink.open(path, options);
    for (let id = 0; id < records; id++) sink.log(order(id));
    await sink.close();
    return path;
  };
  const metadataOf = (path: string, columns: string): Promise<readonly Record<string, unknown>[]> =>
    query(`SELECT ${columns} FROM parquet_metadata(${sqlText(path)})`);

  it.each(["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"] as const)("codec %s", async (codec) => {
    // Columns that do not gain by the codec stay without one.
    const words = (await metadataOf(await capture({ codec }), "DISTINCT compression")).map(({ compression }) => compression);
    expect(words.filter((word) => word !== "UNCOMPRESSED")).toEqual(codec === "UNCOMPRESSED" ? [] : [codec]);
  });

  it("codec with a level", async () => {
    const words = await metadataOf(await capture({ codec: "ZSTD", codecLevel: 5 }), "DISTINCT compression");
    expect(words).toContainEqual({ compression: "ZSTD" });
    expect(() => OrdersSink.open(newPath(), { codec: "GZIP", codecLevel: 10 })).toThrow("codec GZIP has no level 10: use 1 … 9");
  });

  const OpenedOrders = OrdersSink as unknown as new (opened: OpenedSink) => OrdersSink;

  it("codec without a level: the codec's own, the schema's only where the codec is the schema's", async () => {
    const descriptor = { ...ordersDescriptor, defaults: { codec: "ZSTD", codecLevel: 19 } } as const;
    const bytesOf = async (options: Parameters<typeof OrdersSink.open>[1], as: Descriptor = ordersDescriptor): Promise<Buffer> => {
      const path = newPath();
      const sink = new OpenedOrders(openSink(as, path, { ...options, metadata: "schema_only" }));
      for (let id = 0; id < 5_000; id++) sink.log(order(id));
      await sink.close();
      return readFileSync(path);
    };
    const named = { GZIP: 6, BROTLI: 4 } as const; // ZSTD without a level is no level: it goes by the data.
    for (const [codec, codecLevel] of Object.entries(named) as ["GZIP", number][])
      expect(await bytesOf({ codec })).toEqual(await bytesOf({ codec, codecLevel }));
    expect(await bytesOf({ codec: "GZIP" }, descriptor)).toEqual(await bytesOf({ codec: "GZIP", codecLevel: 6 }));
    expect(await bytesOf({ codec: "ZSTD" })).not.toEqual(await bytesOf({ codec: "ZSTD", codecLevel: 19 }));
    expect(await bytesOf({ codec: "ZSTD" }, descriptor)).toEqual(await bytesOf({ codec: "ZSTD", codecLevel: 19 }));
  });

  it("codecLevel", async () => {
    const options = { codec: "ZSTD", metadata: "schema_only" } as const;
    expect(readFileSync(await capture({ ...options, codecLevel: -50 }, 5_000)).length).toBeGreaterThan(
      readFileSync(await capture({ ...options, codecLevel: 19 }, 5_000)).length,
    );
  });

  it("rowGroupRows", async () => {
    expect(await metadataOf(await capture({ rowGroupRows: 100 }), "count(DISTINCT row_group_id)::INTEGER AS n")).toEqual([{ n: 10 }]);
  });

  it("rowGroupBytes", async () => {
    const groupCount = async (options: Parameters<typeof capture>[0]): Promise<unknown> =>
      (await metadataOf(await capture(options, 60_000), "count(DISTINCT row_group_id)::INTEGER AS n"))[0]?.["n"];
    expect(await groupCount({ pageRows: 500, profile: "widest" })).toBe(1);
    expect(await groupCount({ pageRows: 500, rowGroupBytes: 65_536, profile: "widest" })).toBeGreaterThan(1);
  });

  it("pageRows", async () => {
    const options = { codec: "UNCOMPRESSED", metadata: "schema_only" } as const;
    expect(readFileSync(await capture({ ...options, pageRows: 10 })).length).toBeGreaterThan(readFileSync(await capture(options)).length);
  });

  it("metadata: equal records give equal bytes with schema_only", async () => {
    const files = [
      await capture({ metadata: "schema_only" }),
      await capture({ metadata: "schema_only", ringSlots: 4_096, idleStrategy: "yield" }, 1_000),
    ];
    expect(readFileSync(files[0] ?? "").equals(readFileSync(files[1] ?? ""))).toBe(true);
    expect(readFileSync(await capture({ metadata: "capture" })).equals(readFileSync(files[0] ?? ""))).toBe(false);
  });

  it("ifExists", async () => {
    const path = newPath();
    writeFileSync(path, "there first");
    expect(() => OrdersSink.open(path)).toThrow(pqflowError("FILE_EXISTS") as Error);
    expect(() => OrdersSink.open(path)).toThrow("exists; remove it, choose another path, or set ifExists to replace or suffix");
    expect(() => OrdersSink.open({} as string)).toThrow("path: expected a string; options are the second argument");
    const suffixed = OrdersSink.open(path, { ifExists: "suffix" });
    suffixed.log(order(1));
    await suffixed.close();
    expect(readFileSync(path, "utf8")).toBe("there first");
    expect(await countIn(path.replace(".parquet", ".1.parquet"))).toBe(1);
    const replaced = OrdersSink.open(path, { ifExists: "replace" });
    await replaced.close();
    expect(await countIn(path)).toBe(0);
  });

  it("ringSlots", async () => {
    const sink = OrdersSink.open(newPath(), { ringSlots: 128 });
    expect(sink.stats().ringSlotsCount).toBe(128);
    await sink.close();
  });

  it("idleSleepMaxNs and peakRecordsPerS contradict each other where the ring is small", () => {
    const options = { ringSlots: 64, idleSleepMaxNs: 1_000_000_000 } as const;
    expect(() => OrdersSink.open(newPath(), options)).toThrow(pqflowError("INVALID_ARGUMENT") as Error);
    OrdersSink.open(newPath(), { ...options, peakRecordsPerS: 0, idleStrategy: "spin" }).closeSync();
  });

  it("slotRelease: the ring keeps what is not in the file", async () => {
    expect(() => OrdersSink.open(newPath(), { slotRelease: "when_persisted", ringSlots: 64, rowGroupRows: 64 })).toThrow(
      pqflowError("INVALID_ARGUMENT") as Error,
    );
    const sink = OrdersSink.open(newPath(), { slotRelease: "when_persisted", ringSlots: 256, rowGroupRows: 64 });
    for (let id = 0; id < 1_000; id++) {
      if (!sink.isWritable) await sink.ready();
      sink.log(order(id));
    }
    await sink.close();
    expect(sink.stats()).toMatchObject({ visibleRecords: 1_000, droppedRecords: 0 });
  });
});

describe("two sinks", () => {
  it("on one path are refused while the first one writes", async () => {
    const path = newPath();
    const first = OrdersSink.open(path);
    expect(() => OrdersSink.open(path)).toThrow(pqflowError("FILE_EXISTS") as Error);
    expect(() => OrdersSink.open(path)).toThrow(/another sink of this process writes or recovers .*\.inprogress; choose another path/);
    first.log(order(0));
    await first.close();
    OrdersSink.open(path, { ifExists: "suffix" }).closeSync();
    expect(await query(`SELECT order_id::INTEGER AS id FROM ${sqlText(path)}`)).toEqual([{ id: 0 }]);
  });
});

describe("opening fails", () => {
  it("for a path that cannot be written, and leaves nothing behind", () => {
    const before = readdirSync(folder);
    expect(() => OrdersSink.open(join(folder, "missing", "x.parquet"))).toThrow(
      expect.objectContaining({ code: "IO_ERROR", osError: 2 }) as Error,
    );
    expect(() => OrdersSink.open("/proc/x.parquet")).toThrow(PqflowError);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("for a codec that is not in the build", () => {
    const lzo = 3;
    expect(() => new (binding().Sink)(nativeDescriptor(ordersDescriptor), newPath(), { codec: lzo })).toThrow(
      /codec LZO is not in this build of pqflow; it has UNCOMPRESSED/,
    );
  });

  it("for a path or options of another type", () => {
    expect(() => OrdersSink.open(5 as unknown as string)).toThrow(pqflowError("INVALID_ARGUMENT") as Error);
    expect(() => OrdersSink.open(newPath(), { ringSlot: 64 } as object)).toThrow("did you mean `ringSlots`?");
    expect(() => OrdersSink.open(newPath(), { ringSlots: 2 ** 30 })).toThrow(
      "ringSlots: the ring of a sink in Node.js holds 2 GiB at most",
    );
  });

  it("for code generated for another version of the runtime", () => {
    expect(() => openSink({ ...ordersDescriptor, abiVersion: 99 }, newPath())).toThrow(pqflowError("ABI_MISMATCH") as Error);
  });

  it("for a descriptor that contradicts itself", () => {
    expect(() => openSink({ ...ordersDescriptor, recordSizeBytes: 8 }, newPath())).toThrow(PqflowError);
    const [first, ...rest] = ordersDescriptor.fields;
    if (first === undefined) throw new Error("no fields");
    expect(() => openSink({ ...ordersDescriptor, fields: [{ ...first, offsetBytes: 1_000_000 }, ...rest] }, newPath())).toThrow(
      pqflowError("INVALID_DESCRIPTOR") as Error,
    );
  });
});

describe("the addon trusts nothing that JavaScript says", () => {
  // One of them is never closed: its ring would stay.
  const options = { ringSlotsCount: 64, durability: durabilities.file };
  const open = (): NativeSink => new (binding().Sink)(nativeDescriptor(ordersDescriptor), newPath(), options);

  it("refuses a head beyond the credit, or behind what it knows", () => {
    const sink = open();
    for (const head of [65, -1, 2 ** 31, -(2 ** 31)]) {
      expect(() => sink.refill(head)).toThrow("head: beyond the slots that the lane has granted");
      expect(() => sink.stats(head)).toThrow("head: beyond the slots that the lane has granted");
    }
    expect(() => sink.flush("1" as unknown as number)).toThrow(/head/);
    expect(sink.stats(64).acceptedRecords).toBe(64);
    expect(() => sink.stats(63)).toThrow(/head/);
  });

  it("gives the slots once, and no method to a foreign object", () => {
    const sink = open();
    expect(sink.slots().byteLength).toBe(64 * 64);
    expect(() => sink.slots()).toThrow("slots: already given");
    expect(() => Reflect.apply(sink.refill, {}, [0])).toThrow(TypeError);
    sink.closeSync(0);
    expect(() => sink.refill(0)).toThrow(expect.objectContaining({ code: "CLOSED" }) as Error);
  });

  it.each([
    [{ fields: 5 }, "descriptor.fields must be an array"],
    [{ fields: [5] }, "descriptor.fields[0] must be an object"],
    [{ name: "a\0b" }, "descriptor.name must not contain U+0000"],
    [{ layoutFingerprint: 5 }, "descriptor.layoutFingerprint must be a bigint of 64 bits, unsigned"],
    [{ recordSizeBytes: 2 ** 32 }, "descriptor.recordSizeBytes must be an integer in range"],
    [{ recordSizeBytes: 1.5 }, "descriptor.recordSizeBytes must be an integer in range"],
    [{ schemaJson: undefined }, "descriptor.schemaJson must be a string"],
    [{ defaults: null }, "descriptor.defaults must be an object"],
  ])("refuses a descriptor with %o", (changes, message) => {
    const descriptor = { ...nativeDescriptor(ordersDescriptor), ...changes };
    expect(() => new (binding().Sink)(descriptor, newPath(), {})).toThrow(
      expect.objectContaining({ message, code: "INVALID_ARGUMENT" }) as Error,
    );
  });
});
