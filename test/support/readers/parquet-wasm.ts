import { readFile } from "node:fs/promises";
import { DataType, Precision, tableFromIPC, type Data, type Table } from "apache-arrow";
import { readParquet } from "parquet-wasm/node";
import { Aggregator, doubleOrder, floatOrder, type RawValue, type TableAggregates } from "./aggregates.js";

/** The file as an Arrow table, through arrow-rs compiled to WebAssembly. */
export async function readWithParquetWasm(path: string): Promise<Table> {
  return tableFromIPC(readParquet(new Uint8Array(await readFile(path))).intoIPCStream());
}

/** Two's complement of four little-endian 32-bit words. */
function decimal128(words: Uint32Array, index: number): bigint {
  let bits = 0n;
  for (let word = 3; word >= 0; word--) bits = (bits << 32n) | BigInt(words[index * 4 + word] ?? 0);
  return BigInt.asIntN(128, bits);
}

/** The value as stored: typed arrays of the Arrow data are read past the library's conversions (timestamps to milliseconds). */
function rawValue(data: Data, type: DataType, index: number, converted: unknown): RawValue {
  if (converted === null || converted === undefined) return null;
  if (DataType.isDecimal(type)) return decimal128(data.values as Uint32Array, index);
  if (DataType.isTimestamp(type) || DataType.isInt(type) || DataType.isDate(type) || DataType.isTime(type))
    return BigInt((data.values as BigInt64Array)[index] ?? 0);
  if (DataType.isFloat(type))
    return type.precision === Precision.DOUBLE ? doubleOrder(converted as number) : floatOrder(converted as number);
  return converted as RawValue;
}

export async function aggregateWithParquetWasm(path: string): Promise<TableAggregates> {
  const table = await readWithParquetWasm(path);
  const columns: Record<string, ReturnType<Aggregator["result"]>> = {};
  for (const field of table.schema.fields) {
    const aggregator = new Aggregator();
    const vector = table.getChild(field.name);
    let base = 0;
    for (const data of vector?.data ?? []) {
      for (let index = 0; index < data.length; index++)
        aggregator.add(rawValue(data, field.type as DataType, index, vector?.get(base + index)));
      base += data.length;
    }
    columns[field.name] = aggregator.result();
  }
  return { rows: table.numRows, columns };
}
