/** Bounds and null counts of every chunk, from the footer's own bytes: readers convert them, and lose digits. */
import { readFileSync } from "node:fs";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";
import type { RandomCase, RandomField } from "./case.js";
import { halfToNumber } from "../interop/probe-columns.js";
import type { Canonical, PhysicalDecoding } from "./types/model.js";

type ThriftStruct = Readonly<Record<string, unknown>>;

interface RawStatistics {
  readonly nullCount: bigint | undefined;
  readonly min: Uint8Array | undefined;
  readonly max: Uint8Array | undefined;
  readonly isMinExact: boolean;
  readonly isMaxExact: boolean;
}

/** parquet.thrift: FileMetaData 4 row_groups, RowGroup 1 columns, ColumnChunk 3 meta_data, ColumnMetaData 12 statistics. By row group and column. */
function rawStatistics(path: string): readonly (readonly (RawStatistics | undefined)[])[] {
  const bytes = readFileSync(path);
  const footerBytes = bytes.readUInt32LE(bytes.length - 8);
  const start = bytes.byteOffset + bytes.length - 8 - footerBytes;
  const footer = deserializeTCompactProtocol({ view: new DataView(bytes.buffer, start, footerBytes), offset: 0 }) as ThriftStruct;
  return (footer["field_4"] as readonly ThriftStruct[]).map((group) =>
    (group["field_1"] as readonly ThriftStruct[]).map((chunk) => {
      const statistics = (chunk["field_3"] as ThriftStruct)["field_12"] as ThriftStruct | undefined;
      return statistics === undefined ? undefined : fromThrift(statistics);
    }),
  );
}

function fromThrift(statistics: ThriftStruct): RawStatistics {
  return {
    nullCount: statistics["field_3"] as bigint | undefined,
    max: statistics["field_5"] as Uint8Array | undefined,
    min: statistics["field_6"] as Uint8Array | undefined,
    isMaxExact: statistics["field_7"] !== false,
    isMinExact: statistics["field_8"] !== false,
  };
}

/** What bounds are compared as: numbers, or bytes in hexadecimal, whose order is that of the bytes. */
type Comparable = bigint | number | string;

function comparable(decoding: PhysicalDecoding, value: string): Comparable {
  if (decoding === "floating" || decoding === "half") return value === "-0" ? -0 : Number(value);
  if (decoding === "text") return Buffer.from(value).toString("hex");
  return decoding === "bytes" ? value : BigInt(value);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString("hex")}`);
}

function fromBound(decoding: PhysicalDecoding, bytes: Uint8Array): Comparable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (decoding === "half") return halfToNumber(view.getUint16(0, true));
  if (decoding === "floating") return bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  if (decoding === "text" || decoding === "bytes") return Buffer.from(bytes).toString("hex");
  if (decoding === "decimal" || decoding === "shortest")
    return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
  return decoding === "integer" && bytes.length > 1 ? BigInt.asIntN(8 * bytes.length, littleEndian(bytes)) : littleEndian(bytes);
}

/** Least and greatest; NaN is neither, and zeros are -0 as a minimum and +0 as a maximum (parquet.thrift, ColumnOrder). */
function extremes(values: readonly Comparable[]): { readonly min: Comparable; readonly max: Comparable } | undefined {
  const ordered = values.filter((value) => !Number.isNaN(value));
  const [first] = ordered;
  if (first === undefined) return undefined;
  const min = ordered.reduce((least, value) => (value < least ? value : least), first);
  const max = ordered.reduce((most, value) => (value > most ? value : most), first);
  return { min: min === 0 ? -0 : min, max: max === 0 ? 0 : max };
}

function checkBounds(
  decoding: PhysicalDecoding,
  { min, max, isMinExact, isMaxExact }: RawStatistics,
  values: readonly Comparable[],
): readonly string[] {
  const wanted = extremes(values);
  if (wanted === undefined) return min === undefined && max === undefined ? [] : ["has bounds where there are none"];
  if (min === undefined || max === undefined) return ["has no bounds"];
  const found = { min: fromBound(decoding, min), max: fromBound(decoding, max) };
  const isMinRight = isMinExact ? Object.is(found.min, wanted.min) : found.min <= wanted.min;
  const isMaxRight = isMaxExact ? Object.is(found.max, wanted.max) : found.max >= wanted.max;
  return [
    ...(isMinRight ? [] : [`minimum is ${String(found.min)}, not ${String(wanted.min)}`]),
    ...(isMaxRight ? [] : [`maximum is ${String(found.max)}, not ${String(wanted.max)}`]),
  ];
}

function checkChunk(
  field: RandomField,
  isStated: boolean,
  found: RawStatistics | undefined,
  values: readonly Canonical[],
): readonly string[] {
  if (!isStated) return found === undefined || (found.min === undefined && found.max === undefined) ? [] : ["has bounds, statistics: none"];
  if (found === undefined) return ["has no statistics"];
  const { decoding, hasBounds = true } = field.facts.column;
  const present = values.filter((value): value is string => value !== null);
  const nullCount = values.length - present.length;
  return [
    ...(Number(found.nullCount) === nullCount ? [] : [`null count is ${String(found.nullCount)}, not ${nullCount}`]),
    ...checkBounds(decoding, found, hasBounds ? present.map((value) => comparable(decoding, value)) : []),
  ];
}

/** `columns`: the file's values, in the order of the fields. */
export function checkStatistics(random: RandomCase, path: string, columns: readonly (readonly Canonical[])[]): readonly string[] {
  return rawStatistics(path).flatMap((chunks, group) =>
    random.fields.flatMap((field, index) => {
      const values = columns[index]?.slice(group * random.rowGroupRows, (group + 1) * random.rowGroupRows) ?? [];
      const isStated = field.statistics === undefined ? random.hasStatistics : field.statistics === "chunk";
      return checkChunk(field, isStated, chunks[index], values).map((finding) => `${field.name}, row group ${group}: ${finding}`);
    }),
  );
}
