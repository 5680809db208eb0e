/** Three readers that share no code with the product. Each gives the canonical strings of types/model.ts, by column. */
import { readFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Data, DataType, type Vector } from "apache-arrow";
import { type FileMetaData, parquetMetadata, parquetRead, type ParquetParsers } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { halfToNumber } from "../interop/probe-columns.js";
import { rowsOf, sqlText } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import type { Canonical, PhysicalDecoding } from "./types/model.js";
import { printedNumber } from "./types/numbers.js";

export type Table = ReadonlyMap<string, readonly Canonical[]>;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fromBigEndian = (bytes: Uint8Array): bigint => BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`));

/** A byte more than the number needs shows in its text. */
function fromShortest(bytes: Uint8Array): string {
  const value = fromBigEndian(bytes);
  const isShortest = bytes.length === 1 || fromBigEndian(bytes.subarray(1)) !== value;
  return isShortest ? value.toString() : `${value} in ${bytes.length} bytes`;
}

/** From what hyparquet gives of a column without annotations. */
function fromPhysical(decoding: PhysicalDecoding, value: unknown): Canonical {
  if (value === null || value === undefined) return null;
  if (decoding === "floating") return printedNumber(value as number);
  if (decoding === "text") return utf8.decode(value as Uint8Array);
  if (decoding === "bytes") return hex(value as Uint8Array);
  if (decoding === "half") return printedNumber(halfToNumber(Buffer.from(value as Uint8Array).readUInt16LE()));
  if (decoding === "interval") return [0, 4, 8].map((offset) => Buffer.from(value as Uint8Array).readUInt32LE(offset)).join(" ");
  if (decoding === "decimal") return fromBigEndian(value as Uint8Array).toString();
  if (decoding === "shortest") return fromShortest(value as Uint8Array);
  const integer = BigInt(value as number | bigint | boolean);
  if (decoding === "integer" || decoding === "int96") return integer.toString();
  return BigInt.asUintN(decoding === "unsigned32" ? 32 : 64, integer).toString();
}

function bufferOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Bounds of statistics are converted with the metadata; those of times beyond what a Date holds would throw. */
const unconverted = (value: bigint): bigint => value;
const parsers = {
  timestampFromMilliseconds: unconverted,
  timestampFromMicroseconds: unconverted,
  timestampFromNanoseconds: unconverted,
  dateFromDays: (days: number): number => days,
} as unknown as ParquetParsers;

export function metadataOf(path: string): FileMetaData {
  return parquetMetadata(bufferOf(path), { parsers });
}

export async function readWithHyparquet(path: string, decodings: ReadonlyMap<string, PhysicalDecoding>): Promise<Table> {
  const file = bufferOf(path);
  const metadata = parquetMetadata(file, { parsers });
  for (const element of metadata.schema) {
    delete element.converted_type;
    delete element.logical_type;
  }
  const table = new Map<string, Canonical[]>([...decodings.keys()].map((name) => [name, []]));
  await parquetRead({
    file,
    metadata,
    compressors,
    utf8: false,
    parsers,
    onChunk: ({ columnName, columnData }) => {
      const decoding = decodings.get(columnName);
      if (decoding === undefined) throw new Error(`no column ${columnName} was expected`);
      for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>) table.get(columnName)?.push(fromPhysical(decoding, value));
    },
  });
  return table;
}

/** `expressions`: SQL by column. */
export async function readWithDuckdb(connection: DuckDBConnection, path: string, expressions: ReadonlyMap<string, string>): Promise<Table> {
  const list = [...expressions].map(([name, expression]) => `${expression} AS "${name}"`);
  const rows = await rowsOf(connection, `SELECT ${list.join(", ")} FROM read_parquet(${sqlText(path)})`);
  const canonical = (value: unknown): Canonical =>
    value === null || value === undefined ? null : typeof value === "number" ? printedNumber(value) : String(value);
  return new Map([...expressions.keys()].map((name) => [name, rows.map((row) => canonical(row[name]))]));
}

/** Two's complement of little-endian 32-bit words. */
function fromWords(words: Uint32Array): bigint {
  return BigInt.asIntN(
    words.length * 32,
    words.reduceRight((value, word) => (value << 32n) | BigInt(word), 0n),
  );
}

/** Reads integers from the Arrow buffer itself, past conversions to Date and to numbers. */
function fromArrow(decoding: PhysicalDecoding, type: DataType, data: Data, index: number, convert: () => unknown): Canonical {
  if (!data.getValid(index)) return null;
  if (decoding === "half") return printedNumber(halfToNumber((data.values as Uint16Array)[index] ?? 0));
  if (decoding === "interval") return `0 ${(data.values as Int32Array).subarray(index * 2, index * 2 + 2).join(" ")}`;
  if (decoding === "floating") return printedNumber(convert() as number);
  if (decoding === "text") return String(convert());
  if (decoding === "bytes") return hex(convert() as Uint8Array);
  if (DataType.isBool(type)) return convert() === true ? "1" : "0";
  if (!DataType.isDecimal(type)) return BigInt((data.values as BigInt64Array)[index] ?? 0).toString();
  const wordCount = type.bitWidth / 32;
  return fromWords((data.values as Uint32Array).subarray(index * wordCount, (index + 1) * wordCount)).toString();
}

function arrowColumn(decoding: PhysicalDecoding, vector: Vector): readonly Canonical[] {
  let base = 0;
  return vector.data.flatMap((data) => {
    const first = base;
    base += data.length;
    return Array.from({ length: data.length }, (_, index) =>
      fromArrow(decoding, vector.type as DataType, data, index, () => vector.get(first + index) as unknown),
    );
  });
}

export async function readWithArrowRs(path: string, decodings: ReadonlyMap<string, PhysicalDecoding>): Promise<Table> {
  const table = await readWithParquetWasm(path);
  return new Map(
    [...decodings].map(([name, decoding]) => {
      const vector = table.getChild(name);
      return [name, vector === null ? [] : arrowColumn(decoding, vector)];
    }),
  );
}
