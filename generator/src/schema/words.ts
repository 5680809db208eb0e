/** Closed sets of words of the schema language, as values beside the types of model.ts. */
import type {
  CodecName,
  Durability,
  EncodingName,
  EnumStorage,
  FileLayout,
  FloatOrder,
  Orphans,
  ProfileName,
  SetStorage,
  StatisticsName,
  TimeUnit,
  UnknownCodes,
} from "./model.js";

export const timeUnits = ["ms", "us", "ns"] as const satisfies readonly TimeUnit[];
export const decimalStorages = ["int32", "int64", "fixed"] as const;
export const charsets = ["utf8", "ascii"] as const;
export const unknownCodes = ["reject", "null", "keep"] as const satisfies readonly UnknownCodes[];
export const setStorages = ["uint8", "uint16", "uint32", "uint64"] as const satisfies readonly SetStorage[];
export const enumStorages = [
  "char",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
] as const satisfies readonly EnumStorage[];
export const codecNames = ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"] as const satisfies readonly CodecName[];

export const encodingNames = [
  "PLAIN",
  "RLE",
  "RLE_DICTIONARY",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
] as const satisfies readonly EncodingName[];

export const profileNames = ["small", "fast", "widest"] as const satisfies readonly ProfileName[];
export const floatOrders = ["TYPE_ORDER", "IEEE_754_TOTAL_ORDER"] as const satisfies readonly FloatOrder[];
export const fileLayouts = ["classic", "live"] as const satisfies readonly FileLayout[];
export const durabilities = ["file", "process", "sync", "journal"] as const satisfies readonly Durability[];
export const orphans = ["ignore", "report", "recover"] as const satisfies readonly Orphans[];
export const statisticsNames = ["none", "chunk", "page"] as const satisfies readonly StatisticsName[];

/** True narrows `word` to the words of the list. */
export function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}
