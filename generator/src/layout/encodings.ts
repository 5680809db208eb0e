/** Which encodings a column may have (parquet-format Encodings.md), and the one that the descriptor names. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { BloomFilter, EncodingName, Field, Schema } from "../schema/model.js";
import { columnTypeOf } from "./columns.js";
import type { ColumnEncoding, LeafNode, PhysicalType } from "./model.js";
import type { LeafType } from "./storage.js";

const anyType = ["PLAIN", "RLE_DICTIONARY"] as const;

/** In the order of use: what helps a column of the type most stands before the rest. */
const encodingsOfType: Readonly<Record<PhysicalType, readonly EncodingName[]>> = {
  BOOLEAN: ["RLE", "PLAIN"],
  INT32: ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", ...anyType],
  INT64: ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", ...anyType],
  INT96: anyType,
  FLOAT: ["BYTE_STREAM_SPLIT", ...anyType],
  DOUBLE: ["BYTE_STREAM_SPLIT", ...anyType],
  BYTE_ARRAY: ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", ...anyType],
  FIXED_LEN_BYTE_ARRAY: ["DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT", ...anyType],
};

export function encodingOf({ parquet: { encoding, dictionary } }: Field): ColumnEncoding {
  if (encoding !== undefined) return encoding;
  if (dictionary === undefined || dictionary === "auto") return "AUTO";
  return dictionary ? "RLE_DICTIONARY" : "AUTO_NO_DICTIONARY";
}

/** What the descriptor says: the file's word for columns whose field has none. A BOOLEAN has no dictionary. */
export function encodingInFile({ encoding, physicalType, field }: LeafNode, { parquet }: Schema): ColumnEncoding {
  const { encoding: own, dictionary: ownDictionary } = field.parquet;
  if (own !== undefined || ownDictionary !== undefined || field.type.kind === "unknown") return encoding;
  if (parquet.encoding !== undefined && encodingsOfType[physicalType].includes(parquet.encoding)) return parquet.encoding;
  if (parquet.dictionary === undefined || physicalType === "BOOLEAN") return "AUTO";
  return parquet.dictionary ? "RLE_DICTIONARY" : "AUTO_NO_DICTIONARY";
}

/** The field's own, else the file's. Undefined: none. */
export function bloomFilterInFile({ physicalType, field }: LeafNode, { parquet }: Schema): BloomFilter | undefined {
  const own = field.parquet.bloomFilter;
  if (own !== undefined) return own === "none" ? undefined : own;
  return physicalType === "BOOLEAN" || field.type.kind === "unknown" ? undefined : parquet.bloomFilter;
}

/** Reports an encoding of the file that no column can have. */
export function checkFileEncoding(collector: DiagnosticCollector, { parquet, span }: Schema, leaves: readonly LeafNode[]): void {
  const { encoding, encodingSpan } = parquet;
  if (
    encoding === undefined ||
    leaves.some(({ physicalType, field }) => field.type.kind !== "unknown" && encodingsOfType[physicalType].includes(encoding))
  )
    return;
  collector.report("PQ4301", {
    message: `encoding ${encoding} cannot hold any of the columns`,
    span: encodingSpan ?? span,
    help: "remove it, or name one for each field",
  });
}

export function checkBloomFilter(collector: DiagnosticCollector, field: Field, type: LeafType): void {
  const { bloomFilter } = field.parquet;
  if (bloomFilter === undefined || bloomFilter === "none" || columnTypeOf(type).physicalType !== "BOOLEAN") return;
  collector.report("PQ4303", {
    message: `\`${field.name}\` has no bloom filter`,
    span: bloomFilter.span,
    label: "two values need none",
    help: "remove `bloom_filter`",
  });
}

/** Reports an encoding that cannot hold the field's column. */
export function checkEncoding(collector: DiagnosticCollector, field: Field, type: LeafType): void {
  const { physicalType } = columnTypeOf(type);
  const wanted = encodingOf(field);
  const possible = encodingsOfType[physicalType];
  if (wanted === "AUTO" || wanted === "AUTO_NO_DICTIONARY" || possible.includes(wanted)) return;
  collector.report("PQ4301", {
    message: `encoding ${wanted} cannot hold a ${physicalType} column`,
    span: field.parquet.encodingSpan ?? field.span,
    label: `\`${field.name}\` is stored as ${physicalType}`,
    help: `for this column use ${possible.slice(0, -1).join(", ")} or ${possible.at(-1) ?? ""}`,
  });
}
