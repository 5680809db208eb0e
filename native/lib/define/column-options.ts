/** How a column is written: `parquet` of a field, and of the whole definition for the fields that say nothing of it. As in the schema language. */
import { type CodecName, type FieldDescriptor, codecs } from "../descriptor.js";
import { checkOptionNames, choiceOption, type Fail, flagOption, integerOption, type Options, shown } from "./problem.js";

export type EncodingName = Exclude<NonNullable<FieldDescriptor["encoding"]>, "AUTO" | "AUTO_NO_DICTIONARY">;

export interface BloomFilterOptions {
  /** Share of values that are not in a column chunk and pass all the same, 1e-6 … 0.5. Default 0.01. */
  readonly fpp?: number;
  /** Distinct values expected in a row group, 1 … 2^26. Absent: as many as it turns out to have. */
  readonly ndv?: number;
}

/** Of all columns: what a field says itself wins. */
export interface ColumnOptions {
  /** Absent: the writer chooses by the data. Of the definition: for fields whose type can have it. */
  readonly encoding?: EncodingName;
  /** true: RLE_DICTIONARY; false: the writer chooses among the others; auto: among all. */
  readonly dictionary?: boolean | "auto";
  /** `page` (default): minimum, maximum and counts of column chunks and of pages; `chunk`: of chunks alone; `none`: counts alone. */
  readonly statistics?: "none" | "chunk" | "page";
  /** Not for bool, which that of the definition leaves out. */
  readonly bloomFilter?: boolean | BloomFilterOptions;
}

export interface FieldColumnOptions extends ColumnOptions {
  /** Instead of the file's. */
  readonly codec?: CodecName;
  /** Absent: the codec's own. */
  readonly codecLevel?: number;
}

/** What a descriptor says of a column beside its type. */
export type ColumnSettings = Pick<
  FieldDescriptor,
  "codec" | "codecLevel" | "encoding" | "bloomFilterFpp" | "bloomFilterNdv" | "statistics"
>;

type PhysicalType = FieldDescriptor["physicalType"];

/** Checked; a bloom filter of false is `none`. */
export interface ReadOptions {
  readonly encoding?: EncodingName;
  readonly dictionary?: boolean | "auto";
  readonly statistics?: "none" | "chunk" | "page";
  readonly bloomFilter?: "none" | { readonly bloomFilterFpp: number; readonly bloomFilterNdv?: number };
  readonly codec?: CodecName;
  readonly codecLevel?: number;
}

export const columnOptionNames = ["encoding", "dictionary", "statistics", "bloomFilter"] as const;
export const fieldColumnOptionNames = [...columnOptionNames, "codec", "codecLevel"] as const;

const anyType = ["PLAIN", "RLE_DICTIONARY"] as const;

/** As the generator has it (parquet-format Encodings.md). */
const encodingsOfType: Readonly<Record<PhysicalType, readonly EncodingName[]>> = {
  BOOLEAN: ["RLE", "PLAIN"],
  INT32: ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", ...anyType],
  INT64: ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", ...anyType],
  INT96: anyType,
  FLOAT: ["BYTE_STREAM_SPLIT", ...anyType],
  DOUBLE: ["BYTE_STREAM_SPLIT", ...anyType],
  BYTE_ARRAY: ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", ...anyType],
  FIXED_LEN_BYTE_ARRAY: ["DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT", ...anyType],
  NONE: [],
};
const allEncodings = [...new Set(Object.values(encodingsOfType).flat())];
const statistics = ["none", "chunk", "page"] as const;
const codecNames = Object.keys(codecs) as readonly CodecName[];

const FPP_DEFAULT = 0.01;
const FPP_MIN = 1e-6;
const FPP_MAX = 0.5;
const NDV_MAX = 2 ** 26;
const CODEC_LEVEL_MIN = -131_072;
const CODEC_LEVEL_MAX = 22;

function readDictionary(options: Options, fail: Fail): boolean | "auto" {
  const { dictionary } = options;
  return typeof dictionary === "boolean" || dictionary === "auto"
    ? dictionary
    : fail(`dictionary must be true, false or auto, got ${shown(dictionary)}`);
}

function readBloomFilter(options: Options, fail: Fail): NonNullable<ReadOptions["bloomFilter"]> {
  if (typeof options["bloomFilter"] === "boolean")
    return flagOption(options, "bloomFilter", fail) ? { bloomFilterFpp: FPP_DEFAULT } : "none";
  const filter = checkOptionNames(options["bloomFilter"], ["fpp", "ndv"], (problem) => fail(`bloomFilter: ${problem}`));
  const fpp = filter["fpp"] ?? FPP_DEFAULT;
  if (typeof fpp !== "number" || !(fpp >= FPP_MIN && fpp <= FPP_MAX))
    return fail(`fpp must be a share, 0.000001 to 0.5, got ${shown(fpp)}`);
  return filter["ndv"] === undefined
    ? { bloomFilterFpp: fpp }
    : { bloomFilterFpp: fpp, bloomFilterNdv: integerOption(filter, "ndv", 1, NDV_MAX, fail) };
}

function checkEncoding({ encoding, dictionary }: ReadOptions, fail: Fail): void {
  if (encoding !== undefined && typeof dictionary === "boolean" && dictionary !== (encoding === "RLE_DICTIONARY"))
    fail(`dictionary: ${dictionary} contradicts encoding ${encoding}; leave one of them out`);
}

/** `value`: what was given for `parquet`, undefined for nothing. */
export function readColumnOptions(value: unknown, names: readonly string[], fail: Fail): ReadOptions {
  if (value === undefined) return {};
  const failHere: Fail = (problem) => fail(`parquet: ${problem}`);
  const options = checkOptionNames(value, names, failHere);
  const has = (name: string): boolean => options[name] !== undefined;
  const read: ReadOptions = {
    ...(has("encoding") && { encoding: choiceOption(options, "encoding", allEncodings, undefined, failHere) }),
    ...(has("dictionary") && { dictionary: readDictionary(options, failHere) }),
    ...(has("statistics") && { statistics: choiceOption(options, "statistics", statistics, undefined, failHere) }),
    ...(has("bloomFilter") && { bloomFilter: readBloomFilter(options, failHere) }),
    ...(has("codec") && { codec: choiceOption(options, "codec", codecNames, undefined, failHere) }),
    ...(has("codecLevel") && { codecLevel: integerOption(options, "codecLevel", CODEC_LEVEL_MIN, CODEC_LEVEL_MAX, failHere) }),
  };
  checkEncoding(read, failHere);
  if (read.codecLevel !== undefined && read.codec === undefined) failHere("codecLevel needs its codec");
  return read;
}

function encodingOf(own: ReadOptions, file: ReadOptions, physicalType: PhysicalType, fail: Fail): FieldDescriptor["encoding"] {
  const possible = encodingsOfType[physicalType];
  const wanted = own.encoding ?? (own.dictionary === true ? "RLE_DICTIONARY" : undefined);
  if (wanted !== undefined && !possible.includes(wanted))
    fail(`parquet: encoding ${wanted} cannot hold a ${physicalType} column; use ${possible.join(", ")}`);
  if (wanted !== undefined) return wanted;
  if (own.dictionary !== undefined) return own.dictionary === "auto" ? undefined : "AUTO_NO_DICTIONARY";
  if (file.encoding !== undefined && possible.includes(file.encoding)) return file.encoding;
  if (typeof file.dictionary !== "boolean" || physicalType === "BOOLEAN") return undefined;
  return file.dictionary ? "RLE_DICTIONARY" : "AUTO_NO_DICTIONARY";
}

function bloomFilterOf(own: ReadOptions, file: ReadOptions, physicalType: PhysicalType, fail: Fail): Partial<ColumnSettings> {
  const isPossible = physicalType !== "BOOLEAN";
  if (!isPossible && own.bloomFilter !== undefined && own.bloomFilter !== "none") fail("parquet: a bool needs no bloom filter; remove it");
  const wanted = own.bloomFilter ?? (isPossible ? file.bloomFilter : undefined);
  return wanted === undefined || wanted === "none" ? {} : wanted;
}

/** The field's own words, else those of the definition where the type can have them. */
export function columnSettings(own: ReadOptions, file: ReadOptions, physicalType: PhysicalType, fail: Fail): ColumnSettings {
  const encoding = encodingOf(own, file, physicalType, fail);
  return {
    ...(own.codec !== undefined && { codec: own.codec }),
    ...(own.codecLevel !== undefined && { codecLevel: own.codecLevel }),
    ...(encoding !== undefined && { encoding }),
    ...bloomFilterOf(own, file, physicalType, fail),
    statistics: (own.statistics ?? file.statistics ?? "page").toUpperCase() as Uppercase<"none" | "chunk" | "page">,
  };
}

/** An encoding of the definition that no column can have is a mistake. */
export function checkFileEncoding({ encoding }: ReadOptions, physicalTypes: readonly PhysicalType[], fail: Fail): void {
  if (encoding !== undefined && !physicalTypes.some((physicalType) => encodingsOfType[physicalType].includes(encoding)))
    fail(`parquet: encoding ${encoding} cannot hold any of the columns; remove it`);
}
