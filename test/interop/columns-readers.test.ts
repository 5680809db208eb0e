/** One file of every kind of column, in PLAIN, large enough for pages of hundreds of values: what it says of itself, and what readers make of that. matrix.test.ts has the combinations. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects, type FileMetaData } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { compareValues, differencesIn, loggedValues } from "./compare-values.js";
import { expectedStatistics, probeColumns, type Canonical, type ExpectedStatistics, type ProbeColumn } from "./probe-columns.js";
import { groupsOf, storedColumns, writeProbeFile, type WrittenProbe } from "./probe-files.js";
import { duckdbCanonical, duckdbExpression, duckdbTypes, readWithArrowRs, readWithDuckdb, readWithHyparquet } from "./probe-readers.js";
import { readerLosses, seenBy } from "./reader-losses.js";

const SHAPE = { rows: 5_000, pageRows: 700, rowGroupRows: 2_000 };
const { rows: ROWS, pageRows: PAGE_ROWS } = SHAPE;
const GROUPS = groupsOf(SHAPE);
const codec = "ZSTD";

const columns = probeColumns;
const expected = loggedValues(ROWS, "some");
const valuesOf = (column: ProbeColumn): readonly Canonical[] => expected.get(column.name) ?? [];

const groupStatistics = (column: ProbeColumn): readonly ExpectedStatistics[] =>
  GROUPS.map(({ start, end }) => expectedStatistics(column, valuesOf(column).slice(start, end)));

describe(`a file of every kind of column, ${codec}`, () => {
  const directory = mkdtempSync(join(tmpdir(), "pqflow-columns-"));
  let written: WrittenProbe;
  let path: string;
  let metadata: FileMetaData;
  let types: ReadonlyMap<string, string>;

  beforeAll(async () => {
    written = writeProbeFile({ codec, encoding: "PLAIN", nulls: "some" }, SHAPE, directory);
    ({ path, metadata } = written);
    types = await duckdbTypes(path);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ["DuckDB", readWithDuckdb],
    ["hyparquet", readWithHyparquet],
    ["parquet-wasm", readWithArrowRs],
  ] as const)("%s reads every value as it was logged", async (reader, read) => {
    expect(differencesIn(compareValues(reader, await read(path, columns), expected, storedColumns(written)))).toEqual([]);
  });

  it("has the columns of the schema in its order, with their field ids", () => {
    const leaves = metadata.schema.slice(1);
    expect(new Set(leaves.map(({ name }) => name))).toEqual(new Set(columns.map(({ name }) => name)));
    expect(leaves.map(({ field_id: id }) => id)).toEqual(leaves.map((_, index) => index + 1));
    expect(metadata.schema[0]).toMatchObject({ name: "probe", num_children: columns.length });
  });

  it("annotates columns with the logical type, and the converted type where one exists", () => {
    const element = (name: string): object | undefined => metadata.schema.find((candidate) => candidate.name === name);
    expect(element("uint8_bit")).toMatchObject({ type: "INT32", repetition_type: "OPTIONAL", converted_type: "UINT_8" });
    expect(element("text8_required")).toMatchObject({ type: "BYTE_ARRAY", repetition_type: "REQUIRED", converted_type: "UTF8" });
    expect(element("json_required")).toMatchObject({ converted_type: "JSON" });
    expect(element("uuid_required")).toMatchObject({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } });
    expect(element("decimal20_required")).toMatchObject({ type_length: 9, converted_type: "DECIMAL", precision: 20, scale: 4 });
    expect(element("byte_decimal9_bit")).toMatchObject({ type: "BYTE_ARRAY", converted_type: "DECIMAL", precision: 9, scale: 2 });
    expect(element("float16_nan")).toMatchObject({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, logical_type: { type: "FLOAT16" } });
    expect(element("interval_bit")).toMatchObject({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 12, converted_type: "INTERVAL" });
    expect(element("interval_bit")).not.toHaveProperty("logical_type", expect.anything());
    expect(element("int96_bit")).toMatchObject({ type: "INT96" });
    expect(element("int96_bit")).not.toHaveProperty("converted_type", expect.anything());
    expect(element("bson_required")).toMatchObject({ type: "BYTE_ARRAY", logical_type: { type: "BSON" } });
    expect(element("bson_required"), "DuckDB refuses the converted type").not.toHaveProperty("converted_type", expect.anything());
    expect(element("binary_required")).not.toHaveProperty("logical_type", expect.anything());
    expect(element("code_uint16_bit")).toMatchObject({ type: "INT32", converted_type: "UINT_16" });
    expect(element("date_required")).toMatchObject({ converted_type: "DATE" });
    expect(element("time_ms_utc")).toMatchObject({ type: "INT32", converted_type: "TIME_MILLIS" });
    expect(element("time_us_local")).toMatchObject({ type: "INT64", converted_type: "TIME_MICROS" });
    expect(element("timestamp_us_utc")).toMatchObject({
      converted_type: "TIMESTAMP_MICROS",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
    });
    expect(element("timestamp_ns_local")).toMatchObject({ logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" } });
    expect(element("timestamp_ns_local")).not.toHaveProperty("converted_type", expect.any(String));
  });

  it("names its writer, its format version and the key-values", () => {
    expect(metadata.version).toBe(1);
    expect(metadata.created_by).toMatch(/^pqflow version \d+\.\d+\.\d+ \(build [^)]+\)$/);
    expect(metadata.key_value_metadata).toEqual([
      { key: "pqflow:schema", value: '{"name":"probe"}' },
      { key: "origin", value: "probe columns" },
      { key: "pqflow:probe", value: "yes" },
    ]);
  });

  it("cuts row groups and pages at the rows asked for, and counts them", () => {
    expect(metadata.row_groups.map(({ num_rows: rows }) => Number(rows))).toEqual(GROUPS.map(({ start, end }) => end - start));
    metadata.row_groups.forEach((group, index) => {
      const rows = Number(group.num_rows);
      expect(group.ordinal).toBe(index);
      for (const { meta_data: chunk } of group.columns) {
        expect(Number(chunk?.num_values)).toBe(rows);
        expect(chunk?.encoding_stats).toEqual([{ page_type: "DATA_PAGE", encoding: "PLAIN", count: Math.ceil(rows / PAGE_ROWS) }]);
        expect(chunk?.encodings).toEqual(["PLAIN", "RLE"]);
      }
    });
  });

  it("gives offsets and sizes that fit together", () => {
    for (const group of metadata.row_groups) {
      const chunks = group.columns.map(({ meta_data: chunk }) => chunk);
      const sum = (of: (chunk: (typeof chunks)[number]) => bigint | undefined): bigint =>
        chunks.reduce((total, chunk) => total + (of(chunk) ?? 0n), 0n);
      expect(group.total_byte_size).toBe(sum((chunk) => chunk?.total_uncompressed_size));
      expect(group.total_compressed_size).toBe(sum((chunk) => chunk?.total_compressed_size));
      let offset = group.file_offset;
      for (const chunk of chunks) {
        expect(chunk?.data_page_offset).toBe(offset);
        offset = (offset ?? 0n) + (chunk?.total_compressed_size ?? 0n);
      }
      expect(group.columns.every(({ file_offset: place }) => place === 0n)).toBe(true);
    }
  });

  it("states the bytes of BYTE_ARRAY columns without their lengths", () => {
    metadata.row_groups.forEach((group, index) => {
      const { start, end } = GROUPS[index] ?? { start: 0, end: 0 };
      const chunk = group.columns.find(({ meta_data: candidate }) => candidate?.path_in_schema[0] === "counted16_bit")?.meta_data;
      const bytes = (expected.get("counted16_bit") ?? [])
        .slice(start, end)
        .reduce((total, value) => total + Buffer.byteLength(value ?? ""), 0);
      expect(chunk?.size_statistics?.unencoded_byte_array_data_bytes).toBe(BigInt(bytes));
    });
  });

  it("states the null count of every chunk, and bounds, both exact, where there are any", () => {
    for (const column of columns) {
      const wanted = groupStatistics(column);
      metadata.row_groups.forEach((group, index) => {
        const statistics = group.columns.find(({ meta_data: chunk }) => chunk?.path_in_schema[0] === column.name)?.meta_data?.statistics;
        const label = `${column.name}, row group ${index}`;
        expect(statistics?.null_count, label).toBe(BigInt(wanted[index]?.nulls ?? -1));
        const hasBounds = wanted[index]?.min !== null;
        expect(statistics?.min_value !== undefined, label).toBe(hasBounds);
        expect(statistics?.max_value !== undefined, label).toBe(hasBounds);
        expect([statistics?.min, statistics?.max], `deprecated bounds of ${label}`).toEqual([undefined, undefined]);
        if (hasBounds && !column.name.startsWith("counted16"))
          expect([statistics?.is_min_value_exact, statistics?.is_max_value_exact], label).toEqual([true, true]);
      });
    }
  });

  it("gives float bounds without NaN and with the zeros' signs", () => {
    for (const column of columns.filter(({ kind }) => kind === "floating")) {
      const found = metadata.row_groups.map(
        (group) => group.columns.find(({ meta_data: chunk }) => chunk?.path_in_schema[0] === column.name)?.meta_data?.statistics,
      );
      expect(
        found.map((statistics) => [duckdbCanonical(statistics?.min_value), duckdbCanonical(statistics?.max_value)]),
        column.name,
      ).toEqual(groupStatistics(column).map(({ min, max }) => [min, max]));
    }
  });

  it("gives bounds that DuckDB casts back to the smallest and largest value", async () => {
    await withDuckdb(async (connection) => {
      // Bounds of floats are checked above: DuckDB shows none that is infinite. Bounds of counted16 are shortened, which the runtime's own tests check.
      for (const column of columns.filter(({ name, kind }) => kind !== "floating" && !name.startsWith("counted16"))) {
        const type = types.get(column.name) ?? "";
        const bound = (end: string): string => duckdbExpression(column, type, `CAST(stats_${end}_value AS ${type})`);
        const found = await rowsOf(
          connection,
          `SELECT ${bound("min")} AS min, ${bound("max")} AS max FROM parquet_metadata(${sqlText(path)})
             WHERE path_in_schema = ${sqlText(column.name)} ORDER BY row_group_id`,
        );
        const stored = storedColumns(written).get(column.name);
        const seen = groupStatistics(column).map(({ min, max }) => stored && seenBy("DuckDB", column, stored, [min, max]));
        expect(
          found.map(({ min, max }) => [duckdbCanonical(min), duckdbCanonical(max)]),
          column.name,
        ).toEqual(seen);
      }
    });
  });
});

describe("what readers lose", () => {
  it("is digits of decimals where hyparquet converts them", async () => {
    const directory = mkdtempSync(join(tmpdir(), "pqflow-columns-"));
    const shape = { rows: 100, pageRows: 100, rowGroupRows: 100 };
    const bytes = readFileSync(writeProbeFile({ codec: "UNCOMPRESSED", encoding: "PLAIN", nulls: "some" }, shape, directory).path);
    rmSync(directory, { recursive: true });
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const name = "decimal20_required";
    const read = (await parquetReadObjects({ file, columns: [name] })).map((row) => row[name] as unknown);
    expect(new Set(read.map((value) => typeof value))).toEqual(new Set(["number"]));
    const exact = (expected.get(name) ?? []).slice(0, read.length);
    expect(read.some((value, index) => BigInt(Math.round(Number(value) * 1e4)).toString() !== exact[index])).toBe(true);
  });

  it("is listed for columns that the file has, each loss changing some value", () => {
    const plain = { physicalType: "", encodings: new Set<string>(), codecs: new Set<string>() };
    for (const { reader, loss, isOf, seen } of readerLosses) {
      if (seen === undefined) continue; // Refused: the matrix finds it read no more.
      const lossy = columns.filter((column) => isOf(column, plain)).flatMap(valuesOf);
      expect(
        lossy.some((value) => value !== null && seen(value) !== value),
        `${reader}: ${loss}`,
      ).toBe(true);
    }
  });
});
