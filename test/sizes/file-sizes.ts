/** What a Parquet file takes, column by column, by its own footer. */
import { readFile } from "node:fs/promises";
import { parquetMetadataAsync } from "hyparquet";

export interface FileSize {
  readonly rows: number;
  /** All of the file. */
  readonly bytes: number;
  readonly rowGroups: number;
  /** Bytes of each column's chunks. */
  readonly columns: Readonly<Record<string, number>>;
}

export async function fileSize(path: string): Promise<FileSize> {
  const bytes = await readFile(path);
  const metadata = await parquetMetadataAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const columns: Record<string, number> = {};
  for (const { meta_data: chunk } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (chunk === undefined) throw new Error(`${path}: a column chunk without metadata`);
    const name = chunk.path_in_schema.join(".");
    columns[name] = (columns[name] ?? 0) + Number(chunk.total_compressed_size);
  }
  return { rows: Number(metadata.num_rows), bytes: bytes.byteLength, rowGroups: metadata.row_groups.length, columns };
}
