import { describe, expect, it } from "vitest";
import { addonCandidates, binding, loadBinding } from "../../native/lib/binding.js";
import { defaultOptions, nativeOptions, withOptionNames, type SinkOptions } from "../../native/lib/options.js";
import { PqflowError } from "../../native/lib/error.js";
import { ordersDescriptor } from "../../generated/orders_sink.js";

function messageOf(options: unknown): string {
  try {
    nativeOptions(options as SinkOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(PqflowError);
    expect((error as PqflowError).code).toBe("INVALID_ARGUMENT");
    return (error as PqflowError).message;
  }
  throw new Error("accepted");
}

describe("options", () => {
  it("translates names to the runtime's numbers", () => {
    expect(nativeOptions({ ringSlots: 64, codec: "ZSTD", ifExists: "suffix", metadata: "schema_only", pageRows: 1 })).toEqual({
      ringSlotsCount: 64,
      codec: 6,
      ifExists: 2,
      metadata: 1,
      pageRows: 1,
    });
  });

  it.each([
    [{ ringSlot: 64 }, "option ringSlot: unknown; did you mean `ringSlots`?"],
    [{ zebra: 1 }, "option zebra: unknown"],
    [{ __proto__: null, toString: 1 }, "option toString: unknown"],
    [{ ringSlots: 100 }, "option ringSlots: 100 is not a power of two; the next is 128"],
    [{ ringSlots: 32 }, "option ringSlots: 32 is outside 64 … 1073741824"],
    [{ ringSlots: "64" }, 'option ringSlots: expected an integer, got "64"'],
    [{ rowGroupRows: 1.5 }, "option rowGroupRows: expected an integer, got 1.5"],
    [{ rowGroupRows: 0 }, "option rowGroupRows: 0 is outside 1 … 16777216"],
    [{ rowGroupBytes: 1 }, "option rowGroupBytes: 1 is outside 65536 … 1073741824"],
    [{ pageRows: 2 ** 21 }, "option pageRows: 2097152 is outside 1 … 1048576"],
    [{ encoderThreads: 0 }, "option encoderThreads: 0 is outside 1 … 8"],
    [{ encoderThreads: 9 }, "option encoderThreads: 9 is outside 1 … 8"],
    [{ flushIntervalNs: 999_999 }, "option flushIntervalNs: 999999 is outside 1000000 … 86400000000000, and is not 0"],
    [{ flushIntervalNs: 86_400_000_000_001 }, "option flushIntervalNs: 86400000000001 is outside 1000000 … 86400000000000, and is not 0"],
    [{ rotateBytes: 65_535 }, "option rotateBytes: 65535 is outside 65536 … 1099511627776, and is not 0"],
    [{ rotateBytes: 2 ** 40 + 1 }, "option rotateBytes: 1099511627777 is outside 65536 … 1099511627776, and is not 0"],
    [{ rotateRows: -1 }, "option rotateRows: -1 is outside 1 … 1099511627776, and is not 0"],
    [{ rotateRows: 2 ** 40 + 1 }, "option rotateRows: 1099511627777 is outside 1 … 1099511627776, and is not 0"],
    [{ journalIntervalNs: 99_999 }, "option journalIntervalNs: 99999 is outside 100000 … 10000000000"],
    [{ journalIntervalNs: 10_000_000_001 }, "option journalIntervalNs: 10000000001 is outside 100000 … 10000000000"],
    [{ rotateClockNs: 999_999_999 }, "option rotateClockNs: 999999999 is outside 1000000000 … 86400000000000, and is not 0"],
    [{ rotateClockNs: 86_400_000_000_001 }, "option rotateClockNs: 86400000000001 is outside 1000000000 … 86400000000000, and is not 0"],
    [{ manifest: 7 as never }, "option manifest: expected a text that is not empty and has no NUL, got 7"],
    [{ manifest: "a\0b" }, 'option manifest: expected a text that is not empty and has no NUL, got "a\\u0000b"'],
    [{ rotateIntervalNs: 1 }, "option rotateIntervalNs: 1 is outside 1000000000 … 2678400000000000, and is not 0"],
    [
      { rotateIntervalNs: 2_678_400_000_000_001 },
      "option rotateIntervalNs: 2678400000000001 is outside 1000000000 … 2678400000000000, and is not 0",
    ],
    [{ codecLevel: 23 }, "option codecLevel: 23 is outside -131072 … 22"],
    [{ idleSleepMaxNs: 1 }, "option idleSleepMaxNs: 1 is outside 1000 … 1000000000"],
    [{ peakRecordsPerS: -1 }, "option peakRecordsPerS: -1 is outside 0 … 9007199254740991"],
    [{ codec: "ZST" }, "option codec: `ZST` is not one of UNCOMPRESSED, SNAPPY, GZIP, BROTLI, ZSTD, LZ4_RAW; did you mean `ZSTD`?"],
    [{ codec: "LZ4" }, "option codec: `LZ4` is not one of UNCOMPRESSED, SNAPPY, GZIP, BROTLI, ZSTD, LZ4_RAW; did you mean `LZ4_RAW`?"],
    [null, 'options: expected an object such as { codec: "ZSTD" }, got null'],
    ["ZSTD", 'options: expected an object such as { codec: "ZSTD" }, got "ZSTD"'],
    [{ ifExists: "overwrite" }, "option ifExists: `overwrite` is not one of fail, replace, suffix"],
    [{ idleStrategy: 1 }, "option idleStrategy: expected one of adaptive, spin, yield, sleep"],
    [{ slotRelease: "never" }, "option slotRelease: `never` is not one of per_span, when_persisted, by_durability"],
    [{ fullPolicy: "wait" }, "option fullPolicy: `wait` is not one of drop, block"],
    [{ maxLanes: 0 }, "option maxLanes: 0 is outside 1 … 1024"],
    [{ maxLanes: 1025 }, "option maxLanes: 1025 is outside 1 … 1024"],
    [{ fullTimeoutNs: 999 }, "option fullTimeoutNs: 999 is outside 1000 … 3600000000000"],
    [{ ringMemory: "huge" }, "option ringMemory: `huge` is not one of pageable, locked"],
    [{ profile: "tiny" }, "option profile: `tiny` is not one of small, fast, widest"],
    [{ dataPageVersion: 3 }, "option dataPageVersion: 3 is outside 1 … 2"],
    [{ pageBytes: 4095 }, "option pageBytes: 4095 is outside 4096 … 1073741824"],
    [{ pageBytes: 2 ** 30 + 1 }, "option pageBytes: 1073741825 is outside 4096 … 1073741824"],
    [{ floatOrder: "TOTAL" }, "option floatOrder: `TOTAL` is not one of TYPE_ORDER, IEEE_754_TOTAL_ORDER"],
    [{ layout: "lively" }, "option layout: `lively` is not one of classic, live; did you mean `live`?"],
    [{ durability: "proces" }, "option durability: `proces` is not one of default, file, process, sync, journal; did you mean `process`?"],
    [{ orphans: "recovr" }, "option orphans: `recovr` is not one of ignore, report, recover; did you mean `recover`?"],
    [{ ringDir: "" }, 'option ringDir: expected a text that is not empty and has no NUL, got ""'],
    [{ ringDir: "/dev\0shm" }, 'option ringDir: expected a text that is not empty and has no NUL, got "/dev\\u0000shm"'],
    [{ ringDir: 1 }, "option ringDir: expected a text that is not empty and has no NUL, got 1"],
    [{ metadata: "none" }, "option metadata: `none` is not one of capture, schema_only"],
  ])("refuses %o", (options, message) => {
    expect(messageOf(options)).toBe(message);
  });

  it("has the runtime's defaults, and the schema's where it names some", () => {
    expect(defaultOptions()).toMatchObject({
      ringSlots: 262_144,
      rowGroupRows: 65_536,
      pageRows: 16_384,
      dataPageVersion: 1,
      floatOrder: "TYPE_ORDER",
      layout: "live",
      codec: "ZSTD",
      codecLevel: undefined,
      ifExists: "fail",
      metadata: "capture",
      slotRelease: "by_durability",
      durability: "default",
      ringDir: "/dev/shm",
      orphans: "report",
      profile: "small",
    });
    const descriptor = { ...ordersDescriptor, defaults: { path: "x-{seq}.parquet", rowGroupRows: 1_000, codec: "UNCOMPRESSED" as const } };
    expect(defaultOptions(descriptor)).toMatchObject({
      path: "x-{seq}.parquet",
      rowGroupRows: 1_000,
      codec: "UNCOMPRESSED",
      pageRows: 16_384,
    });
  });

  it("has the schema's order of floating columns where it names one", () => {
    const descriptor = { ...ordersDescriptor, defaults: { floatOrder: "IEEE_754_TOTAL_ORDER" as const } };
    expect(defaultOptions(descriptor).floatOrder).toBe("IEEE_754_TOTAL_ORDER");
  });

  it("has the schema's layout where it names one", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { layout: "classic" } }).layout).toBe("classic");
  });

  it("has a ring and row groups that fit where the schema names one of the two", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { ringSlotsCount: 4_096 } })).toMatchObject({
      ringSlots: 4_096,
      rowGroupRows: 1_024,
    });
    expect(defaultOptions({ ...ordersDescriptor, defaults: { rowGroupRows: 100_000 } })).toMatchObject({ ringSlots: 524_288 });
  });

  it("has the schema's durability and ring directory where it names them", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { durability: "process", ringDir: "/memory" } })).toMatchObject({
      durability: "process",
      ringDir: "/memory",
    });
  });

  it("has the schema's choice for orphans where it names one", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { orphans: "recover" } }).orphans).toBe("recover");
  });

  it("has the schema's manifest where it names one, and none otherwise", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { manifest: "x.ndjson" } }).manifest).toBe("x.ndjson");
    expect(defaultOptions(ordersDescriptor).manifest).toBeNull();
  });

  it("has the codec of the schema's profile where the schema names none", () => {
    expect(defaultOptions({ ...ordersDescriptor, defaults: { profile: "widest" } })).toMatchObject({ profile: "widest", codec: "SNAPPY" });
    expect(defaultOptions({ ...ordersDescriptor, defaults: { profile: "widest", codec: "GZIP" } }).codec).toBe("GZIP");
  });

  it("has the schema's level where it names one, and none where it leaves that to the codec", () => {
    const withCodec = (defaults: object): number | undefined => defaultOptions({ ...ordersDescriptor, defaults }).codecLevel;
    expect(withCodec({ codec: "ZSTD", codecLevel: 7 })).toBe(7);
    expect(withCodec({ codec: "BROTLI", codecLevel: 0 })).toBe(0);
    expect(withCodec({ codec: "GZIP" })).toBeUndefined();
  });

  it("are called in the runtime's messages what they are called here, names inside of paths excepted", () => {
    expect(withOptionNames("raise ring_slots_count or lower row_group_rows to 256")).toBe("raise ringSlots or lower rowGroupRows to 256");
    expect(withOptionNames("/x/if_exists.parquet and /x/codec exist; set if_exists")).toBe(
      "/x/if_exists.parquet and /x/codec exist; set ifExists",
    );
  });

  it("keeps within the limits that the runtime documents", () => {
    expect(() => nativeOptions(Object.fromEntries(Object.entries(defaultOptions()).filter(([name]) => name !== "path")))).not.toThrow();
  });
});

describe("the addon", () => {
  it("is looked for where PQFLOW_ADDON says, else in the build, else among the packaged ones", () => {
    expect(addonCandidates("/p", "/x.node")).toEqual(["/x.node"]);
    expect(addonCandidates("/p", undefined)).toEqual([
      "/p/build/native/pqflow.node",
      `/p/prebuilds/${process.platform}-${process.arch}/pqflow.node`,
    ]);
  });

  it("says which command builds it when it is missing or cannot be loaded", () => {
    expect(() => loadBinding(["/nowhere/pqflow.node"])).toThrow(/`npm run build:native`.*looked for \/nowhere\/pqflow\.node/);
    expect(() => loadBinding([import.meta.filename])).toThrow(
      expect.objectContaining({ code: "ADDON_UNAVAILABLE", cause: expect.any(Error) as Error }),
    );
    expect(() => loadBinding([import.meta.filename])).toThrow(/cannot be loaded \(.+\): run `npm run build:native` again/);
  });

  it("names every status in upper case, and no other", () => {
    const names = Array.from({ length: 22 }, (_, status) => binding().statusName(status));
    expect(names.slice(0, 4)).toEqual(["OK", "RING_FULL", "CLOSED", "INVALID_ARGUMENT"]);
    expect(names.slice(18)).toEqual(["INTERNAL_ERROR", "LANE_DETACHED", "FORKED", undefined]);
  });
});
