/** What a generated class hands to the runtime: the mirror of pqflow/descriptor.h with names where C has enumerations. */

const physicalTypes = {
  BOOLEAN: 0,
  INT32: 1,
  INT64: 2,
  INT96: 3,
  FLOAT: 4,
  DOUBLE: 5,
  BYTE_ARRAY: 6,
  FIXED_LEN_BYTE_ARRAY: 7,
  NONE: 255,
} as const;
const logicalTypes = {
  NONE: 0,
  STRING: 1,
  MAP: 2,
  LIST: 3,
  DECIMAL: 5,
  DATE: 6,
  TIME: 7,
  TIMESTAMP: 8,
  INTERVAL: 9,
  INTEGER: 10,
  UNKNOWN: 11,
  JSON: 12,
  BSON: 13,
  UUID: 14,
  FLOAT16: 15,
} as const;
const repetitions = { REQUIRED: 0, OPTIONAL: 1, REPEATED: 2 } as const;
const timeUnits = { NONE: 0, MILLIS: 1, MICROS: 2, NANOS: 3 } as const;
const nullKinds = { NEVER: 0, BIT: 1, SENTINEL: 2, NAN: 3, ALWAYS: 4 } as const;
const unknownCodes = { INVALID: 0, NULL: 1 } as const;
const encodings = {
  PLAIN: 0,
  RLE: 3,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  DELTA_BYTE_ARRAY: 7,
  RLE_DICTIONARY: 8,
  BYTE_STREAM_SPLIT: 9,
  AUTO_NO_DICTIONARY: 254,
  AUTO: 255,
} as const;
const statistics = { NONE: 0, CHUNK: 1, PAGE: 2 } as const;
const storages = {
  NONE: 0,
  BOOL: 1,
  INT8: 2,
  INT16: 3,
  INT32: 4,
  INT64: 5,
  UINT8: 6,
  UINT16: 7,
  UINT32: 8,
  UINT64: 9,
  FLOAT: 10,
  DOUBLE: 11,
  FIXED_BYTES: 12,
  PADDED_TEXT: 13,
  COUNTED_8: 14,
  COUNTED_16: 15,
  FLOAT16: 16,
} as const;
/** Parquet's codec numbers. */
export const codecs = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6, LZ4_RAW: 7 } as const;
/** In a field: the file's codec. In the schema's defaults: the runtime's. */
const CODEC_FROM_FILE = 255;
/** PQFLOW_CODEC_LEVEL_DEFAULT: the codec's own level. */
export const CODEC_LEVEL_DEFAULT = -(2 ** 31);

export type CodecName = keyof typeof codecs;
export const floatOrders = { TYPE_ORDER: 1, IEEE_754_TOTAL_ORDER: 2 } as const;
export type FloatOrder = keyof typeof floatOrders;
export const fileLayouts = { classic: 1, live: 2 } as const;
export type FileLayout = keyof typeof fileLayouts;
export const durabilities = { file: 1, process: 2, sync: 3, journal: 4 } as const;
export type Durability = keyof typeof durabilities;
export const orphanChoices = { ignore: 1, report: 2, recover: 3 } as const;
export type Orphans = keyof typeof orphanChoices;
export const profiles = { small: 0, fast: 1, widest: 2 } as const;
export type ProfileName = keyof typeof profiles;

/** One node of the column tree; the tree is listed depth first, nested types as descriptor.h says. Absent members are 0 or none. */
export interface FieldDescriptor {
  readonly name: string;
  /** Absent: none. */
  readonly fieldId?: number;
  readonly childCount?: number;
  readonly physicalType: keyof typeof physicalTypes;
  readonly logicalType?: keyof typeof logicalTypes;
  readonly repetition: keyof typeof repetitions;
  readonly storage: keyof typeof storages;
  /** From the start of the record. */
  readonly offsetBytes?: number;
  /** In the record, a length prefix included. Of a struct, list or map: all its bytes. */
  readonly widthBytes?: number;
  /** A REPEATED group: elements that there is room for. */
  readonly maxElementCount?: number;
  /** A REPEATED group: from one element to the next. */
  readonly elementStrideBytes?: number;
  readonly typeLengthBytes?: number;
  readonly nullKind?: keyof typeof nullKinds;
  readonly nullByteOffsetBytes?: number;
  readonly nullBitIndex?: number;
  readonly nullBitWhenPresent?: number;
  /** The sentinel as it lies in the record, little-endian. */
  readonly nullValueBits?: bigint;
  readonly maxDefinitionLevel?: number;
  readonly maxRepetitionLevel?: number;
  readonly timeUnit?: keyof typeof timeUnits;
  readonly isAdjustedToUtc?: boolean;
  readonly integerBitWidth?: number;
  readonly integerIsSigned?: boolean;
  readonly decimalPrecision?: number;
  readonly decimalScale?: number;
  readonly padByte?: number;
  /** Codes written as names, or looked up; absent: any code. */
  readonly enumValues?: readonly { readonly code: bigint; readonly name: string }[];
  /** What becomes of a code that is none of enumValues. */
  readonly unknownCode?: keyof typeof unknownCodes;
  /** presence: constant. PLAIN bytes without a length prefix, in hexadecimal digits. */
  readonly constantHex?: string;
  readonly codec?: CodecName;
  /** Absent: the codec's own default. */
  readonly codecLevel?: number;
  /** Absent: AUTO, the writer chooses by the data. */
  readonly encoding?: keyof typeof encodings;
  /** Absent: no bloom filter. */
  readonly bloomFilterFpp?: number;
  /** Absent: as many as a row group turns out to have. */
  readonly bloomFilterNdv?: number;
  readonly statistics: keyof typeof statistics;
}

/** The schema's own defaults; what is absent takes the runtime's. */
export interface DescriptorDefaults {
  readonly path?: string;
  readonly manifest?: string;
  readonly rowGroupBytes?: number;
  readonly rowGroupRows?: number;
  readonly ringSlotsCount?: number;
  readonly flushIntervalNs?: number;
  readonly rotateBytes?: number;
  readonly rotateRows?: number;
  readonly rotateIntervalNs?: number;
  readonly rotateClockNs?: number;
  readonly journalIntervalNs?: number;
  readonly encoderThreads?: number;
  readonly pageRows?: number;
  readonly pageBytes?: number;
  readonly dataPageVersion?: 1 | 2;
  readonly floatOrder?: FloatOrder;
  readonly layout?: FileLayout;
  readonly durability?: Durability;
  readonly orphans?: Orphans;
  readonly ringDir?: string;
  readonly profile?: ProfileName;
  readonly codec?: CodecName;
  /** Absent: the codec's own default. */
  readonly codecLevel?: number;
}

export interface SortingColumn {
  /** Of a leaf, in file order. */
  readonly columnIndex: number;
  readonly descending?: boolean;
  readonly nullsFirst?: boolean;
}

export interface Descriptor {
  /** PQFLOW_ABI_VERSION the code was generated for. */
  readonly abiVersion: number;
  readonly name: string;
  readonly schemaVersion: number;
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly slotSizeBytes: number;
  readonly layoutFingerprint: bigint;
  readonly schemaFingerprint: bigint;
  readonly fields: readonly FieldDescriptor[];
  readonly keyValues: readonly { readonly key: string; readonly value: string }[];
  /** Rows are expected in this order. */
  readonly sortingColumns?: readonly SortingColumn[];
  readonly defaults: DescriptorDefaults;
  /** Resolved schema, stored in the file. */
  readonly schemaJson: string;
}

function nativeCodec(codec: CodecName | undefined): number {
  return codec === undefined ? CODEC_FROM_FILE : codecs[codec];
}

/** Camel-case mirror of pqflow_descriptor and pqflow_field with enumerations as numbers. */
export type NativeDescriptor = Readonly<Record<string, unknown>>;

function nativeField(field: FieldDescriptor): NativeDescriptor {
  return {
    ...field,
    member: field.storage === "NONE" ? undefined : field.name,
    constantValue: field.constantHex === undefined ? undefined : Uint8Array.from(Buffer.from(field.constantHex, "hex")),
    physicalType: physicalTypes[field.physicalType],
    logicalType: logicalTypes[field.logicalType ?? "NONE"],
    repetition: repetitions[field.repetition],
    storage: storages[field.storage],
    nullKind: nullKinds[field.nullKind ?? "NEVER"],
    timeUnit: timeUnits[field.timeUnit ?? "NONE"],
    isAdjustedToUtc: Number(field.isAdjustedToUtc ?? false),
    integerIsSigned: Number(field.integerIsSigned ?? false),
    unknownCode: unknownCodes[field.unknownCode ?? "INVALID"],
    codec: nativeCodec(field.codec),
    codecLevel: field.codecLevel ?? CODEC_LEVEL_DEFAULT,
    encoding: encodings[field.encoding ?? "AUTO"],
    statistics: statistics[field.statistics],
  };
}

export function nativeDescriptor(descriptor: Descriptor): NativeDescriptor {
  const { defaults } = descriptor;
  return {
    ...descriptor,
    fields: descriptor.fields.map(nativeField),
    sortingColumns: (descriptor.sortingColumns ?? []).map(({ columnIndex, descending, nullsFirst }) => ({
      columnIndex,
      isDescending: Number(descending ?? false),
      isNullsFirst: Number(nullsFirst ?? false),
    })),
    defaults: {
      ...defaults,
      profile: profiles[defaults.profile ?? "small"],
      floatOrder: defaults.floatOrder === undefined ? 0 : floatOrders[defaults.floatOrder],
      layout: defaults.layout === undefined ? 0 : fileLayouts[defaults.layout],
      durability: defaults.durability === undefined ? 0 : durabilities[defaults.durability],
      orphans: defaults.orphans === undefined ? 0 : orphanChoices[defaults.orphans],
      codec: nativeCodec(defaults.codec),
      codecLevel: defaults.codecLevel ?? CODEC_LEVEL_DEFAULT,
    },
  };
}
