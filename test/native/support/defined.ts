/** One schema of every type, once in the schema language and once through defineSchema. */
import {
  bool,
  bson,
  bytes,
  date,
  decimal,
  defineSchema,
  double,
  enumeration,
  fixed,
  float,
  float16,
  int8,
  int16,
  int32,
  int64,
  int96,
  interval,
  json,
  optional,
  set,
  string,
  time,
  timestamp,
  uint8,
  uint16,
  uint32,
  uint64,
  uuid,
} from "../../../native/lib/index.js";

export const everyTypeYaml = `
pqflow: 1
name: every_type
version: 3
description: All of them.
parquet: {key_value_metadata: {venue: XDEM}}
sink: {file: {path: "every-{seq}.parquet"}}
fields:
  - {name: flag, id: 1, type: bool}
  - {name: i8, id: 2, type: int8}
  - {name: i16, id: 3, type: int16}
  - {name: i32, id: 4, type: int32}
  - {name: i64, id: 5, type: int64, description: The widest., unit_of_measure: ms}
  - {name: u8, id: 6, type: uint8}
  - {name: u16, id: 7, type: uint16}
  - {name: u32, id: 8, type: uint32}
  - {name: u64, id: 9, type: uint64}
  - {name: single, id: 10, type: float}
  - {name: double, id: 11, type: double}
  - {name: small_price, id: 12, type: decimal, precision: 9, scale: 2}
  - {name: price, id: 13, type: decimal, precision: 18, scale: 4}
  - {name: wide_price, id: 14, type: decimal, precision: 30, scale: 4}
  - {name: day, id: 15, type: date}
  - {name: time_ms, id: 16, type: time, unit: ms}
  - {name: time_ns, id: 17, type: time, unit: ns, utc: true}
  - {name: at_ms, id: 18, type: timestamp, unit: ms}
  - {name: at_us, id: 19, type: timestamp, unit: us, utc: true}
  - {name: at_ns, id: 20, type: timestamp, unit: ns}
  - {name: symbol, id: 21, type: string, length: 8, pad: space}
  - {name: code, id: 22, type: string, length: 3}
  - {name: tag, id: 23, type: string, max_length: 23}
  - {name: long_text, id: 24, type: string, max_length: 301}
  - {name: raw, id: 25, type: fixed, length: 5}
  - {name: session, id: 26, type: uuid}
  - {name: payload, id: 27, type: json, max_length: 40}
  - {name: side, id: 28, type: enum, storage: int32, values: [{name: bid, value: 0}, {name: ask, value: 1}]}
  - {name: kind, id: 29, type: enum, storage: uint8, stored_as: code, values: [{name: none, value: 0}, {name: all, value: 255}]}
  - {name: wide_kind, id: 30, type: enum, storage: int64, stored_as: code, values: [{name: low, value: -9223372036854775808}, {name: high, value: 5}]}
  - {name: flags, id: 31, type: set, storage: uint8, values: [{name: last, bit: 7}, {name: snapshot, bit: 0}]}
  - {name: wide_flags, id: 32, type: set, storage: uint64, values: [{name: top, bit: 63}]}
  - {name: maybe_flag, id: 33, type: bool, presence: optional}
  - {name: maybe_i64, id: 34, type: int64, presence: optional}
  - {name: maybe_day, id: 35, type: date, presence: optional}
  - {name: maybe_text, id: 36, type: string, max_length: 5, presence: optional}
  - {name: maybe_payload, id: 37, type: json, max_length: 20, presence: optional}
  - {name: maybe_side, id: 38, type: enum, storage: uint16, values: [{name: bid, value: 0}, {name: ask, value: 1}], presence: optional}
  - {name: maybe_double, id: 39, type: double, presence: optional}
  - {name: maybe_price, id: 40, type: decimal, precision: 20, scale: 0, presence: optional}
  - {name: maybe_u16, id: 41, type: uint16, presence: optional}
  - {name: half, id: 42, type: float16, min_value: -1.5}
  - {name: legacy, id: 43, type: int96}
  - {name: term, id: 44, type: interval}
  - {name: document, id: 45, type: bson, max_length: 257}
  - {name: blob, id: 46, type: bytes, max_length: 20}
  - {name: bytes_price, id: 47, type: decimal, precision: 12, scale: 2, stored_as: BYTE_ARRAY, max_value: 150}
  - {name: wide_bytes_price, id: 48, type: decimal, precision: 38, stored_as: BYTE_ARRAY}
  - {name: strict_code, id: 49, type: enum, storage: int8, stored_as: code, unknown: reject, values: [{name: a, value: 1}]}
  - {name: open_code, id: 50, type: enum, storage: uint64, stored_as: code, unknown: keep, values: [{name: a, value: 18446744073709551615}]}
  - {name: ticker, id: 51, type: string, length: 4, charset: ascii}
  - {name: limited, id: 52, type: int64, min_value: -9007199254740993, max_value: 5}
  - {name: limited_time, id: 53, type: time, unit: us, min_value: 1, max_value: 1000}
  - {name: limited_float, id: 54, type: float, min_value: 0, max_value: 0.5}
  - {name: limited_day, id: 55, type: date, min_value: 0}
  - {name: limited_u8, id: 56, type: uint8, max_value: 200}
  - {name: maybe_code, id: 57, type: enum, storage: int8, presence: optional, unknown: "null", values: [{name: a, value: 1}]}
  - {name: maybe_venue, id: 58, type: enum, storage: uint8, stored_as: code, presence: optional, unknown: "null", null_value: 0, values: [{name: a, value: 1}]}
  - {name: maybe_half, id: 59, type: float16, presence: optional, null_value: .nan}
  - {name: zero_half, id: 60, type: float16, presence: optional, null_value: -0.5}
  - {name: sentinel_price, id: 61, type: decimal, precision: 18, scale: 2, presence: optional, null_value: 9223372036854775807}
  - {name: sentinel_i16, id: 62, type: int16, presence: optional, null_value: -1, min_value: 0}
  - {name: sentinel_float, id: 63, type: float, presence: optional, null_value: 1.5}
  - {name: nan_double, id: 64, type: double, presence: optional, null_value: .nan}
  - {name: sentinel_at, id: 65, type: timestamp, unit: us, utc: true, presence: optional, null_value: -9223372036854775808}
  - {name: maybe_term, id: 66, type: interval, presence: optional}
  - {name: maybe_blob, id: 67, type: bytes, max_length: 300, presence: optional}
`;

const flags = set({ last: 7, snapshot: 0 }, { storage: "uint8" });
export const flagMasks = flags.masks;

export const everyType = defineSchema({
  name: "every_type",
  version: 3,
  description: "All of them.",
  keyValueMetadata: { venue: "XDEM" },
  path: "every-{seq}.parquet",
  fields: {
    flag: bool(),
    i8: int8(),
    i16: int16(),
    i32: int32(),
    i64: int64({ description: "The widest.", unitOfMeasure: "ms" }),
    u8: uint8(),
    u16: uint16(),
    u32: uint32(),
    u64: uint64(),
    single: float(),
    double: double(),
    small_price: decimal(9, 2),
    price: decimal(18, 4),
    wide_price: decimal(30, 4),
    day: date(),
    time_ms: time("ms"),
    time_ns: time("ns", { utc: true }),
    at_ms: timestamp("ms"),
    at_us: timestamp("us", { utc: true }),
    at_ns: timestamp("ns"),
    symbol: string({ length: 8, pad: "space" }),
    code: string({ length: 3 }),
    tag: string({ maxLength: 23 }),
    long_text: string({ maxLength: 301 }),
    raw: fixed(5),
    session: uuid(),
    payload: json({ maxLength: 40 }),
    side: enumeration({ bid: 0, ask: 1 }),
    kind: enumeration({ none: 0, all: 255 }, { storage: "uint8", storedAs: "code" }),
    wide_kind: enumeration({ low: -(2n ** 63n), high: 5 }, { storage: "int64", storedAs: "code" }),
    flags,
    wide_flags: set({ top: 63 }, { storage: "uint64" }),
    maybe_flag: optional(bool()),
    maybe_i64: optional(int64()),
    maybe_day: optional(date()),
    maybe_text: optional(string({ maxLength: 5 })),
    maybe_payload: optional(json({ maxLength: 20 })),
    maybe_side: optional(enumeration({ bid: 0, ask: 1 }, { storage: "uint16" })),
    maybe_double: optional(double()),
    maybe_price: optional(decimal(20)),
    maybe_u16: optional(uint16()),
    half: float16({ minValue: -1.5 }),
    legacy: int96(),
    term: interval(),
    document: bson({ maxLength: 257 }),
    blob: bytes({ maxLength: 20 }),
    bytes_price: decimal(12, 2, { storedAs: "BYTE_ARRAY", maxValue: 150 }),
    wide_bytes_price: decimal(38, 0, { storedAs: "BYTE_ARRAY" }),
    strict_code: enumeration({ a: 1 }, { storage: "int8", storedAs: "code", unknown: "reject" }),
    open_code: enumeration({ a: 2n ** 64n - 1n }, { storage: "uint64", storedAs: "code", unknown: "keep" }),
    ticker: string({ length: 4, charset: "ascii" }),
    limited: int64({ minValue: -9007199254740993n, maxValue: 5 }),
    limited_time: time("us", { minValue: 1, maxValue: 1000n }),
    limited_float: float({ minValue: 0, maxValue: 0.5 }),
    limited_day: date({ minValue: 0 }),
    limited_u8: uint8({ maxValue: 200 }),
    maybe_code: optional(enumeration({ a: 1 }, { storage: "int8", unknown: "null" })),
    maybe_venue: optional(enumeration({ a: 1 }, { storage: "uint8", storedAs: "code", unknown: "null" }), { nullValue: 0 }),
    maybe_half: optional(float16(), { nullValue: Number.NaN }),
    zero_half: optional(float16(), { nullValue: -0.5 }),
    sentinel_price: optional(decimal(18, 2), { nullValue: 2n ** 63n - 1n }),
    sentinel_i16: optional(int16({ minValue: 0 }), { nullValue: -1 }),
    sentinel_float: optional(float(), { nullValue: 1.5 }),
    nan_double: optional(double(), { nullValue: Number.NaN }),
    sentinel_at: optional(timestamp("us", { utc: true }), { nullValue: -(2n ** 63n) }),
    maybe_term: optional(interval()),
    maybe_blob: optional(bytes({ maxLength: 300 })),
  },
});

export const required = {
  flag: true,
  i8: -128,
  i16: -32_768,
  i32: -(2 ** 31),
  i64: -(2n ** 63n),
  u8: 255,
  u16: 65_535,
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
  at_us: 1_767_623_400_000_001,
  at_ns: 1_767_623_400_000_000_007n,
  symbol: "ACME",
  code: "ä",
  tag: "ä".repeat(11),
  long_text: "x".repeat(300),
  raw: Uint8Array.of(1, 2, 3, 4, 5),
  session: "123e4567-e89b-12d3-a456-426614174000",
  payload: { a: 1 },
  side: "bid",
  kind: 255,
  wide_kind: "low",
  flags: 129,
  wide_flags: 2n ** 63n,
  half: 0.1,
  legacy: new Date("1969-12-31T23:59:59.999Z"),
  term: { months: 14, days: 2 ** 32 - 1, milliseconds: 5 },
  document: Uint8Array.of(5, 0, 0, 0, 0),
  blob: Uint8Array.of(0, 255),
  bytes_price: -129,
  wide_bytes_price: 10n ** 38n - 1n,
  strict_code: "a",
  open_code: 77n,
  ticker: "ABCD",
  limited: -9007199254740993n,
  limited_time: 1000,
  limited_float: 0.5,
  limited_day: 0,
  limited_u8: 200,
} as const;

export const present = {
  maybe_flag: false,
  maybe_i64: -1,
  maybe_day: 20_000,
  maybe_text: "abcde",
  maybe_payload: "[1,2]",
  maybe_side: "ask",
  maybe_double: Number.NaN,
  maybe_price: 10n ** 20n - 1n,
  maybe_u16: 7,
  maybe_code: 5,
  maybe_venue: "a",
  maybe_half: 65_504,
  zero_half: -0.25,
  sentinel_price: 1n,
  sentinel_i16: 0,
  sentinel_float: 1.5,
  nan_double: 2,
  sentinel_at: new Date("2026-01-05T14:30:00.001Z"),
  maybe_term: { months: 0, days: 1, milliseconds: 0 },
  maybe_blob: new Uint8Array(300),
} as const;
