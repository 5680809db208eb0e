/** The keys of each block of the schema language: one table drives reading, unknown-key findings and the reference in docs/schema.md. */
import {
  charsets,
  decimalStorages,
  durabilities,
  encodingNames,
  enumStorages,
  fileLayouts,
  floatOrders,
  orphans,
  profileNames,
  setStorages,
  statisticsNames,
  unknownCodes,
} from "./words.js";

export type ValueKind =
  | "text"
  | "integer"
  | "boolean"
  | "mapping"
  | "sequence"
  | "scalar"
  | "scalar or mapping"
  | "text or mapping"
  | "integer or text"
  | "boolean or text"
  | "boolean or mapping";

export interface KeyRule {
  readonly kind: ValueKind;
  readonly required?: true;
  /** What to write where a required key is missing; choices speak for themselves. */
  readonly help?: string;
  /** Words allowed. */
  readonly choices?: readonly string[];
  /** Words that the language knows and this version does not. */
  readonly laterChoices?: readonly string[];
  readonly min?: bigint;
  readonly max?: bigint;
}

/** `later`: part of the language, not available in this version; the value is not looked at. */
export type KeyTable = Readonly<Record<string, KeyRule | "later">>;

const ID_MAX = 2n ** 31n - 1n;
const VERSION_MAX = 2n ** 32n - 1n;
const LENGTH_MAX = 65_535n;

const text: KeyRule = { kind: "text" };
const scalar: KeyRule = { kind: "scalar" };
/** A mapping only for intervals. */
const fieldValue: KeyRule = { kind: "scalar or mapping" };
const mapping: KeyRule = { kind: "mapping" };
/** A type by its name, or with its keys. */
const innerType: KeyRule = { kind: "text or mapping" };
/** A bare integer is told to take a unit. */
const duration: KeyRule = { kind: "integer or text" };
const version: KeyRule = { kind: "integer", min: 1n, max: VERSION_MAX };
const length: KeyRule = { kind: "integer", min: 1n, max: LENGTH_MAX };
const maxCount: KeyRule = {
  kind: "integer",
  min: 1n,
  max: LENGTH_MAX,
  help: "every record has room for so many elements, for example `max_count: 10`",
};

function required(rule: KeyRule): KeyRule {
  return { ...rule, required: true };
}

function choice(choices: readonly string[], laterChoices: readonly string[] = []): KeyRule {
  return { kind: "text", choices, laterChoices };
}

export const rootKeys = {
  pqflow: required({ kind: "scalar", help: "write `pqflow: 1`" }),
  name: required(text),
  id: { kind: "integer", min: 1n, max: ID_MAX },
  version: required({ ...version, help: "write `version: 1`" }),
  namespace: text,
  description: text,
  types: mapping,
  fields: required({ kind: "sequence" }),
  reserved: mapping,
  layout: mapping,
  parquet: mapping,
  sink: mapping,
  include: { kind: "sequence" },
  extends: text,
} as const satisfies KeyTable;

/** Keys of a file that others extend: all that makes fields. */
export const baseKeys = {
  pqflow: rootKeys.pqflow,
  name: text,
  version,
  description: text,
  types: rootKeys.types,
  fields: rootKeys.fields,
  reserved: rootKeys.reserved,
  include: rootKeys.include,
  extends: rootKeys.extends,
} as const satisfies KeyTable;

/** Keys of an included file: all that makes types. */
export const includedKeys = { pqflow: rootKeys.pqflow, types: rootKeys.types, include: rootKeys.include } as const satisfies KeyTable;

export const reservedKeys = { ids: { kind: "sequence" }, names: { kind: "sequence" } } as const satisfies KeyTable;

/** Keys of every field, beside those of its type. */
export const fieldKeys = {
  name: required(text),
  id: required({ kind: "integer", min: 1n, max: ID_MAX, help: "give it a number that no other field has or had" }),
  type: required(text),
  c_name: text,
  presence: choice(["required", "optional", "constant"]),
  value: fieldValue,
  default_value: fieldValue,
  since_version: version,
  deprecated: mapping,
  source: choice(["clock", "sequence"]),
} as const satisfies KeyTable;

const { id: _id, source: _source, ...unnumberedKeys } = fieldKeys;

/** Keys of a field of a struct: as of any field, but it needs no id, and the caller gives it. */
export const memberKeys = { ...unnumberedKeys, id: { kind: "integer", min: 1n, max: ID_MAX } } as const satisfies KeyTable;

/** Keys of what a list is `of`, of the `key` and the `value` of a map. */
export const elementKeys = {
  type: fieldKeys.type,
  id: memberKeys.id,
  presence: fieldKeys.presence,
  value: fieldValue,
  since_version: version,
  deprecated: mapping,
} as const satisfies KeyTable;

/** Keys that a named type and a field of any type share; the field's word wins. */
export const sharedKeys = {
  description: text,
  semantic_type: text,
  unit_of_measure: text,
  parquet: mapping,
} as const satisfies KeyTable;

export const valueKeys = { null_value: scalar, min_value: scalar, max_value: scalar } as const satisfies KeyTable;

const limitKeys = { min_value: scalar, max_value: scalar } as const;
const timeKeys = {
  unit: required({ kind: "text", help: "write `unit: ms`, `unit: us` or `unit: ns`" }),
  utc: { kind: "boolean" },
  ...limitKeys,
} as const;

/** Keys by built-in type. `null_value` stands in every table: types that cannot have one say so themselves. */
export const typeKeys = {
  bool: {},
  int8: limitKeys,
  int16: limitKeys,
  int32: limitKeys,
  int64: limitKeys,
  uint8: limitKeys,
  uint16: limitKeys,
  uint32: limitKeys,
  uint64: limitKeys,
  float16: limitKeys,
  float: limitKeys,
  double: limitKeys,
  decimal: {
    precision: required({ kind: "integer" }),
    scale: { kind: "integer" },
    storage: choice(decimalStorages),
    stored_as: choice(["BYTE_ARRAY"]),
    ...limitKeys,
  },
  date: limitKeys,
  time: timeKeys,
  timestamp: timeKeys,
  int96: limitKeys,
  interval: {},
  string: { length, max_length: length, pad: text, charset: choice(charsets) },
  json: { max_length: required(length) },
  bson: { max_length: required(length) },
  bytes: { max_length: required(length) },
  fixed: { length: required(length) },
  uuid: {},
  enum: {
    storage: required(choice(enumStorages)),
    stored_as: choice(["name", "code"]),
    values: required({ kind: "sequence" }),
    unknown: choice(unknownCodes),
  },
  set: { storage: required(choice(setStorages)), values: required({ kind: "sequence" }) },
  unknown: {},
  struct: { fields: required({ kind: "sequence" }) },
  list: { of: required(innerType), max_count: required(maxCount) },
  map: { key: required(innerType), value: required(innerType), max_count: required(maxCount) },
} as const satisfies Readonly<Record<string, KeyTable>>;

export type BuiltInType = keyof typeof typeKeys;
export const builtInTypes = Object.keys(typeKeys) as readonly BuiltInType[];

/** Types made of further fields; named-types.ts reads them, since their fields have types again. */
export const groupTypes = ["struct", "list", "map"] as const satisfies readonly BuiltInType[];

export const enumValueKeys = {
  name: required(text),
  value: required(scalar),
  description: text,
  since_version: version,
} as const satisfies KeyTable;

const count: KeyRule = { kind: "integer", min: 0n, max: 2n ** 32n - 1n };
export const intervalKeys = { months: count, days: count, milliseconds: count } as const satisfies KeyTable;

export const setChoiceKeys = {
  name: required(text),
  bit: required({ kind: "integer" }),
  description: text,
  since_version: version,
} as const satisfies KeyTable;

export const deprecatedKeys = { since_version: required(version), note: text } as const satisfies KeyTable;

export const layoutKeys = {
  packing: choice(["natural", "packed"]),
  reorder: { kind: "boolean" },
  align: { kind: "integer" },
} as const satisfies KeyTable;

const statistics = choice(statisticsNames);
/** `auto`: the writer chooses. */
const dictionary: KeyRule = { kind: "boolean or text", choices: ["auto"] };
const compression: KeyRule = { kind: "text or mapping" };

const encoding = choice(encodingNames);
const bloomFilter: KeyRule = { kind: "boolean or mapping" };

export const fieldParquetKeys = {
  compression,
  encoding,
  dictionary,
  statistics,
  bloom_filter: bloomFilter,
} as const satisfies KeyTable;

export const fileParquetKeys = {
  profile: choice(profileNames),
  compression,
  encoding,
  dictionary,
  statistics,
  bloom_filter: bloomFilter,
  data_page_rows: { kind: "integer", min: 1n, max: 2n ** 20n },
  data_page_size: { kind: "integer or text" },
  data_page_version: { kind: "integer", min: 1n, max: 2n },
  float_order: choice(floatOrders),
  row_group: mapping,
  key_value_metadata: mapping,
  arrow_schema: { kind: "boolean" },
  sorting_columns: { kind: "sequence" },
} as const satisfies KeyTable;

export const bloomFilterKeys = { fpp: scalar, ndv: { kind: "integer", min: 1n, max: 2n ** 26n } } as const satisfies KeyTable;

export const sortingColumnKeys = {
  field: required(text),
  descending: { kind: "boolean" },
  nulls_first: { kind: "boolean" },
} as const satisfies KeyTable;

export const compressionKeys = { codec: required(text), level: { kind: "integer" } } as const satisfies KeyTable;

export const rowGroupKeys = {
  rows: { kind: "integer", min: 1n, max: 2n ** 24n },
  bytes: { kind: "integer or text" },
} as const satisfies KeyTable;

export const sinkKeys = {
  ring: mapping,
  file: mapping,
  flush_interval: duration,
  journal_interval: duration,
  encoder_threads: { kind: "integer", min: 1n, max: 8n },
  durability: choice(durabilities),
  orphans: choice(orphans),
} as const satisfies KeyTable;

export const ringKeys = {
  slots: { kind: "integer" },
  on_full: choice(["drop"], ["block", "overwrite"]),
  dir: text,
} as const satisfies KeyTable;

export const fileKeys = { path: text, layout: choice(fileLayouts), manifest: text, rotate: mapping } as const satisfies KeyTable;

export const rotateKeys = {
  bytes: { kind: "integer or text" },
  rows: { kind: "integer", min: 1n, max: 2n ** 40n },
  interval: duration,
  clock: duration,
} as const satisfies KeyTable;
