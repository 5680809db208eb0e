import { readFile } from "node:fs/promises";
import { parquetMetadataAsync, parquetRead, type FileMetaData, type SchemaElement } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { Aggregator, doubleOrder, floatOrder, type RawValue, type TableAggregates } from "./aggregates.js";

/** Takes the annotations off columns of numbers and fixed bytes, so that hyparquet returns what is stored: its own conversion of decimals goes through floating point. */
function withoutConversions(metadata: FileMetaData): FileMetaData {
  for (const element of metadata.schema) {
    const isUnsigned = element.converted_type?.startsWith("UINT") === true;
    if (element.type !== "BYTE_ARRAY" && !isUnsigned) {
      delete element.converted_type;
      delete element.logical_type;
    }
  }
  return metadata;
}

/** What turns a value of the column into what is added up. */
function rawValueOf({ type }: SchemaElement): (value: unknown) => RawValue {
  const convert =
    type === "DOUBLE" ? doubleOrder : type === "FLOAT" ? floatOrder : type === "INT32" || type === "INT64" ? BigInt : undefined;
  return (value) => {
    if (value === null || value === undefined) return null;
    return convert === undefined ? (value as RawValue) : convert(value as number);
  };
}

export async function aggregateWithHyparquet(path: string): Promise<TableAggregates> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = withoutConversions(await parquetMetadataAsync(file));
  const columns = new Map(
    metadata.schema.slice(1).map((element) => [element.name, { aggregator: new Aggregator(), rawValue: rawValueOf(element) }]),
  );
  await parquetRead({
    file,
    metadata,
    compressors,
    utf8: false,
    onChunk: ({ columnName, columnData }) => {
      const column = columns.get(columnName);
      if (column === undefined) throw new Error(`hyparquet found a column ${columnName} that the schema lacks`);
      for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>) column.aggregator.add(column.rawValue(value));
    },
  });
  return {
    rows: Number(metadata.num_rows),
    columns: Object.fromEntries([...columns].map(([name, { aggregator }]) => [name, aggregator.result()])),
  };
}
