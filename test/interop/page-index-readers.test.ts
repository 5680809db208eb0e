/** The page index of a file of every kind of column, as hyparquet reads it: places, rows, nulls and bounds of each page; rows read by it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ColumnChunk,
  type ColumnIndex,
  type OffsetIndex,
  type SchemaElement,
  parquetReadObjects,
  readColumnIndex,
  readOffsetIndex,
} from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { loggedValues } from "./compare-values.js";
import { probeColumns } from "./probe-columns.js";
import { groupsOf, writeProbeFile, type WrittenProbe } from "./probe-files.js";

const SHAPE = { rows: 900, pageRows: 70, rowGroupRows: 400 };
const GROUPS = groupsOf(SHAPE);
const expected = loggedValues(SHAPE.rows, "some");

interface IndexedChunk {
  readonly name: string;
  readonly chunk: ColumnChunk;
  readonly group: { readonly start: number; readonly end: number };
  readonly offsets: OffsetIndex;
  readonly bounds: ColumnIndex | undefined;
}

describe("the page index", () => {
  const directory = mkdtempSync(join(tmpdir(), "pqflow-page-index-"));
  let written: WrittenProbe;
  let bytes: ArrayBuffer;
  let chunks: readonly IndexedChunk[];

  const readerAt = (offset: bigint | undefined, length: number | undefined): { view: DataView; offset: number } => ({
    view: new DataView(bytes, Number(offset), length),
    offset: 0,
  });

  function indexesOf(chunk: ColumnChunk, element: SchemaElement, group: IndexedChunk["group"]): IndexedChunk {
    const bounds =
      chunk.column_index_offset === undefined
        ? undefined
        : readColumnIndex(readerAt(chunk.column_index_offset, chunk.column_index_length), element);
    const offsets = readOffsetIndex(readerAt(chunk.offset_index_offset, chunk.offset_index_length));
    return { name: element.name, chunk, group, offsets, bounds };
  }

  beforeAll(() => {
    written = writeProbeFile({ codec: "UNCOMPRESSED", encoding: "PLAIN", nulls: "some" }, SHAPE, directory);
    const file = readFileSync(written.path);
    bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const leaves = written.metadata.schema.slice(1);
    chunks = written.metadata.row_groups.flatMap(({ columns }, index) =>
      columns.map((chunk, column) => indexesOf(chunk, leaves[column] as SchemaElement, GROUPS[index] as IndexedChunk["group"])),
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("gives the place and the first row of each page of every column", () => {
    expect(chunks.length).toBe(GROUPS.length * probeColumns.length);
    for (const { name, chunk, group, offsets } of chunks) {
      let place = chunk.meta_data?.data_page_offset ?? 0n;
      const firstRows = offsets.page_locations.map(({ first_row_index: row }) => Number(row));
      expect(firstRows, name).toEqual(firstRows.map((_, page) => page * SHAPE.pageRows));
      expect(firstRows.length, name).toBe(Math.ceil((group.end - group.start) / SHAPE.pageRows));
      for (const { offset, compressed_page_size: size } of offsets.page_locations) {
        expect(offset, name).toBe(place);
        place += BigInt(size);
      }
      expect(place, name).toBe((chunk.meta_data?.data_page_offset ?? 0n) + (chunk.meta_data?.total_compressed_size ?? 0n));
    }
  });

  it("counts the nulls of each page, of columns that have an order", () => {
    for (const { name, group, offsets, bounds } of chunks) {
      const values = expected.get(name)?.slice(group.start, group.end) ?? [];
      const nulls = offsets.page_locations.map(
        (_, page) => values.slice(page * SHAPE.pageRows, (page + 1) * SHAPE.pageRows).filter((value) => value === null).length,
      );
      if (bounds !== undefined) expect(bounds.null_counts?.map(Number), name).toEqual(nulls);
      if (name.startsWith("interval") || name.startsWith("int96")) expect(bounds, name).toBeUndefined();
    }
    expect(chunks.filter(({ bounds }) => bounds !== undefined).length).toBeGreaterThan(chunks.length / 2);
  });

  it("lets hyparquet read single rows", async () => {
    const columns = ["int64_required", "text8_required", "date_required"].filter((name) => expected.has(name));
    expect(columns.length).toBe(3);
    const options = { file: bytes, columns, rowStart: 440, rowEnd: 560 };
    const byIndex = await parquetReadObjects({ ...options, useOffsetIndex: true });
    expect(byIndex.length).toBe(120);
    expect(byIndex).toEqual(await parquetReadObjects(options));
  });

  it("has bounds that DuckDB finds in every page", async () => {
    const bounded = chunks.filter(({ name, bounds }) => /^u?int\d+_required$/.test(name) && bounds !== undefined);
    expect(bounded.length).toBeGreaterThan(0);
    const queries = bounded.flatMap(({ name, group, bounds }) =>
      (bounds?.min_values ?? []).flatMap((min, page) => {
        const first = group.start + page * SHAPE.pageRows;
        const last = Math.min(first + SHAPE.pageRows, group.end) - 1;
        const max = bounds?.max_values[page];
        return `SELECT min("${name}") = ${String(min)} AND max("${name}") = ${String(max)} AS ok FROM probe WHERE position BETWEEN ${first} AND ${last}`;
      }),
    );
    await withDuckdb(async (connection) => {
      await connection.run(
        `CREATE TABLE probe AS SELECT *, file_row_number AS position FROM read_parquet(${sqlText(written.path)}, file_row_number = true)`,
      );
      const found = await rowsOf(connection, queries.join(" UNION ALL "));
      expect(found.every(({ ok }) => ok === true)).toBe(true);
      expect(found.length).toBe(queries.length);
    });
  });
});
