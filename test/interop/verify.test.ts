/** `pqflow verify` has nothing against right files: ours of every kind of column in every codec, and those of other writers. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { Compression, EnabledStatistics, readParquet, WriterPropertiesBuilder, WriterVersion, writeParquet } from "parquet-wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { order } from "../native/support/orders.js";
import { projectPath } from "../support/paths.js";
import { sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { runPython, skipWithout } from "../support/readers/python.js";
import { findingsOf, runPqflow } from "../support/verify.js";
import { probeCodecs } from "./probe-files.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string): string => join(folder, name);
const runtimeTests = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime`);

describe("the verifier has nothing against our files", () => {
  it.each(probeCodecs)("of every kind of column, %s", (codec) => {
    const path = inFolder(`ours-${codec}.parquet`);
    execFileSync(join(runtimeTests, "pqflow_write_columns"), [path, codec, "5000", "700", "2000"]);
    expect(findingsOf(path)).toBe("");
  });

  it("of a schema made at run time", () => {
    const path = inFolder("run-time.parquet");
    execFileSync(join(runtimeTests, "pqflow_write_run_time_schema"), [path, "1000"]);
    expect(findingsOf(path)).toBe("");
  });

  it("of orders, several row groups, logged from TypeScript", async () => {
    const path = inFolder("orders.parquet");
    const sink = OrdersSink.open(path, { rowGroupRows: 4096, pageRows: 1000 });
    for (let row = 0; row < 10_000; row++) sink.log(order(row));
    await sink.close();
    expect(findingsOf(path)).toBe("");
  });

  it("without a row", async () => {
    const path = inFolder("no-orders.parquet");
    await OrdersSink.open(path).close();
    expect(findingsOf(path)).toBe("");
  });
});

const duckdbQuery = `
  SELECT range AS id, (range % 200 - 100)::TINYINT AS small, range::UINTEGER AS unsigned, CASE WHEN range % 11 = 5 THEN 'nan'::DOUBLE ELSE range / 8 END AS price,
    range % 3 = 0 AS flag, CASE WHEN range % 7 = 3 THEN NULL ELSE 'symbol ' || (range % 40) END AS text, 'x' || md5(range::VARCHAR) AS long,
    range::DECIMAL(9, 2) AS amount, range::DECIMAL(30, 2) AS large, DATE '2020-01-01' + range::INTEGER AS day, TIMESTAMP '2026-01-01' + to_microseconds(range) AS at,
    TIME '10:00:00' AS time, uuid() AS uuid, repeat('y', (range % 9)::INTEGER)::BLOB AS blob,
    CASE WHEN range % 5 = 0 THEN NULL ELSE [range, NULL, range + 1][1:(range % 4)] END AS tags,
    {a: range, b: CASE WHEN range % 3 = 0 THEN NULL ELSE [{c: range / 2}] END} AS box, MAP {'k': range, 'l': NULL, 'm': NULL} AS map
  FROM range(5000)`;

describe("the verifier has nothing against DuckDB's files", () => {
  const cases = ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4_raw"].flatMap((codec) =>
    ["V1", "V2"].map((version) => ({ codec, version })),
  );
  it.each(cases)("$codec, $version", async ({ codec, version }) => {
    const path = inFolder(`duckdb-${codec}-${version}.parquet`);
    await withDuckdb((connection) =>
      connection.run(
        `COPY (${duckdbQuery}) TO ${sqlText(path)} (FORMAT parquet, CODEC ${codec}, PARQUET_VERSION ${version}, ROW_GROUP_SIZE 2048)`,
      ),
    );
    expect(findingsOf(path)).toBe("");
  });
});

describe("the verifier has nothing against arrow-rs's files", () => {
  const source = inFolder("source.parquet");
  const cases = (["SNAPPY", "ZSTD", "UNCOMPRESSED"] as const).flatMap((codec) =>
    (["V1", "V2"] as const).map((version) => ({ codec, version })),
  );
  it.each(cases)("$codec, $version", async ({ codec, version }) => {
    await withDuckdb((connection) =>
      connection.run(`COPY (SELECT * EXCLUDE (uuid) FROM (${duckdbQuery})) TO ${sqlText(source)} (FORMAT parquet)`),
    );
    const properties = new WriterPropertiesBuilder()
      .setCompression(Compression[codec])
      .setWriterVersion(WriterVersion[version])
      .setMaxRowGroupSize(2000)
      .build();
    const table = readParquet(new Uint8Array(readFileSync(source)));
    const path = inFolder(`arrow-rs-${codec}-${version}.parquet`);
    writeFileSync(path, writeParquet(table, properties));
    expect(findingsOf(path)).toBe("");
  });
});

describe("the verifier has nothing against DuckDB's dictionaries and bloom filters", () => {
  it.each([
    ["bloom filters of one in ten thousand", "BLOOM_FILTER_FALSE_POSITIVE_RATIO 0.0001"],
    ["no dictionaries", "DICTIONARY_SIZE_LIMIT 0, PARQUET_VERSION V2"],
    ["dictionaries of any size", "DICTIONARY_SIZE_LIMIT 5000, WRITE_BLOOM_FILTER true"],
    ["no bloom filters", "WRITE_BLOOM_FILTER false"],
  ])("%s", async (name, options) => {
    const path = inFolder(`duckdb-${name}.parquet`);
    await withDuckdb((connection) => connection.run(`COPY (${duckdbQuery}) TO ${sqlText(path)} (FORMAT parquet, CODEC zstd, ${options})`));
    expect(findingsOf(path)).toBe("");
  });
});

describe("the verifier has nothing against arrow-rs's settings", () => {
  const settings: Readonly<Record<string, (properties: WriterPropertiesBuilder) => WriterPropertiesBuilder>> = {
    "no dictionaries": (properties) => properties.setDictionaryEnabled(false),
    "no dictionaries, V2": (properties) => properties.setDictionaryEnabled(false).setWriterVersion(WriterVersion.V2),
    "small pages": (properties) => properties.setDataPageSizeLimit(1000).setWriteBatchSize(64),
    "small dictionaries": (properties) => properties.setDictionaryPageSizeLimit(500).setWriteBatchSize(64),
    "statistics of chunks": (properties) => properties.setStatisticsEnabled(EnabledStatistics.Chunk),
    "no statistics": (properties) => properties.setStatisticsEnabled(EnabledStatistics.None),
  };
  it.each(Object.keys(settings))("%s", async (name) => {
    const source = inFolder("flat.parquet");
    await withDuckdb((connection) =>
      connection.run(`COPY (SELECT * EXCLUDE (uuid, tags, box, map) FROM (${duckdbQuery})) TO ${sqlText(source)} (FORMAT parquet)`),
    );
    const properties = settings[name]?.(new WriterPropertiesBuilder().setCompression(Compression.ZSTD)).build();
    const path = inFolder(`arrow-rs-${name}.parquet`);
    writeFileSync(path, writeParquet(readParquet(new Uint8Array(readFileSync(source))), properties));
    expect(findingsOf(path)).toBe("");
  });
});

describe("the verifier finds what other writers get wrong", () => {
  const rows = Array.from({ length: 3_000 }, (_, row) => row);
  const some = <T>(value: (row: number) => T): readonly (T | null)[] => rows.map((row) => (row % 7 === 3 ? null : value(row)));
  it.each((["UNCOMPRESSED", "SNAPPY"] as const).flatMap((codec) => [2_000, 1_048_576].map((pageSize) => ({ codec, pageSize }))))(
    "hyparquet-writer names itself without a version, and does nothing else: $codec, pages of $pageSize bytes",
    ({ codec, pageSize }) => {
      const columnData: ColumnSource[] = [
        { name: "id", data: rows, type: "INT32" },
        { name: "big", data: [...some((row) => BigInt(row) * 1_000_000_007n)], type: "INT64" },
        { name: "price", data: [...some((row) => (row % 13 === 0 ? -0 : row / 8))], type: "DOUBLE" },
        { name: "text", data: [...some((row) => `symbol ${row % 40} äöü`)], type: "STRING" },
        { name: "flag", data: [...some((row) => row % 3 === 0)], type: "BOOLEAN" },
        { name: "json", data: [...some((row) => ({ row }))], type: "JSON" },
        { name: "at", data: [...some((row) => new Date(1_767_623_400_000 + row))], type: "TIMESTAMP" },
        { name: "nothing", data: rows.map(() => null), type: "STRING" },
      ];
      const path = inFolder(`hyparquet-writer-${codec}-${pageSize}.parquet`);
      writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, codec, pageSize, rowGroupSize: 1_000 })));
      const { findings } = JSON.parse(runPqflow("verify", path, "--json").out) as {
        readonly findings: readonly { readonly rule: string }[];
      };
      expect(findings.map(({ rule }) => rule)).toEqual(["created-by"]);
    },
  );

  it("DuckDB names no encoding of INTERVAL columns", async () => {
    const path = inFolder("interval.parquet");
    await withDuckdb((connection) => connection.run(`COPY (SELECT to_days(1) AS pause) TO ${sqlText(path)} (FORMAT parquet)`));
    expect(findingsOf(path)).toContain("column `pause` encodings does not name 0, which a page uses [encodings]");
  });

  it("arrow-rs takes a page of lists for a null page when it has as many nulls as rows", async () => {
    const source = inFolder("nulls.parquet");
    await withDuckdb((connection) =>
      connection.run(`COPY (SELECT [range, NULL] AS tags FROM range(5)) TO ${sqlText(source)} (FORMAT parquet)`),
    );
    const path = inFolder("arrow-rs-nulls.parquet");
    writeFileSync(path, writeParquet(readParquet(new Uint8Array(readFileSync(source)))));
    expect(findingsOf(path)).toMatch(/column `tags\.list\.\w+` page 0: null_pages is wrong \[column-index-nulls\]/);
  });
});

describe("the verifier has nothing against Polars' files", () => {
  it("of codecs, page sizes, statistics and nesting", (context) => {
    skipWithout(context, "polars");
    const target = mkdtempSync(join(folder, "polars-"));
    runPython([projectPath("test/interop/write_with_polars.py"), target]);
    const names = readdirSync(target);
    expect(names.length).toBe(10);
    for (const name of names) expect(findingsOf(join(target, name)), name).toBe("");
  });
});

describe("the verifier has nothing against pyarrow's files", () => {
  it("of codecs, page versions, encodings and nesting", (context) => {
    skipWithout(context, "pyarrow");
    const target = mkdtempSync(join(folder, "pyarrow-"));
    runPython([projectPath("test/interop/write_with_pyarrow.py"), target]);
    const names = readdirSync(target);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(findingsOf(join(target, name)), name).toBe("");
  }, 60_000);
});
