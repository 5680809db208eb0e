import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combineChoices, type RecordSink, type SinkOptions } from "../../native/lib/index.js";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { importSink } from "./support/generated.js";

type Record_ = Record<string, unknown>;
interface Sink extends RecordSink {
  log(record: Record_): boolean;
}
interface EveryTypeModule {
  readonly EveryTypeSink: { open(path: string, options?: SinkOptions): Sink };
  readonly EveryTypeFlags: Readonly<Record<string, number>>;
}
interface PackedModule {
  readonly PackedRecordSink: { open(path: string, options?: SinkOptions): Sink };
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-every-type-"));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (path: string, columns: string): Promise<readonly Record_[]> =>
  withDuckdb((connection) => rowsOf(connection, `SELECT ${columns} FROM ${sqlText(path)}`));

let module: EveryTypeModule;
beforeAll(async () => {
  module = await importSink<EveryTypeModule>(readFileSync(projectPath("test/generator/render-typescript/every-type.yaml"), "utf8"));
});

function record(changes: Record_ = {}): Record_ {
  return {
    flag: true,
    i8: -128,
    i16: -32768,
    i32: -(2 ** 31),
    i64: -(2n ** 63n),
    u8: 255,
    u16: 65535,
    u32: 2 ** 32 - 1,
    u64: 2n ** 64n - 1n,
    single: 0.5,
    double: 0.1,
    small_price: -123n,
    price: 10n ** 18n - 1n,
    wide_price: -(10n ** 29n) - 7n,
    day: new Date("2026-01-05T23:59:59Z"),
    time_ms: 86_399_999,
    time_ns: 1_000_000_001n,
    at_ms: new Date("2026-01-05T14:30:00.001Z"),
    at_us: new Date("2026-01-05T14:30:00.001Z"),
    at_ns: 1_767_623_400_000_000_007n,
    symbol: "ACME",
    tag: "ä".repeat(11),
    long_text: "x".repeat(300),
    raw: Uint8Array.of(1, 2, 3, 4, 5),
    session: "123e4567-e89b-12d3-a456-426614174000",
    payload: { a: 1 },
    side: "bid",
    other_side: 65,
    kind: "none",
    flags: combineChoices(module.EveryTypeFlags, "last", "snapshot"),
    wide_flags: 2n ** 63n + 1n,
    quantity: 1,
    signed_limit: 5,
    ratio: 1.5,
    class: 1,
    class_: 2,
    record: 3,
    ...changes,
  };
}

const optionalFields = [
  "maybe_flag",
  "maybe_i64",
  "sentinel_i32",
  "sentinel_i64",
  "nan_double",
  "nan_float",
  "maybe_text",
  "maybe_at",
  "maybe_json",
];
const moreOptionalFields = ["maybe_side", "maybe_uuid", "undefined", "sealed"];

describe("every type", () => {
  it("is read back by DuckDB as it was logged", async () => {
    const path = join(folder, "values.parquet");
    const sink = module.EveryTypeSink.open(path);
    sink.log(record());
    await sink.close();
    const columns = [
      "flag, i8, i16, i32, i64::VARCHAR AS i64, u8, u16, u32, u64::VARCHAR AS u64, single, double",
      "small_price::VARCHAR AS small_price, price::VARCHAR AS price, wide_price::VARCHAR AS wide_price, day::VARCHAR AS day, time_ms::VARCHAR AS time_ms",
      "epoch_ms(at_ms)::VARCHAR AS at_ms, epoch_us(at_us)::VARCHAR AS at_us, epoch_ns(at_ns)::VARCHAR AS at_ns, symbol, tag, long_text, hex(raw) AS raw",
      "session::VARCHAR AS session, payload::VARCHAR AS payload, side, other_side, kind::VARCHAR AS kind, flags, wide_flags::VARCHAR AS wide_flags, venue::VARCHAR AS venue",
      "quantity, signed_limit::INTEGER AS signed_limit, ratio, class, class_, record",
    ];
    expect(await read(path, columns.join(", "))).toEqual([
      {
        flag: true,
        i8: -128,
        i16: -32768,
        i32: -(2 ** 31),
        i64: "-9223372036854775808",
        u8: 255,
        u16: 65535,
        u32: 4294967295,
        u64: "18446744073709551615",
        single: 0.5,
        double: 0.1,
        small_price: "-1.23",
        price: "999999999.999999999",
        wide_price: "-100000000000000000000.000000007",
        day: "2026-01-05",
        time_ms: "23:59:59.999",
        at_ms: "1767623400001",
        at_us: "1767623400001000",
        at_ns: "1767623400000000007",
        symbol: "ACME",
        tag: "ä".repeat(11),
        long_text: "x".repeat(300),
        raw: "0102030405",
        session: "123e4567-e89b-12d3-a456-426614174000",
        payload: '{"a":1}',
        side: "bid",
        other_side: "ask",
        kind: "-9223372036854775808",
        flags: 160,
        wide_flags: "9223372036854775809",
        venue: "XNAS",
        quantity: 1,
        signed_limit: 5,
        ratio: 1.5,
        class: 1,
        class_: 2,
        record: 3,
      },
    ]);
  });

  it("is null where an optional field is absent, undefined or null, and a value where it is given", async () => {
    const path = join(folder, "nulls.parquet");
    const sink = module.EveryTypeSink.open(path);
    const names = [...optionalFields, ...moreOptionalFields];
    const given = {
      maybe_flag: false,
      maybe_i64: -1,
      sentinel_i32: 7,
      sentinel_i64: 8,
      nan_double: 0.25,
      nan_float: 0.5,
      maybe_text: "",
      maybe_at: 1_000_000,
      maybe_json: "[]",
      maybe_side: "ask",
      maybe_uuid: new Uint8Array(16),
      undefined: 9,
      sealed: "ab",
    };
    sink.log(record(given));
    sink.log(record());
    sink.log(record(Object.fromEntries(names.map((name) => [name, null]))));
    sink.log(record({ ...given, ...Object.fromEntries(names.map((name) => [name, undefined])) }));
    sink.log(record(given));
    await sink.close();
    const columns = names.map((name) => `"${name}"::VARCHAR AS "${name}"`).join(", ");
    const values = {
      maybe_flag: "false",
      maybe_i64: "-1",
      sentinel_i32: "7",
      sentinel_i64: "8",
      nan_double: "0.25",
      nan_float: "0.5",
      maybe_text: "",
      maybe_at: expect.stringContaining("1970-01-01 00:00:01") as string,
      maybe_json: "[]",
      maybe_side: "ask",
      maybe_uuid: "00000000-0000-0000-0000-000000000000",
      undefined: "9",
      sealed: "ab",
    };
    const nothing = Object.fromEntries(names.map((name) => [name, null]));
    expect(await read(path, columns)).toEqual([values, nothing, nothing, nothing, values]);
    expect(sink.stats().invalidValues).toBe(0);
  });

  it.each([
    ["flag", 1, TypeError, "flag: expected a boolean, got 1"],
    ["i8", 128, RangeError, "i8: 128 does not fit int8"],
    ["i16", -32769, RangeError, "i16: -32769 does not fit int16"],
    ["u8", -1, RangeError, "u8: -1 does not fit uint8"],
    ["u16", 65536, RangeError, "u16: 65536 does not fit uint16"],
    ["u32", 2 ** 32, RangeError, "u32: 4294967296 does not fit uint32"],
    ["u32", 0.5, RangeError, "u32: 0.5 is not an integer"],
    ["u32", 5n, TypeError, "u32: expected an integer (uint32), got bigint 5"],
    ["u64", -1, RangeError, "u64: -1 does not fit uint64"],
    ["small_price", 10 ** 9, RangeError, "small_price: 1000000000 is beyond the digits of decimal(9, 2)"],
    ["price", 10n ** 18n, RangeError, "price: 1000000000000000000 is beyond the digits of decimal(18, 9)"],
    ["price", -(10n ** 18n), RangeError, "price: -1000000000000000000 is beyond the digits of decimal(18, 9)"],
    ["time_ms", 86_400_000, RangeError, "time_ms: 86400000 is not a time of day"],
    ["time_ns", -1n, RangeError, "time_ns: -1 is not a time of day"],
    ["day", "2026-01-05", TypeError, 'day: expected an integer (int32), got "2026-01-05"'],
    ["at_us", {}, TypeError, "at_us: expected a number, a bigint or a Date, got an object (Object)"],
    ["tag", "x".repeat(24), RangeError, "tag: the text has 24 bytes in UTF-8, 23 fit"],
    ["tag", "\ud800", RangeError, "tag: the text has a lone surrogate, which UTF-8 cannot hold"],
    ["raw", new Uint8Array(4), RangeError, "raw: 4 bytes, exactly 5 are stored"],
    ["session", "x", RangeError, 'session: "x" is not a UUID of the form 123e4567-e89b-12d3-a456-426614174000'],
    ["payload", "x".repeat(3), RangeError, /^payload: the text is not JSON/],
    ["payload", { text: "x".repeat(64) }, RangeError, "payload: the text has 75 bytes in UTF-8, 64 fit"],
    ["side", "B", RangeError, 'side: "B" is not one of bid, ask'],
    ["kind", 5n, RangeError, "kind: bigint 5 is not one of none, all"],
    ["flags", 65536, RangeError, "flags: 65536 does not fit uint16"],
    ["wide_flags", 2n ** 64n, RangeError, "wide_flags: 18446744073709551616 does not fit uint64"],
    ["quantity", 0, RangeError, "quantity: 0 is below min_value 1"],
    ["quantity", 1_000_001, RangeError, "quantity: 1000001 is above max_value 1000000"],
    ["signed_limit", 6n, RangeError, "signed_limit: 6 is above max_value 5"],
    ["signed_limit", -(2n ** 63n), RangeError, "signed_limit: -9223372036854775808 is below min_value -9223372036854775807"],
    ["ratio", Number.NaN, RangeError, "ratio: NaN is below min_value -0.5"],
    ["ratio", -0.51, RangeError, "ratio: -0.51 is below min_value -0.5"],
    ["maybe_text", 5, TypeError, "maybe_text: expected a string, got 5"],
    ["sentinel_i32", "x", TypeError, 'sentinel_i32: expected an integer (int32), got "x"'],
    ["class", "x", TypeError, 'class: expected an integer (int32), got "x"'],
  ] as const)("refuses %s = %o and names the field", async (name, value, type, message) => {
    const path = join(folder, `refused-${name}-${Math.random()}.parquet`);
    const sink = module.EveryTypeSink.open(path, { ringSlots: 64 });
    const log = (): boolean => sink.log(record({ [name]: value }));
    expect(log).toThrow(type);
    expect(log).toThrow(message);
    await sink.close();
    expect(sink.stats().acceptedRecords).toBe(0);
  });

  it("a toJSON that logs does not disturb the record being logged", async () => {
    const path = join(folder, "nested.parquet");
    const sink = module.EveryTypeSink.open(path, { ringSlots: 64 });
    const nested = { toJSON: () => (sink.log(record({ i32: 1 })), { nested: true }) };
    sink.log(record({ i32: 2, payload: nested }));
    await sink.close();
    expect(await read(path, "i32, payload::VARCHAR AS payload")).toEqual([
      { i32: 1, payload: '{"a":1}' },
      { i32: 2, payload: '{"nested":true}' },
    ]);
  });
});

describe("packed records", () => {
  it("are written at odd offsets", async () => {
    const { PackedRecordSink } = await importSink<PackedModule>(
      readFileSync(projectPath("test/generator/render-typescript/packed.yaml"), "utf8"),
    );
    const path = join(folder, "packed.parquet");
    const sink = PackedRecordSink.open(path, { ringSlots: 64 });
    sink.log({ first: true, price: -5, order_id: 2n ** 64n - 1n, count: -7, ratio: 0.1, tag: -2 });
    sink.log({ first: false, price: 2n ** 62n, order_id: null, count: 7, ratio: -0.1, tag: 2 });
    await sink.close();
    expect(await read(path, "first, price::VARCHAR AS price, order_id::VARCHAR AS order_id, count, ratio, tag")).toEqual([
      { first: true, price: "-5", order_id: "18446744073709551615", count: -7, ratio: 0.1, tag: -2 },
      { first: false, price: "4611686018427387904", order_id: null, count: 7, ratio: -0.1, tag: 2 },
    ]);
  });
});
