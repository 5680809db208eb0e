/** One schema of every type, once in the schema language and once through defineSchema. */
import {
  bool,
  date,
  decimal,
  defineSchema,
  double,
  enumeration,
  fixed,
  float,
  int8,
  int16,
  int32,
  int64,
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
} as const;
