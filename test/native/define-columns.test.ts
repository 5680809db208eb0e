/** How columns are written, and what open takes, said at run time and in the schema language: the same descriptor and the same bytes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import {
  bool,
  defineSchema,
  type Descriptor,
  double,
  int32,
  int64,
  int96,
  optional,
  PqflowError,
  type RecordSink,
  type SinkOptions,
  string,
} from "../../native/lib/index.js";
import { dataPagesOf, pageVersionsOf } from "../support/data-pages.js";
import { findingsOf } from "../support/verify.js";
import { importSink } from "./support/generated.js";
import { thrownBy } from "./support/thrown.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-define-columns-"));
afterAll(() => rmSync(folder, { recursive: true }));

const yaml = `
pqflow: 1
name: quotes
version: 1
parquet:
  profile: fast
  compression: {codec: ZSTD, level: 3}
  encoding: DELTA_BINARY_PACKED
  dictionary: false
  statistics: chunk
  bloom_filter: {fpp: 0.05, ndv: 1000}
  data_page_rows: 900
  data_page_size: 4KiB
  data_page_version: 2
  row_group: {rows: 2000, bytes: 1MiB}
  sorting_columns: [{field: at}, {field: name, descending: true, nulls_first: true}]
sink:
  ring: {slots: 8192}
  encoder_threads: 2
  flush_interval: 1h
  orphans: recover
  file: {path: "quotes-{seq}.parquet", manifest: "${folder}/{schema}.ndjson", rotate: {bytes: 1MiB, rows: 3000, interval: 2h, clock: 6h}}
fields:
  - {name: at, id: 1, type: int64}
  - {name: count, id: 2, type: int32, parquet: {encoding: PLAIN, statistics: page, bloom_filter: false}}
  - {name: size, id: 3, type: int32, parquet: {dictionary: true, compression: UNCOMPRESSED}}
  - {name: level, id: 4, type: int32, parquet: {dictionary: auto, bloom_filter: true}}
  - {name: price, id: 5, type: double, parquet: {encoding: BYTE_STREAM_SPLIT, compression: {codec: ZSTD, level: 5}}}
  - {name: is_open, id: 6, type: bool}
  - {name: name, id: 7, type: string, max_length: 30, presence: optional, parquet: {statistics: none, bloom_filter: {fpp: 0.001}}}
`;

const quotes = defineSchema({
  name: "quotes",
  path: "quotes-{seq}.parquet",
  parquet: {
    encoding: "DELTA_BINARY_PACKED",
    dictionary: false,
    statistics: "chunk",
    bloomFilter: { fpp: 0.05, ndv: 1000 },
    sortingColumns: [{ field: "at" }, { field: "name", descending: true, nullsFirst: true }],
  },
  options: {
    profile: "fast",
    codec: "ZSTD",
    codecLevel: 3,
    pageRows: 900,
    pageBytes: 4096,
    dataPageVersion: 2,
    rowGroupRows: 2000,
    rowGroupBytes: 2 ** 20,
    ringSlots: 8192,
    encoderThreads: 2,
    flushIntervalNs: 3_600_000_000_000,
    rotateBytes: 2 ** 20,
    rotateRows: 3000,
    rotateIntervalNs: 7_200_000_000_000,
    rotateClockNs: 21_600_000_000_000,
    manifest: `${folder}/{schema}.ndjson`,
    orphans: "recover",
  },
  fields: {
    at: int64(),
    count: int32({ parquet: { encoding: "PLAIN", statistics: "page", bloomFilter: false } }),
    size: int32({ parquet: { dictionary: true, codec: "UNCOMPRESSED" } }),
    level: int32({ parquet: { dictionary: "auto", bloomFilter: true } }),
    price: double({ parquet: { encoding: "BYTE_STREAM_SPLIT", codec: "ZSTD", codecLevel: 5 } }),
    is_open: bool(),
    name: optional(string({ maxLength: 30, parquet: { statistics: "none", bloomFilter: { fpp: 0.001 } } })),
  },
});

interface Generated {
  readonly QuotesSink: { open(path: string, options?: SinkOptions): RecordSink & { log(record: Record<string, unknown>): boolean } };
  readonly quotesDescriptor: Descriptor;
}
const generated = await importSink<Generated>(yaml);

/** Absent members of a descriptor are 0 or none. */
const withoutDefaults = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, item: unknown) => (item === 0 || item === false ? undefined : typeof item === "bigint" ? `${item}n` : item)),
  );

const recordOf = (id: number) => ({
  at: id,
  count: id % 40,
  size: id % 3,
  level: id % 5,
  price: id / 7,
  is_open: id % 2 === 0,
  name: id % 6 === 0 ? null : `name ${id % 50}`,
});

describe("columns of a defined schema", () => {
  it("are described as those of the generated class", () => {
    expect(withoutDefaults(quotes.descriptor)).toEqual(withoutDefaults(generated.quotesDescriptor));
  });

  it("are written as those of the generated class, byte for byte", async () => {
    const options = { metadata: "schema_only" } as const satisfies SinkOptions;
    const defined = quotes.open(join(folder, "defined-{seq}.parquet"), options);
    const compiled = generated.QuotesSink.open(join(folder, "generated-{seq}.parquet"), options);
    for (let id = 0; id < 3_500; id++) {
      expect(defined.log(recordOf(id))).toBe(true);
      expect(compiled.log(recordOf(id))).toBe(true);
    }
    await Promise.all([defined.close(), compiled.close()]);
    for (const file of ["000000", "000001"]) {
      const path = join(folder, `defined-${file}.parquet`);
      expect(readFileSync(path).equals(readFileSync(join(folder, `generated-${file}.parquet`)))).toBe(true);
      expect(findingsOf(path)).toBe("");
    }
  });

  it("have a line each in the manifest", () => {
    const lines = readFileSync(join(folder, "quotes.ndjson"), "utf8").trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as { path: string; rows: number });
    expect(rows.map(({ path, rows }) => `${basename(path)} ${String(rows)}`).toSorted()).toEqual([
      "defined-000000.parquet 3000",
      "defined-000001.parquet 500",
      "generated-000000.parquet 3000",
      "generated-000001.parquet 500",
    ]);
  });

  it("are what was asked for", () => {
    const path = join(folder, "defined-000000.parquet");
    const { row_groups: groups, num_rows: rows } = parquetMetadata(new Uint8Array(readFileSync(path)).buffer);
    const chunks = (groups[0]?.columns ?? []).map(({ meta_data: chunk }) => chunk);
    expect(rows).toBe(3_000n);
    expect(pageVersionsOf(path)).toEqual([2]);
    expect(Math.max(...dataPagesOf(path).flatMap(({ column, valueCount }) => (column === "at" ? [valueCount] : [])))).toBe(512);
    expect(chunks.map((chunk) => chunk?.bloom_filter_length !== undefined)).toEqual([true, false, true, true, true, false, true]);
    expect(chunks.map((chunk) => chunk?.encodings.includes("DELTA_BINARY_PACKED"))).toEqual([
      true,
      false,
      false,
      expect.anything(),
      false,
      false,
      false,
    ]);
    expect(chunks[4]?.encodings).toContain("BYTE_STREAM_SPLIT");
    expect(chunks[2]?.codec).toBe("UNCOMPRESSED");
    expect(chunks[6]?.statistics?.max_value).toBeUndefined();
    expect(chunks[0]?.statistics?.max_value).toBe(1_999n);
    expect(groups[0]?.sorting_columns).toEqual([
      { column_idx: 0, descending: false, nulls_first: false },
      { column_idx: 6, descending: true, nulls_first: true },
    ]);
  });
});

describe("what a definition cannot say of its columns", () => {
  const define = (definition: object): PqflowError =>
    thrownBy(() => defineSchema({ name: "s", fields: { a: int32() }, ...definition } as Parameters<typeof defineSchema>[0])) as PqflowError;
  const field = (parquet: unknown, make: (options: object) => unknown = int32): PqflowError => define({ fields: { a: make({ parquet }) } });

  it.each([
    ["no object", field(5), "field a: parquet: expected an object of options, got 5"],
    ["an unknown word", field({ encodings: "PLAIN" }), "parquet: unknown option encodings; did you mean `encoding`?"],
    ["an unknown encoding", field({ encoding: "BIT_PACKED" }), "parquet: encoding must be one of RLE, PLAIN, DELTA_BINARY_PACKED"],
    [
      "an encoding of another type",
      field({ encoding: "DELTA_BYTE_ARRAY" }),
      "encoding DELTA_BYTE_ARRAY cannot hold a INT32 column; use DELTA_BINARY_PACKED",
    ],
    ["a dictionary of a bool", field({ dictionary: true }, bool), "encoding RLE_DICTIONARY cannot hold a BOOLEAN column"],
    [
      "a contradiction",
      field({ encoding: "PLAIN", dictionary: true }),
      "parquet: dictionary: true contradicts encoding PLAIN; leave one of them out",
    ],
    ["another word for a dictionary", field({ dictionary: "yes" }), 'dictionary must be true, false or auto, got "yes"'],
    ["other statistics", field({ statistics: "all" }), 'statistics must be one of none, chunk, page, got "all"'],
    ["a bloom filter of a bool", field({ bloomFilter: true }, bool), "a bool needs no bloom filter; remove it"],
    ["too large a share", field({ bloomFilter: { fpp: 0.6 } }), "fpp must be a share, 0.000001 to 0.5, got 0.6"],
    ["no distinct values", field({ bloomFilter: { ndv: 0 } }), "ndv must be an integer from 1 to 67108864, got 0"],
    ["an unknown word of a bloom filter", field({ bloomFilter: { fp: 0.1 } }), "bloomFilter: unknown option fp; did you mean `fpp`?"],
    ["a bloom filter of a word", field({ bloomFilter: "yes" }), 'bloomFilter: expected an object of options, got "yes"'],
    ["an unknown codec", field({ codec: "LZ4" }), "codec must be one of UNCOMPRESSED, SNAPPY, GZIP, BROTLI, ZSTD, LZ4_RAW"],
    ["a level of nothing", field({ codecLevel: 3 }), "parquet: codecLevel needs its codec"],
    ["a level beyond all", field({ codec: "ZSTD", codecLevel: 23 }), "codecLevel must be an integer from -131072 to 22, got 23"],
    ["a codec for all columns beside the options", define({ parquet: { codec: "ZSTD" } }), "schema s: parquet: unknown option codec"],
    [
      "an encoding that no column can have",
      define({ parquet: { encoding: "RLE" } }),
      "parquet: encoding RLE cannot hold any of the columns; remove it",
    ],
    [
      "no list of columns",
      define({ parquet: { sortingColumns: "a" } }),
      'sortingColumns: expected a list such as [{ field: "at" }], got "a"',
    ],
    ["an order of no field", define({ parquet: { sortingColumns: [{ field: "b" }] } }), 'sortingColumns: "b" is no field'],
    ["an order twice", define({ parquet: { sortingColumns: [{ field: "a" }, { field: "a" }] } }), "sortingColumns: a is named twice"],
    [
      "an order that is none",
      define({ fields: { a: int96() }, parquet: { sortingColumns: [{ field: "a" }] } }),
      "a is of a type without an order",
    ],
    [
      "a direction of a word",
      define({ parquet: { sortingColumns: [{ field: "a", descending: "yes" }] } }),
      "descending must be true or false",
    ],
    ["an unknown option", define({ options: { ringSlot: 64 } }), "options: unknown option ringSlot; did you mean `ringSlots`?"],
    ["an option of open alone", define({ options: { metadata: "capture" } }), "options: unknown option metadata"],
    ["an option beyond its limits", define({ options: { pageBytes: 1 } }), "option pageBytes: 1 is outside 4096 … 1073741824"],
    ["a level of no codec", define({ options: { codecLevel: 1 } }), "options: codecLevel needs its codec"],
  ])("is %s", (_, error, problem) => {
    expect(error).toBeInstanceOf(PqflowError);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain(problem);
  });
});
