/**
 * Files of every kind of column, read by readers that share no code with the runtime. `npm test` takes files that cover every codec, encoding and pattern of nulls;
 * with PQFLOW_INTEROP_PART=i/n (`npm run test:interop`) it is part i of n of all their combinations.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Statistics } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsOf } from "../support/verify.js";
import { compareValues, differencesIn, loggedStatistics, loggedValues } from "./compare-values.js";
import { isWholeRun, partOf } from "./part.js";
import { MatrixReport, presenceOf, storageOf, typeOf } from "./matrix-report.js";
import { probeColumns, type Nulls } from "./probe-columns.js";
import { allProbeFiles, coveringProbeFiles, storedColumns, writeProbeFile, type ProbeFile, type WrittenProbe } from "./probe-files.js";
import { readWithProgram } from "./probe-programs.js";
import { readWithArrowRs, readWithDuckdb, readWithHyparquet, type ProbeReader, type ProbeTable } from "./probe-readers.js";
import type { ReaderName } from "./reader-losses.js";
import { closeReaderPrograms, programNames, readerPrograms } from "./reader-programs.js";

const READERS: Readonly<Partial<Record<ReaderName, ProbeReader>>> = {
  DuckDB: readWithDuckdb,
  hyparquet: readWithHyparquet,
  "parquet-wasm": readWithArrowRs,
};
/** Several pages and row groups, the last of each shorter; runs of nulls cross both. */
const SHAPE = { rows: 1_300, pageRows: 200, rowGroupRows: 500 };
const ALL_ENCODINGS = [
  "PLAIN",
  "RLE",
  "RLE_DICTIONARY",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
];

const files = isWholeRun ? partOf(allProbeFiles) : coveringProbeFiles;

const folder = mkdtempSync(join(tmpdir(), "pqflow-matrix-"));
const report = new MatrixReport();
afterAll(() => {
  closeReaderPrograms();
  rmSync(folder, { recursive: true });
  report.save(process.env["PQFLOW_INTEROP_REPORT"]);
});

/** Not those of dates and times, which pyarrow gives in Python's own types; those of counted16 are shortened. */
const columnsOfBounds = probeColumns.filter(({ name, unit }) => unit === undefined && !/^(date|counted16)/.test(name));

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

const plainCache = new Map<Nulls, ChunkStatistics>();

/** Those of a file in PLAIN without a codec. */
function plainStatistics(nulls: Nulls): ChunkStatistics {
  const target = mkdtempSync(join(folder, "plain-"));
  const known = plainCache.get(nulls) ?? statisticsOf(writeProbeFile({ codec: "UNCOMPRESSED", encoding: "PLAIN", nulls }, SHAPE, target));
  plainCache.set(nulls, known);
  return known;
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
    const { nulls, pageVersion = 1 } = file;
    const cells = outcomes.map(({ column, stored, knownLoss: loss, difference }) => ({
      place: { type: typeOf(column), presence: presenceOf(column), ...storageOf(stored), page: `V${pageVersion}`, nulls },
      loss,
      isWrong: difference !== undefined,
    }));
    report.add(reader, cells);
    expect(differencesIn(outcomes)).toEqual([]);
  };

  for (const [reader, read] of Object.entries(READERS)) {
    it(`${reader} reads every value as it was logged`, async () => {
      expectValues(reader as ReaderName, await read(written.path, probeColumns));
    });
  }

  for (const reader of programNames) {
    it(`${reader} reads every value and bound`, async (context) => {
      const { isThere, advice } = readerPrograms[reader];
      if (!isThere) context.skip(advice);
      const { values, bounds } = await readWithProgram(reader, written.path, probeColumns);
      expectValues(reader, values);
      for (const column of bounds === undefined ? [] : columnsOfBounds) {
        const wanted = loggedStatistics(SHAPE, file.nulls).get(column.name) ?? [];
        expect(bounds?.get(column.name), column.name).toEqual(wanted.map(({ min, max }) => (min === null ? null : [min, max])));
      }
    });
  }

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
    const plain = plainStatistics(file.nulls);
    for (const column of probeColumns) {
      expect(found.get(column.name)?.map(withoutDistinctCount), column.name).toEqual(plain.get(column.name)?.map(withoutDistinctCount));
      (loggedStatistics(SHAPE, file.nulls).get(column.name) ?? []).forEach((wanted, group) => {
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
});

describe("the files together", () => {
  const coveringOrNothing = !isWholeRun ? it : (): undefined => undefined; // One part need not have all.
  coveringOrNothing("have every encoding that the runtime writes", () => {
    expect(report.encodings()).toEqual(new Set(ALL_ENCODINGS));
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
