/** The same columns in every encoding that exists for them, and in the one that the writer chooses: values and bounds as in the plain file. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FileMetaData, parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { canImportPyarrow } from "../support/readers/pyarrow.js";
import { findingsOf } from "../support/verify.js";
import { type Canonical, expectedValues, probeColumns } from "./probe-columns.js";
import { readWithArrowRs, readWithDuckdb, readWithHyparquet, readWithPyarrow, type ProbeReader, type ProbeTable } from "./probe-readers.js";
import { type ReaderName, seenBy } from "./reader-losses.js";

const READERS: Readonly<Partial<Record<ReaderName, ProbeReader>>> = {
  DuckDB: readWithDuckdb,
  hyparquet: readWithHyparquet,
  "parquet-wasm": readWithArrowRs,
};
const ROWS = 5_000;
const PAGE_ROWS = 700;
const GROUP_ROWS = 2_000;
/** Enough rounds for the type with the most encodings. */
const ROUNDS = ["0", "1", "2", "3"] as const;
const CODECS = ["UNCOMPRESSED", "ZSTD"] as const;

const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_columns`);
const directory = mkdtempSync(join(tmpdir(), "pqflow-encodings-"));
afterAll(() => rmSync(directory, { recursive: true }));

const expected: ReadonlyMap<string, readonly Canonical[]> = new Map(
  probeColumns.map((column) => [column.name, expectedValues(column, ROWS)]),
);

interface Written {
  readonly path: string;
  readonly metadata: FileMetaData;
}

function write(encoding: string, codec: string): Written {
  const path = join(directory, `${encoding}-${codec}.parquet`);
  execFileSync(program, [path, codec, String(ROWS), String(PAGE_ROWS), String(GROUP_ROWS), encoding]);
  const bytes = readFileSync(path);
  return { path, metadata: parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer) };
}

const boundsOf = ({ metadata }: Written): unknown =>
  metadata.row_groups.map(({ columns }) => columns.map(({ meta_data: chunk }) => chunk?.statistics));

const usedEncodings = ({ metadata }: Written): ReadonlySet<string> =>
  new Set(metadata.row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data: chunk }) => chunk?.encodings ?? [])));

for (const codec of CODECS) {
  const files = new Map<string, Written>();
  beforeAll(() => {
    for (const encoding of ["PLAIN", "AUTO", ...ROUNDS]) files.set(encoding, write(encoding, codec));
  });

  describe.each(["AUTO", ...ROUNDS])(`every kind of column, encoding %s, ${codec}`, (encoding) => {
    const file = (): Written => files.get(encoding) as Written;
    const expectValues = (reader: ReaderName, table: ProbeTable): void => {
      for (const column of probeColumns)
        expect(table.get(column.name), column.name).toEqual(expected.get(column.name)?.map(seenBy(reader, column)));
    };

    for (const [reader, read] of Object.entries(READERS)) {
      it(`${reader} reads every value as it was logged`, async () => {
        expectValues(reader as ReaderName, await read(file().path, probeColumns));
      });
    }

    it("pyarrow reads every value and finds every checksum right", (context) => {
      if (!canImportPyarrow()) context.skip("pyarrow cannot be imported: npm run setup installs it where it can be had");
      const table = readWithPyarrow(file().path, probeColumns).values;
      for (const column of probeColumns) {
        const values = table.get(column.name) ?? [];
        expect(values, column.name).toEqual(expected.get(column.name)?.slice(0, values.length).map(seenBy("pyarrow", column)));
      }
    });

    it("the verifier finds nothing wrong", () => {
      expect(findingsOf(file().path)).toBe("");
    });

    it("has the statistics of the plain file", () => {
      expect(boundsOf(file())).toEqual(boundsOf(files.get("PLAIN") as Written));
    });

    it("says where its dictionary pages are, and counts its pages by encoding", () => {
      for (const group of file().metadata.row_groups)
        for (const { meta_data: chunk } of group.columns) {
          const stats = chunk?.encoding_stats ?? [];
          const dictionary = stats.filter(({ page_type: type }) => type === "DICTIONARY_PAGE");
          expect(dictionary.length, chunk?.path_in_schema.join(".")).toBe(chunk?.dictionary_page_offset === undefined ? 0 : 1);
          const dataPages = stats.filter(({ page_type: type }) => type === "DATA_PAGE").reduce((sum, { count }) => sum + count, 0);
          expect(dataPages).toBe(Math.ceil(Number(group.num_rows) / PAGE_ROWS));
          for (const { encoding: used } of stats) expect(chunk?.encodings).toContain(used);
        }
    });
  });

  it(`all encodings were used, ${codec}`, () => {
    expect(new Set(ROUNDS.flatMap((round) => [...usedEncodings(files.get(round) as Written)]))).toEqual(
      new Set([
        "PLAIN",
        "RLE",
        "DELTA_BINARY_PACKED",
        "DELTA_LENGTH_BYTE_ARRAY",
        "DELTA_BYTE_ARRAY",
        "RLE_DICTIONARY",
        "BYTE_STREAM_SPLIT",
      ]),
    );
  });

  it(`what the writer chooses is smaller than PLAIN, ${codec}`, () => {
    const bytes = (encoding: string): number =>
      (files.get(encoding) as Written).metadata.row_groups.reduce((sum, { total_compressed_size: size }) => sum + Number(size), 0);
    expect(bytes("AUTO")).toBeLessThan(bytes("PLAIN"));
  });
}
