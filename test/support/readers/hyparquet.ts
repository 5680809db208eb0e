import { readFile } from "node:fs/promises";
import { parquetMetadataAsync, parquetRead, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { Aggregator, type RawValue, type TableAggregates } from "./aggregates.js";

/** Takes the annotations off number columns, so that hyparquet returns integers as stored: its own conversion of decimals goes through floating point. */
function withRawIntegers(metadata: FileMetaData): FileMetaData {
  for (const element of metadata.schema) {
    if (element.type === "INT32" || element.type === "INT64") {
      const isUnsigned = element.converted_type?.startsWith("UINT") === true;
      if (!isUnsigned) {
        delete element.converted_type;
        delete element.logical_type;
      }
    }
  }
  return metadata;
}

const rawValue = (value: unknown): RawValue => {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? BigInt(value) : (value as RawValue);
};

export async function aggregateWithHyparquet(path: string): Promise<TableAggregates> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = withRawIntegers(await parquetMetadataAsync(file));
  const aggregators = new Map<string, Aggregator>();
  await parquetRead({
    file,
    metadata,
    compressors,
    onChunk: ({ columnName, columnData }) => {
      const aggregator = aggregators.get(columnName) ?? new Aggregator();
      aggregators.set(columnName, aggregator);
      for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>) aggregator.add(rawValue(value));
    },
  });
  const columns = Object.fromEntries([...aggregators].map(([name, aggregator]) => [name, aggregator.result()]));
  return { rows: Number(metadata.num_rows), columns };
}
