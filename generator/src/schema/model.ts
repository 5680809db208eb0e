/** The meaning of a record schema: named types resolved, values checked, no bytes and no target language. */
import type { Span } from "../diagnostics/model.js";

export type TimeUnit = "ms" | "us" | "ns";
export type IntegerBits = 8 | 16 | 32 | 64;
/** What the C struct holds for an enum: `char` is a one-byte character code. */
export type EnumStorage = "char" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64";
export type SetStorage = "uint8" | "uint16" | "uint32" | "uint64";

export interface EnumValue {
  readonly name: string;
  /** For storage `char`: the character's code. */
  readonly value: bigint;
  readonly description?: string;
  readonly sinceVersion?: number;
}

export interface SetChoice {
  readonly name: string;
  readonly bit: number;
  readonly description?: string;
  readonly sinceVersion?: number;
}

/** How the bytes of a text or byte string lie in the record. */
export type ByteLength =
  | { readonly mode: "fixed"; readonly lengthBytes: number; readonly padByte: number }
  | { readonly mode: "bounded"; readonly maxLengthBytes: number };

/** What becomes of a code that is none of an enum's values. */
export type UnknownCodes = "reject" | "null" | "keep";

export type FieldType =
  | { readonly kind: "bool" }
  | { readonly kind: "integer"; readonly bits: IntegerBits; readonly signed: boolean }
  /** In the record as its 16 bits. */
  | { readonly kind: "float16" }
  | { readonly kind: "float" }
  | { readonly kind: "double" }
  /** `lengthBytes` only with storage `fixed`. `storedAs`: the physical type of the column, absent for that of the storage. */
  | {
      readonly kind: "decimal";
      readonly precision: number;
      readonly scale: number;
      readonly storage: "int32" | "int64" | "fixed";
      readonly lengthBytes: number;
      readonly storedAs?: "BYTE_ARRAY";
    }
  | { readonly kind: "date" }
  | { readonly kind: "time"; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly kind: "timestamp"; readonly unit: TimeUnit; readonly utc: boolean }
  /** Nanoseconds since 1970-01-01 in the record. */
  | { readonly kind: "int96" }
  | { readonly kind: "interval" }
  | { readonly kind: "string"; readonly length: ByteLength; readonly charset: "utf8" | "ascii" }
  | { readonly kind: "json"; readonly length: ByteLength }
  | { readonly kind: "bson"; readonly maxLengthBytes: number }
  | { readonly kind: "bytes"; readonly maxLengthBytes: number }
  | { readonly kind: "fixed"; readonly lengthBytes: number }
  | { readonly kind: "uuid" }
  | {
      readonly kind: "enum";
      readonly storage: EnumStorage;
      readonly storedAs: "name" | "code";
      readonly unknown: UnknownCodes;
      readonly values: readonly EnumValue[];
    }
  | { readonly kind: "set"; readonly storage: SetStorage; readonly choices: readonly SetChoice[] }
  /** No row has a value. */
  | { readonly kind: "unknown" }
  | { readonly kind: "struct"; readonly fields: readonly Field[] }
  /** `element` is a field of that name: required or optional. */
  | { readonly kind: "list"; readonly element: Field; readonly maxCount: number }
  /** Fields `key`, required, and `value`, required or optional. */
  | { readonly kind: "map"; readonly key: Field; readonly value: Field; readonly maxCount: number };

/** Types whose fields lie below them in the file. A named type is one object, however many fields are of it. */
export type GroupType = Extract<FieldType, { readonly kind: "struct" | "list" | "map" }>;

/** A value written in the schema. Integers (enum codes, dates, times, unscaled decimals included) are bigint; text is string; bytes are Uint8Array, an interval its 12 bytes. */
export type SchemaValue = bigint | number | boolean | string | Uint8Array;

export type Presence =
  | { readonly kind: "required" }
  /** Null is one bit of the record's `valid` bitmap. */
  | { readonly kind: "optional"; readonly nullBy: "bit" }
  /** Null is a value of the field; `"nan"` means every NaN of a float16, float or double. */
  | { readonly kind: "optional"; readonly nullBy: "value"; readonly nullValue: bigint | number | "nan" }
  /** Null in every row, by type `unknown`: no bytes in the record. */
  | { readonly kind: "optional"; readonly nullBy: "always" }
  /** No bytes in the record; every row of the file has this value. */
  | { readonly kind: "constant"; readonly value: SchemaValue };

export type CodecName = "UNCOMPRESSED" | "SNAPPY" | "GZIP" | "BROTLI" | "ZSTD" | "LZ4_RAW";

export interface Compression {
  readonly codec: CodecName;
  /** Absent: the codec's default. */
  readonly level?: number;
}

/** Of nothing but counts, of column chunks, of their pages too. */
export type StatisticsName = "none" | "chunk" | "page";

export type EncodingName =
  "PLAIN" | "RLE" | "RLE_DICTIONARY" | "DELTA_BINARY_PACKED" | "DELTA_LENGTH_BYTE_ARRAY" | "DELTA_BYTE_ARRAY" | "BYTE_STREAM_SPLIT";

export interface FieldParquetOptions {
  readonly compression?: Compression;
  /** Absent: the writer chooses by the data. */
  readonly encoding?: EncodingName;
  /** True: RLE_DICTIONARY; false: the writer chooses among the others; auto: among all. Absent: as the file says. */
  readonly dictionary?: boolean | "auto";
  /** Where `encoding`, else `dictionary`, is written, for findings that need the physical type. */
  readonly encodingSpan?: Span;
  readonly statistics?: StatisticsName;
  /** Absent: as the file says. */
  readonly bloomFilter?: BloomFilter | "none";
}

export interface BloomFilter {
  /** Share of values that are not in a column chunk and pass all the same. */
  readonly fpp: number;
  /** Distinct values expected in a row group; absent: as many as it turns out to have. */
  readonly ndv?: number;
  /** Span of the key, for findings that need the physical type. */
  readonly span: Span;
}

export interface SortingColumn {
  readonly field: string;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly span: Span;
}

/** What fills a field when a record is logged: the time of day in UTC, or the record's number in its lane, from 0. */
export type Source = "clock" | "sequence";

export interface Field {
  readonly name: string;
  /** Explicit `c_name:`; the plan chooses otherwise. */
  readonly cName?: string;
  /** Every field of the record has one; fields inside of others may. */
  readonly id?: number;
  /** Where the id is written. */
  readonly idSpan?: Span;
  readonly type: FieldType;
  /** Name under `types:` when the field was declared with one. */
  readonly typeName?: string;
  readonly presence: Presence;
  /** With one, the field is required, without default and limits, and not the caller's. */
  readonly source?: Source;
  /** What reserve and `<schema>_record_init` store, and TypeScript where the key is left out. Never with a constant. */
  readonly defaultValue?: SchemaValue;
  readonly minValue?: bigint | number;
  readonly maxValue?: bigint | number;
  readonly description?: string;
  readonly unitOfMeasure?: string;
  readonly semanticType?: string;
  readonly sinceVersion?: number;
  readonly deprecated?: { readonly sinceVersion: number; readonly note?: string };
  readonly parquet: FieldParquetOptions;
  /** Span of the field's name, or of the type of an element, key or value; for diagnostics of later stages. */
  readonly span: Span;
}

export interface LayoutOptions {
  readonly packing: "natural" | "packed";
  readonly reorder: boolean;
  /** Alignment of the whole record in bytes, a power of two ≤ 128; absent: that of the widest member. */
  readonly alignBytes?: number;
  /** Span of `align` or `reorder` as written, for diagnostics of the layout stage. */
  readonly alignSpan?: Span;
  readonly reorderSpan?: Span;
}

export type ProfileName = "small" | "fast" | "widest";

/** Of the bounds of floating columns (parquet.thrift, ColumnOrder). */
export type FloatOrder = "TYPE_ORDER" | "IEEE_754_TOTAL_ORDER";

export interface FileParquetOptions {
  /** Absent: small. */
  readonly profile?: ProfileName;
  readonly compression?: Compression;
  readonly statistics: StatisticsName;
  readonly pageRows?: number;
  readonly pageBytes?: number;
  /** 1 or 2. */
  readonly dataPageVersion?: number;
  /** Absent: TYPE_ORDER. */
  readonly floatOrder?: FloatOrder;
  readonly rowGroupRows?: number;
  readonly rowGroupBytes?: number;
  /** For fields that name neither encoding nor dictionary, and whose type can have it. */
  readonly encoding?: EncodingName;
  /** Where `encoding` is written. */
  readonly encodingSpan?: Span;
  /** For fields that name neither, and for which `encoding` is not. Absent: the writer chooses. */
  readonly dictionary?: boolean;
  /** For fields that say nothing of it, `bool` and `unknown` left out. */
  readonly bloomFilter?: BloomFilter;
  /** The first decides, the next among its equals. */
  readonly sortingColumns: readonly SortingColumn[];
  /** Files carry the record's Arrow schema. Absent: they do not. */
  readonly arrowSchema?: true;
  /** In the order written. */
  readonly keyValueMetadata: readonly (readonly [key: string, value: string])[];
}

/** How a file lies on the disk while it is written. */
export type FileLayout = "classic" | "live";

/** What outlives the process: what is written, or every record that was accepted. */
export type Durability = "file" | "process" | "sync" | "journal";
/** What open does with what killed captures of the same path left. */
export type Orphans = "ignore" | "report" | "recover";

export interface SinkOptions {
  readonly ringSlots?: number;
  /** Folder of the ring's file, from durability `process` on. Absent: /dev/shm. */
  readonly ringDir?: string;
  /** Absent: `process` where that can be, else `file`. */
  readonly durability?: Durability;
  /** Absent: report. */
  readonly orphans?: Orphans;
  /** Path template; see `path` of pqflow_options. */
  readonly filePath?: string;
  /** Path template of the list of finished files. Absent: there is none. */
  readonly manifest?: string;
  /** Absent: a row group is written when it is full. */
  readonly flushIntervalNs?: number;
  /** Who encodes row groups. 1: the writer thread; more: as many threads beside it. */
  readonly encoderThreads?: number;
  /** What ends a file; absent ones do not. */
  readonly rotateBytes?: number;
  readonly rotateRows?: number;
  readonly rotateIntervalNs?: number;
  /** Divides a day. */
  readonly rotateClockNs?: number;
  /** Between two syncs of the journal, with durability `journal`. */
  readonly journalIntervalNs?: number;
  /** Absent: live. */
  readonly fileLayout?: FileLayout;
}

export interface Schema {
  readonly name: string;
  readonly id?: number;
  readonly version: number;
  /** C++ namespace, dotted segments. */
  readonly namespace?: readonly string[];
  readonly description?: string;
  /** In the order of the list: column order of the file. */
  readonly fields: readonly Field[];
  readonly reserved: { readonly ids: readonly number[]; readonly names: readonly string[] };
  readonly layout: LayoutOptions;
  readonly parquet: FileParquetOptions;
  readonly sink: SinkOptions;
  /** Span of the schema's name. */
  readonly span: Span;
}
