/**
 * Files of every kind of column, read by readers that share no code with the runtime. `npm test` takes files that cover every codec, encoding and pattern of nulls;
 * with PQFLOW_INTEROP_PART=i/n (`npm run test:interop`) it is part i of n of all their combinations.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Statistics } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { canImportPolars, canImportPyarrow } from "../support/readers/python.js";
import { findingsOf } from "../support/verify.js";
import { compareValues, differencesIn, loggedValues } from "./compare-values.js";
import { MatrixReport } from "./matrix-report.js";
import { expectedStatistics, probeColumns } from "./probe-columns.js";
import {
  allProbeFiles,
  coveringProbeFiles,
  groupsOf,
  storedColumns,
  writeProbeFile,
  type ProbeFile,
  type WrittenProbe,
} from "./probe-files.js";
import { readWithPolars, readWithPyarrow } from "./probe-python-readers.js";
import { readWithArrowRs, readWithDuckdb, readWithHyparquet, type ProbeReader, type ProbeTable } from "./probe-readers.js";
import type { ReaderName } from "./reader-losses.js";

const READERS: Readonly<Partial<Record<ReaderName, ProbeReader>>> = {
  DuckDB: readWithDuckdb,
  hyparquet: readWithHyparquet,
  "parquet-wasm": readWithArrowRs,
};
/** Several pages and row groups, the last of each shorter; runs of nulls cross both. */
const SHAPE = { rows: 1_300, pageRows: 200, rowGroupRows: 500 };
const GROUPS = groupsOf(SHAPE);
const ALL_ENCODINGS = [
  "PLAIN",
  "RLE",
  "RLE_DICTIONARY",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
];

function partOf(files: readonly ProbeFile[], part: string): readonly ProbeFile[] {
  const [, number, count] = (/^(\d+)\/(\d+)$/.exec(part) ?? []).map(Number);
  if (number === undefined || count === undefined) throw new Error(`PQFLOW_INTEROP_PART is ${part} and not i/n`);
  return files.filter((_, index) => index % count === number - 1);
}

const part = process.env["PQFLOW_INTEROP_PART"];
const files = part === undefined ? coveringProbeFiles : partOf(allProbeFiles, part);
/** A codec has no say in what a filter skips. */
const asksFilters = ({ codec, encoding }: ProbeFile): boolean =>
  part === undefined ? encoding === "AUTO" || encoding === "PLAIN" : codec === "ZSTD";

const folder = mkdtempSync(join(tmpdir(), "pqflow-matrix-"));
const report = new MatrixReport();
afterAll(() => {
  rmSync(folder, { recursive: true });
  report.save();
});

const python = { pyarrow: canImportPyarrow(), Polars: canImportPolars() };

/** Distinct values are counted where a dictionary has them: `pqflow verify` counts them again. */
const withoutDistinctCount = (statistics: Statistics | undefined): object | undefined =>
  statistics && { ...statistics, distinct_count: undefined };

type ChunkStatistics = ReadonlyMap<string, readonly (Statistics | undefined)[]>;

function statisticsOf({ metadata }: WrittenProbe): ChunkStatistics {
  const ofColumn = (name: string): readonly (Statistics | undefined)[] =>
    metadata.row_groups.map(
      ({ columns }) => columns.find(({ meta_data: chunk }) => chunk?.path_in_schema[0] === name)?.meta_data?.statistics,
    );
  return new Map(probeColumns.map(({ name }) => [name, ofColumn(name)]));
}

describe.each(files)("every kind of column in $codec, encoding $encoding, nulls $nulls, data pages V$pageVersion", (file) => {
  let written: WrittenProbe;
  let logged: ProbeTable;
  beforeAll(() => {
    written = writeProbeFile(file, SHAPE, folder);
    logged = loggedValues(SHAPE.rows, file.nulls);
  });
  afterAll(() => rmSync(written.path));

  const expectValues = (reader: ReaderName, found: ProbeTable): void => {
    const outcomes = compareValues(reader, found, logged, storedColumns(written));
    report.add(reader, file, outcomes);
    expect(differencesIn(outcomes)).toEqual([]);
  };

  for (const [reader, read] of Object.entries(READERS)) {
    it(`${reader} reads every value as it was logged`, async () => {
      expectValues(reader as ReaderName, await read(written.path, probeColumns));
    });
  }

  it("pyarrow reads every value and bound, and finds every page checksum right", (context) => {
    if (!python.pyarrow) context.skip("python3 cannot import pyarrow: npm run setup installs it where it can be had");
    const { values, bounds } = readWithPyarrow(written.path, probeColumns);
    expectValues("pyarrow", values);
    // Dates and times have bounds in Python's own types; those of counted16 are shortened.
    for (const column of probeColumns.filter(({ name, unit }) => unit === undefined && !/^(date|counted16)/.test(name))) {
      const wanted = GROUPS.map(({ start, end }) => expectedStatistics(column, (logged.get(column.name) ?? []).slice(start, end)));
      expect(bounds.get(column.name), column.name).toEqual(wanted.map(({ min, max }) => (min === null ? null : [min, max])));
    }
  });

  it("Polars reads every value, and the rows of a filter at every bound", (context) => {
    if (!python.Polars) context.skip("python3 cannot import polars: npm run setup installs it where it can be had");
    const { values, filters } = readWithPolars(written.path, probeColumns, asksFilters(file));
    expectValues("Polars", values);
    expect(filters).toEqual([]);
  });

  it("the verifier finds nothing wrong", () => {
    expect(findingsOf(written.path)).toBe("");
  });

  it("uses the codec of the file where it gains, and the column's own where it has one", () => {
    const chunks = written.metadata.row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data: chunk }) => chunk ?? []));
    const codecs = new Set(chunks.map(({ codec }) => codec));
    expect([...codecs].filter((codec) => codec !== "UNCOMPRESSED")).toEqual(file.codec === "UNCOMPRESSED" ? [] : [file.codec]);
    const own = chunks.filter((chunk) => chunk.path_in_schema[0] === "uncompressed_required");
    expect(own.every(({ codec }) => codec === "UNCOMPRESSED")).toBe(true);
  });

  it("states the nulls of every chunk, and bounds where there are any, whatever the codec and encoding", () => {
    const found = statisticsOf(written);
    const plain = statisticsOf(
      writeProbeFile({ codec: "UNCOMPRESSED", encoding: "PLAIN", nulls: file.nulls }, SHAPE, mkdtempSync(`${folder}/plain-`)),
    );
    for (const column of probeColumns) {
      expect(found.get(column.name)?.map(withoutDistinctCount), column.name).toEqual(plain.get(column.name)?.map(withoutDistinctCount));
      GROUPS.forEach(({ start, end }, group) => {
        const wanted = expectedStatistics(column, (logged.get(column.name) ?? []).slice(start, end));
        const statistics = found.get(column.name)?.[group];
        const label = `${column.name}, row group ${group}`;
        expect(statistics?.null_count, label).toBe(BigInt(wanted.nulls));
        expect([statistics?.min_value !== undefined, statistics?.max_value !== undefined], label).toEqual(
          Array(2).fill(wanted.min !== null),
        );
      });
    }
  });

  it("says where its dictionary pages are, and counts its pages by encoding", () => {
    for (const group of written.metadata.row_groups)
      for (const { meta_data: chunk } of group.columns) {
        const stats = chunk?.encoding_stats ?? [];
        const dictionary = stats.filter(({ page_type: type }) => type === "DICTIONARY_PAGE");
        expect(dictionary.length, chunk?.path_in_schema.join(".")).toBe(chunk?.dictionary_page_offset === undefined ? 0 : 1);
        const dataPage = file.pageVersion === 2 ? "DATA_PAGE_V2" : "DATA_PAGE";
        const dataPages = stats.filter(({ page_type: type }) => type === dataPage).reduce((sum, { count }) => sum + count, 0);
        expect(dataPages).toBe(Math.ceil(Number(group.num_rows) / SHAPE.pageRows));
        for (const { encoding: used } of stats) expect(chunk?.encodings).toContain(used);
      }
  });

  const filtersOrNothing = asksFilters(file) ? it : (): undefined => undefined;
  filtersOrNothing("DuckDB loses no row to a filter at the bounds of a column", async () => {
    await withDuckdb(async (connection) => {
      const source = `read_parquet(${sqlText(written.path)})`;
      await connection.run(`CREATE TABLE copy AS SELECT * FROM ${source}`);
      for (const { name } of probeColumns) {
        const [ends] = await rowsOf(connection, `SELECT min("${name}")::VARCHAR AS min, max("${name}")::VARCHAR AS max FROM copy`);
        if (ends?.["min"] === null) continue;
        const filters = ["min", "max"].flatMap((end) =>
          ["=", "<=", ">="].map((comparison) => `WHERE "${name}" ${comparison} (SELECT ${end}("${name}") FROM copy)`),
        );
        const counts = (from: string): string => filters.map((filter) => `(SELECT count(*) FROM ${from} ${filter})::INTEGER`).join(", ");
        const [row] = await rowsOf(connection, `SELECT [${counts(source)}]::VARCHAR AS read, [${counts("copy")}]::VARCHAR AS kept`);
        expect(row?.["read"], name).toBe(row?.["kept"]);
      }
    });
  });
});

describe("the files together", () => {
  const coveringOrNothing = part === undefined ? it : (): undefined => undefined; // One part need not have all.
  coveringOrNothing("have every encoding that the runtime writes", () => {
    expect(new Set(report.features("encoding"))).toEqual(new Set(ALL_ENCODINGS));
  });

  it("are smaller as the writer chooses than in PLAIN alone", () => {
    const bytesOf = (encoding: ProbeFile["encoding"]): number =>
      writeProbeFile({ codec: "ZSTD", encoding, nulls: "some" }, SHAPE, folder).metadata.row_groups.reduce(
        (sum, { total_compressed_size: size }) => sum + Number(size),
        0,
      );
    expect(bytesOf("AUTO")).toBeLessThan(bytesOf("PLAIN"));
  });
});
