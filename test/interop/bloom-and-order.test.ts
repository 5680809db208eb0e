/** Bloom filters lose no value, and rows are called sorted only where they are: by our verifier, and by readers that skip row groups for it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadataAsync, type RowGroup } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { importSink } from "../native/support/generated.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { findingsOf } from "../support/verify.js";

const SCHEMA = `
pqflow: 1
name: filtered
version: 1
fields:
  - {name: at, id: 1, type: int64}
  - {name: id, id: 2, type: int64, parquet: {dictionary: false, bloom_filter: {fpp: 0.001}}}
  - {name: code, id: 3, type: int32, presence: optional, parquet: {bloom_filter: true}}
  - {name: name, id: 4, type: string, max_length: 12, parquet: {bloom_filter: {fpp: 0.01, ndv: 500}}}
  - {name: ratio, id: 5, type: double, parquet: {bloom_filter: true}}
  - {name: day, id: 6, type: date, presence: optional, parquet: {bloom_filter: true}}
parquet:
  row_group: {rows: 4000}
  data_page_rows: 1000
  sorting_columns: [{field: at}, {field: code, descending: true, nulls_first: true}]
`;
const ROWS = 12_000;
const DISORDER = 9_000; // In the last of three row groups.

/** Of the row as it is looked for below. */
const idOf = (row: number): bigint => BigInt(row) * 1_000_003n;
const nameOf = (row: number): string => `name-${row % 400}`;

interface Sink extends RecordSink {
  log(record: Readonly<Record<string, unknown>>): boolean;
}
interface Module {
  readonly FilteredSink: { open(path: string, options?: SinkOptions): Sink };
}

async function write(path: string): Promise<void> {
  const { FilteredSink } = await importSink<Module>(SCHEMA);
  const sink = FilteredSink.open(path);
  for (let row = 0; row < ROWS; row++) {
    const at = row === DISORDER ? 0n : BigInt(row >> 2);
    const code = row % 4 === 0 ? null : 10 - (row % 4);
    const day = row % 7 === 0 ? null : row % 365;
    expect(sink.log({ at, id: idOf(row), code, name: nameOf(row), ratio: (row % 50) / 8, day })).toBe(true);
  }
  await sink.close();
}

describe("bloom filters and sorting columns", () => {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-bloom-"));
  const path = join(folder, "filtered.parquet");
  let groups: readonly RowGroup[] = [];
  let keyValues: readonly { readonly key: string; readonly value?: string | undefined }[] = [];

  beforeAll(async () => {
    await write(path);
    const bytes = readFileSync(path);
    const metadata = await parquetMetadataAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
    groups = metadata.row_groups;
    keyValues = metadata.key_value_metadata ?? [];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("pass the verifier, which asks the filters for every value and compares every pair of rows", () => expect(findingsOf(path)).toBe(""));

  it("stand in the metadata of their columns alone", () => {
    const lengths = groups.map(({ columns }) => columns.map(({ meta_data: chunk }) => chunk?.bloom_filter_length ?? 0));
    expect(lengths).toHaveLength(3);
    for (const [at, id, code, name] of lengths) {
      expect(at).toBe(0);
      expect(id).toBeGreaterThan(8_000);
      expect(code).toBeLessThan(64);
      expect(name).toBeLessThan(1_100);
    }
  });

  it("let DuckDB find every value, and skip row groups for values that are nowhere", async () => {
    await withDuckdb(async (connection) => {
      const count = async (condition: string): Promise<number> =>
        Number((await rowsOf(connection, `SELECT count(*) AS n FROM read_parquet(${sqlText(path)}) WHERE ${condition}`))[0]?.["n"]);
      for (const row of [0, 1, 3_999, 4_000, 7_777, ROWS - 1]) expect(await count(`id = ${idOf(row)}`)).toBe(1);
      for (const row of [0, 17, 399]) expect(await count(`name = ${sqlText(nameOf(row))}`)).toBe(ROWS / 400);
      for (const code of [7, 8, 9]) expect(await count(`code = ${code}`)).toBe(ROWS / 4);
      expect(await count("ratio = 0.125")).toBe(ROWS / 50);
      const probe = async (column: string, value: string): Promise<readonly unknown[]> =>
        (
          await rowsOf(connection, `SELECT bloom_filter_excludes AS e FROM parquet_bloom_probe(${sqlText(path)}, '${column}', ${value})`)
        ).map(({ e }) => e);
      expect(await probe("id", `${idOf(5_000)}`)).toEqual([true, false, true]);
      expect(await probe("name", sqlText(nameOf(3)))).toEqual([false, false, false]);
      expect(await probe("name", "'nobody'")).toEqual([true, true, true]);
    });
  });

  it("call rows sorted where they are, and count the row groups where they are not", () => {
    expect(groups.map(({ sorting_columns: sorting }) => sorting ?? [])).toEqual([
      [
        { column_idx: 0, descending: false, nulls_first: false },
        { column_idx: 2, descending: true, nulls_first: true },
      ],
      [
        { column_idx: 0, descending: false, nulls_first: false },
        { column_idx: 2, descending: true, nulls_first: true },
      ],
      [],
    ]);
    expect(keyValues.find(({ key }) => key === "pqflow:unsorted_row_groups")?.value).toBe("1");
  });
});
