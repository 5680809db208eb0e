import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { type OrdersRecord, OrdersSink, ordersDescriptor } from "../../generated/orders_sink.js";
import {
  combineChoices,
  defineSchema,
  type Descriptor,
  enumeration,
  int32,
  int64,
  optional,
  type RecordOf,
  type RecordSink,
  set,
  type SinkOptions,
  string,
  timestamp,
} from "../../native/lib/index.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { everyType, everyTypeYaml, flagMasks, present, required } from "./support/defined.js";
import { importSink } from "./support/generated.js";
import { order } from "./support/orders.js";
import { thrownBy } from "./support/thrown.js";

type Plain = Record<string, unknown>;
interface GeneratedSink extends RecordSink {
  log(record: Plain): boolean;
}
interface Generated {
  readonly EveryTypeSink: { open(path: string, options?: SinkOptions): GeneratedSink };
  readonly everyTypeDescriptor: Descriptor;
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-define-schema-"));
afterAll(() => rmSync(folder, { recursive: true }));
const schemaOnly = { metadata: "schema_only" } as const satisfies SinkOptions;

const orders = defineSchema({
  name: "orders",
  version: 1,
  description: "One row per order event of a market-data feed.",
  fields: {
    timestamp_ns: timestamp("ns", { description: "Venue time, nanoseconds since 1970-01-01 UTC." }),
    symbol: string({ length: 8, pad: "space" }),
    order_id: int64(),
    side: enumeration({ bid: 0, ask: 1 }, { storedAs: "code" }),
    price: int64({ unitOfMeasure: "microcents" }),
    quantity: int64({ unitOfMeasure: "shares" }),
    order_type: enumeration({ new: 0, modify: 1, cancel: 2, trade: 3 }, { storedAs: "code" }),
    exchange: int32(),
  },
});

/** Absent members of a descriptor are 0 or none. */
const withoutDefaults = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, item: unknown) => (item === 0 || item === false ? undefined : typeof item === "bigint" ? `${item}n` : item)),
  );

let generated: Generated;
beforeAll(async () => {
  generated = await importSink<Generated>(everyTypeYaml);
});

describe("the types of a defined schema", () => {
  it("are those of the generated class", () => {
    expectTypeOf<RecordOf<typeof orders>>().toEqualTypeOf<OrdersRecord>();
  });

  it("follow from the fields: unions of names, optional keys, integers by width", () => {
    type Every = RecordOf<typeof everyType>;
    expectTypeOf<Every["side"]>().toEqualTypeOf<"bid" | "ask" | number>();
    expectTypeOf<Every["wide_kind"]>().toEqualTypeOf<"low" | "high" | bigint>();
    expectTypeOf<Every["i64"]>().toEqualTypeOf<bigint | number>();
    expectTypeOf<Every["i32"]>().toEqualTypeOf<number>();
    expectTypeOf<Every["at_ns"]>().toEqualTypeOf<bigint | number | Date>();
    expectTypeOf<Every["time_ms"]>().toEqualTypeOf<number>();
    expectTypeOf<Every["time_ns"]>().toEqualTypeOf<bigint | number>();
    expectTypeOf<Every["session"]>().toEqualTypeOf<string | Uint8Array>();
    expectTypeOf<Every["payload"]>().toEqualTypeOf<string | object>();
    expectTypeOf<Pick<Every, "maybe_text">>().toEqualTypeOf<{ readonly maybe_text?: string | null | undefined }>();
    expectTypeOf(flagMasks).toEqualTypeOf<Readonly<Record<"last" | "snapshot", number>>>();
  });

  it("refuse a record that is none", () => {
    const sink = orders.open(join(folder, "refused-by-types.parquet"));
    const { symbol: _, ...withoutSymbol } = order(1);
    // @ts-expect-error: the symbol is missing
    expect(() => sink.log(withoutSymbol)).toThrow("symbol: expected a string, got undefined");
    // @ts-expect-error: no such side
    expect(() => sink.log(order(1, { side: "both" }))).toThrow('side: "both" is not one of bid, ask');
    // @ts-expect-error: an optional field cannot be optional again
    expect(() => optional(optional(int64()))).not.toThrow();
    // @ts-expect-error: lengths exclude each other
    expect(() => string({ length: 8, maxLength: 8 })).not.toThrow();
    sink.closeSync();
  });
});

describe("a defined schema", () => {
  it("has the layout, fingerprints and descriptor of the generated class with the same fields", () => {
    expect(withoutDefaults(orders.descriptor)).toEqual(withoutDefaults(ordersDescriptor));
    expect(withoutDefaults(everyType.descriptor)).toEqual(withoutDefaults(generated.everyTypeDescriptor));
  });

  it("writes the same bytes as the generated class", async () => {
    const records = Array.from({ length: 1_000 }, (_, id) => ({ ...required, i32: id, ...(id % 2 === 0 ? present : {}) }));
    const defined = everyType.open(join(folder, "defined.parquet"), schemaOnly);
    const compiled = generated.EveryTypeSink.open(join(folder, "generated.parquet"), schemaOnly);
    for (const record of records) {
      expect(defined.log(record)).toBe(true);
      expect(compiled.log(record)).toBe(true);
    }
    await Promise.all([defined.close(), compiled.close()]);
    expect(readFileSync(join(folder, "defined.parquet")).equals(readFileSync(join(folder, "generated.parquet")))).toBe(true);
  });

  it("writes the orders of the generated class, byte for byte", async () => {
    const defined = orders.open(join(folder, "orders-defined.parquet"), schemaOnly);
    const compiled = OrdersSink.open(join(folder, "orders-generated.parquet"), schemaOnly);
    for (let id = 0; id < 1_000; id++) {
      defined.log(order(id));
      compiled.log(order(id));
    }
    await Promise.all([defined.close(), compiled.close()]);
    expect(readFileSync(join(folder, "orders-defined.parquet")).equals(readFileSync(join(folder, "orders-generated.parquet")))).toBe(true);
  });

  it("takes the schema's path template", async () => {
    const named = defineSchema({ name: "named", path: join(folder, "{schema}-{seq}.parquet"), fields: { a: int32() } });
    const sink = named.open();
    sink.log({ a: 1 });
    await sink.close();
    expect(readFileSync(join(folder, "named-000000.parquet")).subarray(0, 4).toString()).toBe("PAR1");
  });

  it("takes field ids where every field has one", () => {
    const numbered = defineSchema({ name: "numbered", fields: { a: int32({ id: 7 }), b: optional(int32({ id: 3 })) } });
    expect(numbered.descriptor.fields.map(({ fieldId }) => fieldId)).toEqual([7, 3]);
  });

  it("gives the masks of a set to combineChoices", () => {
    expect(combineChoices(flagMasks, "last", "snapshot")).toBe(129);
    expect(set({ top: 63 }, { storage: "uint64" }).masks).toEqual({ top: 2n ** 63n });
  });

  it("opens several sinks", async () => {
    const sinks = [0, 1].map((index) => orders.open(join(folder, `several-${index}.parquet`)));
    sinks.forEach((sink, index) => expect(sink.log(order(index))).toBe(true));
    await Promise.all(sinks.map((sink) => sink.close()));
    expect(sinks.map((sink) => sink.stats().visibleRecords)).toEqual([1, 1]);
  });

  it("lets a getter log to the same sink", async () => {
    const pairs = defineSchema({ name: "pairs", fields: { a: int32(), b: int32() } });
    const path = join(folder, "pairs.parquet");
    const sink = pairs.open(path);
    const outer = {
      a: 1,
      get b(): number {
        sink.log({ a: 3, b: 4 });
        return 2;
      },
    };
    sink.log(outer);
    await sink.close();
    const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT a, b FROM ${sqlText(path)}`));
    expect(rows).toEqual([
      { a: 3, b: 4 },
      { a: 1, b: 2 },
    ]);
  });
});

describe("records of a defined schema, read back", () => {
  const path = join(folder, "read-back.parquet");
  beforeAll(async () => {
    const sink = everyType.open(path, { codec: "UNCOMPRESSED" });
    sink.log({ ...required, ...present });
    sink.log({ ...required, maybe_flag: null, maybe_text: undefined });
    await sink.close();
  });

  it("are read by DuckDB", async () => {
    const [first, second] = await withDuckdb((connection) =>
      rowsOf(
        connection,
        `SELECT flag, i64::VARCHAR AS i64, u64::VARCHAR AS u64, wide_price::VARCHAR AS wide_price, day::VARCHAR AS day, epoch_ns(at_ns)::VARCHAR AS at_ns, symbol,
                side, kind, wide_kind::VARCHAR AS wide_kind, session::VARCHAR AS session, maybe_flag, maybe_text, maybe_side, maybe_price::VARCHAR AS maybe_price
         FROM ${sqlText(path)}`,
      ),
    );
    const shared = {
      flag: true,
      i64: "-9223372036854775808",
      u64: "18446744073709551615",
      wide_price: "-10000000000000000000000000.0007",
      day: "2026-01-05",
      at_ns: "1767623400000000007",
      symbol: "ACME",
      side: "bid",
      kind: 255,
      wide_kind: "-9223372036854775808",
      session: "123e4567-e89b-12d3-a456-426614174000",
    };
    expect(first).toEqual({ ...shared, maybe_flag: false, maybe_text: "abcde", maybe_side: "ask", maybe_price: "99999999999999999999" });
    expect(second).toEqual({ ...shared, maybe_flag: null, maybe_text: null, maybe_side: null, maybe_price: null });
  });

  it("are read by hyparquet, all but intervals, which it does not know", async () => {
    const bytes = readFileSync(path);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({
      file,
      compressors,
      columns: Object.keys({ ...required, ...present }).filter((name) => !name.endsWith("term")),
    });
    expect(rows[0]).toMatchObject({ i8: -128, u16: 65_535, tag: "ä".repeat(11), payload: { a: 1 }, maybe_payload: [1, 2], maybe_u16: 7 });
    expect(rows[1]).toMatchObject({ double: 0.1, long_text: "x".repeat(300), code: "ä", maybe_u16: null, maybe_double: null });
  });

  it("are read by parquet-wasm", async () => {
    const table = await readWithParquetWasm(path);
    expect(table.getChild("i16")?.toArray()).toEqual(Int16Array.of(-32_768, -32_768));
    expect(table.getChild("single")?.toArray()).toEqual(Float32Array.of(0.5, 0.5));
    expect(table.getChild("maybe_i64")?.toJSON()).toEqual([-1n, null]);
    expect(table.getChild("raw")?.get(0)).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
  });
});

describe("values that a defined schema refuses", () => {
  const cases: readonly (readonly [field: keyof typeof required | keyof typeof present, value: unknown])[] = [
    ["flag", 1],
    ["i8", 128],
    ["i8", "1"],
    ["i16", 1.5],
    ["i32", 2 ** 31],
    ["i32", Number.NaN],
    ["i64", 2n ** 63n],
    ["i64", 2 ** 53],
    ["i64", null],
    ["u8", -1],
    ["u32", 2 ** 32],
    ["u64", -1n],
    ["single", 1e39],
    ["double", "1"],
    ["small_price", 10n ** 9n],
    ["small_price", 1.5],
    ["price", -(10n ** 18n)],
    ["wide_price", 10n ** 30n],
    ["day", {}],
    ["day", null],
    ["time_ms", 86_400_000],
    ["time_ns", -1n],
    ["at_ms", new Date(Number.NaN)],
    ["at_ns", "now"],
    ["symbol", "123456789"],
    ["code", 5],
    ["tag", "ä".repeat(12)],
    ["long_text", "\ud800"],
    ["raw", Uint8Array.of(1)],
    ["session", "no uuid"],
    ["payload", "{"],
    ["payload", undefined],
    ["side", "both"],
    ["side", 2],
    ["kind", null],
    ["wide_kind", 2n ** 63n],
    ["flags", 256],
    ["wide_flags", 2n ** 64n],
    ["maybe_flag", "yes"],
    ["maybe_text", "abcdef"],
    ["maybe_side", "neither"],
    ["maybe_payload", 1],
    ["maybe_day", "today"],
    ["half", 65_520],
    ["half", -2],
    ["half", Number.NaN],
    ["legacy", "now"],
    ["legacy", 2n ** 63n],
    ["term", null],
    ["term", { months: 1, days: -1, milliseconds: 0 }],
    ["document", Uint8Array.of(5, 0, 0, 0, 1)],
    ["document", new Uint8Array(258)],
    ["blob", new Uint8Array(21)],
    ["blob", "text"],
    ["bytes_price", 151],
    ["bytes_price", 10n ** 12n],
    ["wide_bytes_price", 10n ** 38n],
    ["strict_code", 2],
    ["open_code", "b"],
    ["open_code", -1n],
    ["open_code", 5],
    ["kind", 256],
    ["kind", 0.5],
    ["ticker", "\u00e4"],
    ["ticker", "ABCDE"],
    ["limited", -9007199254740994n],
    ["limited", 6],
    ["limited_time", 0],
    ["limited_time", 1001n],
    ["limited_float", -0.1],
    ["limited_float", Number.NaN],
    ["limited_day", new Date("1969-12-31T00:00:00Z")],
    ["limited_u8", 201],
    ["maybe_code", 128],
    ["maybe_venue", -1],
    ["sentinel_price", 2n ** 63n - 1n],
    ["sentinel_i16", -1],
    ["maybe_term", 5],
  ];

  it("throw what the generated class throws, and leave no record", () => {
    const defined = everyType.open(join(folder, "bad-defined.parquet"));
    const compiled = generated.EveryTypeSink.open(join(folder, "bad-generated.parquet"));
    for (const [field, value] of cases) {
      const record = { ...required, [field]: value } as unknown as RecordOf<typeof everyType>;
      const expected = thrownBy(() => compiled.log(record as unknown as Plain));
      const actual = thrownBy(() => defined.log(record));
      expect(actual.message, field).toBe(expected.message);
      expect(actual.constructor, field).toBe(expected.constructor);
      expect(actual.message, field).toMatch(new RegExp(`^${field}[:.]`));
    }
    for (const sink of [defined, compiled]) {
      sink.closeSync();
      expect(sink.stats().acceptedRecords).toBe(0);
    }
  });
});
