/** What a Parquet file takes, column by column, by its own footer. */
import { readFile } from "node:fs/promises";
import { parquetMetadataAsync } from "hyparquet";

export interface ColumnSize {
  readonly bytes: number;
  readonly encodings: readonly string[];
  readonly codecs: readonly string[];
}

export interface FileSize {
  readonly rows: number;
  /** All of the file. */
  readonly bytes: number;
  readonly rowGroups: number;
  readonly columns: Readonly<Record<string, ColumnSize>>;
}

const union = (words: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...words, ...more])];

export async function fileSize(path: string): Promise<FileSize> {
  const bytes = await readFile(path);
  const metadata = await parquetMetadataAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const columns: Record<string, ColumnSize> = {};
  for (const { meta_data: chunk } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (chunk === undefined) throw new Error(`${path}: a column chunk without metadata`);
    const name = chunk.path_in_schema.join(".");
    const known = columns[name] ?? { bytes: 0, encodings: [], codecs: [] };
    columns[name] = {
      bytes: known.bytes + Number(chunk.total_compressed_size),
      encodings: union(known.encodings, chunk.encodings),
      codecs: union(known.codecs, [chunk.codec]),
    };
  }
  return { rows: Number(metadata.num_rows), bytes: bytes.byteLength, rowGroups: metadata.row_groups.length, columns };
}
