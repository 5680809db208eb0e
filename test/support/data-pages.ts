/** The data pages of a file, by their own headers: what a reader meets, not what the footer says of it. */
import { readFileSync } from "node:fs";
import { parquetMetadata } from "hyparquet";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";

export interface DataPage {
  readonly column: string;
  readonly version: 1 | 2;
  /** Nulls included. */
  readonly valueCount: number;
}

/** PageType and the headers of both versions (parquet.thrift, PageHeader). */
interface PageHeader {
  readonly field_1: number;
  readonly field_3: number;
  readonly field_5?: { readonly field_1: number };
  readonly field_8?: { readonly field_1: number };
}

const DICTIONARY_PAGE = 2;

function pagesBetween(bytes: Buffer, start: number, end: number, column: string): readonly DataPage[] {
  const pages: DataPage[] = [];
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: start };
  while (reader.offset < end) {
    const header = deserializeTCompactProtocol(reader) as unknown as PageHeader;
    reader.offset += header.field_3;
    if (header.field_1 === DICTIONARY_PAGE) continue;
    const version = header.field_1 === 3 ? 2 : 1;
    const valueCount = (version === 2 ? header.field_8 : header.field_5)?.field_1;
    if (valueCount === undefined) throw new Error(`${column}: a page of type ${header.field_1} without its header`);
    pages.push({ column, version, valueCount });
  }
  return pages;
}

export function dataPagesOf(path: string): readonly DataPage[] {
  const bytes = readFileSync(path);
  const metadata = parquetMetadata(new Uint8Array(bytes).buffer);
  return metadata.row_groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data: chunk }) => {
      if (chunk === undefined) throw new Error("a column chunk without metadata");
      const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
      return pagesBetween(bytes, start, start + Number(chunk.total_compressed_size), chunk.path_in_schema.join("."));
    }),
  );
}

export function pageVersionsOf(path: string): readonly number[] {
  return [...new Set(dataPagesOf(path).map(({ version }) => version))];
}
