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
    half: 0.1,
    legacy: -1000n,
    term: { months: 14, days: 2 ** 32 - 1, milliseconds: 5 },
    blob: Uint8Array.of(0, 255),
    small_bytes: -129,
    code: "AB",
    kept: -128,
    wide_kept: 2n ** 64n - 1n,
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
const rareOptionalFields = [
  "nan_half",
  "sentinel_half",
  "maybe_legacy",
  "maybe_term",
  "maybe_blob",
  "price_bytes",
  "wide_bytes",
  "maybe_code",
  "maybe_venue",
  "sentinel_venue",
  "time_us",
];

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
      "half, epoch_ns(legacy)::VARCHAR AS legacy, hex(blob) AS blob, small_bytes::VARCHAR AS small_bytes, code, kept, wide_kept::VARCHAR AS wide_kept",
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
        half: 0.0999755859375,
        legacy: "-1000",
        blob: "00FF",
        small_bytes: "-12.9",
        code: "AB",
        kept: -128,
        wide_kept: "18446744073709551615",
      },
    ]);
  });

  it("has its default where a key is left out, and null where null is given", async () => {
    const path = join(folder, "defaults.parquet");
    const sink = module.EveryTypeSink.open(path);
    const given = { given: 1, given_text: "", given_at: new Date(1), given_side: "bid", given_half: 0.5, given_u64: 1, given_json: "2" };
    sink.log(record());
    sink.log(record({ given: undefined, given_text: null, given_uuid: null, given_half: null }));
    sink.log(record(given));
    await sink.close();
    const columns =
      "given, given_text, epoch_us(given_at)::VARCHAR AS given_at, hex(given_bytes) AS given_bytes, given_uuid::VARCHAR AS given_uuid, given_side, " +
      "given_json::VARCHAR AS given_json, given_half, given_wide::VARCHAR AS given_wide, given_u64::VARCHAR AS given_u64";
    const defaults = {
      given: 7,
      given_text: 'a "b"',
      given_at: "5",
      given_bytes: "CAFE",
      given_uuid: "123e4567-e89b-12d3-a456-426614174000",
      given_side: "ask",
      given_json: "[1]",
      given_half: 0.0999755859375,
      given_wide: "-0.000000129",
      given_u64: "18446744073709551615",
    };
    expect(await read(path, columns)).toEqual([
      defaults,
      { ...defaults, given_text: null, given_uuid: null, given_half: null },
      { ...defaults, ...given, given_at: "1000", given_u64: "1" },
    ]);
  });

  it("keeps unknown codes, or makes them null, as the schema says, and counts neither", async () => {
    const path = join(folder, "unknown.parquet");
    const sink = module.EveryTypeSink.open(path);
    sink.log(record({ kept: 5, wide_kept: 7n, maybe_venue: 65535, sentinel_venue: 3 }));
    sink.log(record({ kept: "one", wide_kept: "one", maybe_venue: "xnys", sentinel_venue: 1 }));
    await sink.close();
    expect(await read(path, "kept, wide_kept::VARCHAR AS wide_kept, maybe_venue, sentinel_venue")).toEqual([
      { kept: 5, wide_kept: "7", maybe_venue: null, sentinel_venue: null },
      { kept: 1, wide_kept: "1", maybe_venue: "xnys", sentinel_venue: "xnas" },
    ]);
    expect(sink.stats().invalidValues).toBe(0);
  });

  it("intervals are months, days and milliseconds, least significant byte first", async () => {
    const path = join(folder, "intervals.parquet");
    const sink = module.EveryTypeSink.open(path);
    sink.log(record());
    await sink.close();
    const [row] = await read(path, "term::VARCHAR AS term, given_term::VARCHAR AS given_term");
    expect(row).toEqual({ term: expect.stringContaining("1 year 2 months") as string, given_term: "7 days" });
  });

  it("is null where an optional field is absent, undefined or null, and a value where it is given", async () => {
    const path = join(folder, "nulls.parquet");
    const sink = module.EveryTypeSink.open(path);
    const names = [...optionalFields, ...moreOptionalFields, ...rareOptionalFields];
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
      nan_half: 0.25,
      sentinel_half: 0.5,
      maybe_legacy: 1_000_000_000,
      maybe_term: { months: 0, days: 3, milliseconds: 0 },
      maybe_blob: new Uint8Array(),
      price_bytes: 1,
      wide_bytes: -1,
      maybe_code: "~",
      maybe_venue: 2,
      sentinel_venue: "xnas",
      time_us: 0,
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
      nan_half: "0.25",
      sentinel_half: "0.5",
      maybe_legacy: expect.stringContaining("1970-01-01 00:00:01") as string,
      maybe_term: "3 days",
      maybe_blob: "",
      price_bytes: "0.000000001",
      wide_bytes: "-0.000000001",
      maybe_code: "~",
      maybe_venue: "xnys",
      sentinel_venue: "xnas",
      time_us: "00:00:00",
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
    ["half", 65_520, RangeError, "half: 65520 is too large for a float16"],
    ["half", 1n, TypeError, "half: expected a number (float16), got bigint 1"],
    ["legacy", 2n ** 63n, RangeError, "legacy: 9223372036854775808 does not fit int64"],
    ["term", 5, TypeError, "term: expected an object { months, days, milliseconds }, got 5"],
    ["term", { months: -1, days: 0, milliseconds: 0 }, RangeError, "term.months: -1 does not fit uint32"],
    ["term", { months: 0, days: 0.5, milliseconds: 0 }, RangeError, "term.days: 0.5 is not an integer"],
    ["term", { months: 0, days: 0 }, TypeError, "term.milliseconds: expected an integer (uint32), got undefined"],
    ["blob", new Uint8Array(9), RangeError, "blob: 9 bytes, 8 fit"],
    ["blob", "x", TypeError, 'blob: expected a Uint8Array of up to 8 bytes, got "x"'],
    ["small_bytes", 10_000, RangeError, "small_bytes: 10000 is beyond the digits of decimal(4, 1)"],
    ["code", "é", RangeError, "code: the text has a character outside ASCII at index 0"],
    ["maybe_code", "aé", RangeError, "maybe_code: the text has a character outside ASCII at index 1"],
    ["kept", 128, RangeError, "kept: 128 does not fit int8"],
    ["kept", "two", RangeError, 'kept: "two" is not one of one'],
    ["wide_kept", -1n, RangeError, "wide_kept: -1 does not fit uint64"],
    ["maybe_venue", -1, RangeError, "maybe_venue: -1 does not fit uint16"],
    ["given", 0, RangeError, "given: 0 is below min_value 1"],
    ["given", null, TypeError, "given: expected an integer (int32), got null"],
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
