/** pqflow for Node.js. Generated classes import from here. */
export { buildInfo } from "./binding.js";
export type { BloomFilterOptions, ColumnOptions, EncodingName, FieldColumnOptions } from "./define/column-options.js";
export type { DefinedOptions } from "./define/defaults.js";
export { defineSchema, type RecordOf, type Schema, type SchemaDefinition } from "./define/define-schema.js";
export {
  bool,
  bson,
  bytes,
  date,
  decimal,
  type DecimalOptions,
  double,
  enumeration,
  type EnumOptions,
  type FieldOptions,
  fixed,
  float,
  float16,
  type FloatOptions,
  int8,
  int16,
  int32,
  int64,
  int96,
  interval,
  json,
  type LimitOptions,
  optional,
  type OptionalOptions,
  set,
  type SetOptions,
  type SetType,
  string,
  type StringOptions,
  time,
  type TimeOptions,
  timestamp,
  uint8,
  uint16,
  uint32,
  uint64,
  uuid,
} from "./define/field-types.js";
export type { Fields, FieldType, OptionalField } from "./define/model.js";
export type { SchemaSink } from "./define/schema-sink.js";
export type { SortingOptions } from "./define/sorting.js";
export { decimalFromString, decimalToString } from "./decimal.js";
export type { CodecName, Descriptor, DescriptorDefaults, FieldDescriptor } from "./descriptor.js";
export { PqflowError, type PqflowErrorCode } from "./error.js";
export type { FileEnd, FinishedFile } from "./finished-file.js";
export { float16FromBits } from "./float16.js";
export type { Interval } from "./interval.js";
export { defaultOptions, type DefaultOptions, type SinkOptions } from "./options.js";
export { RecordSink, type RecordSinkEvents } from "./record-sink.js";
export type { Orphan, OrphanAction, OrphanReason, OrphanState } from "./orphan.js";
export { recover, type RecoverOptions, type RecoveryReport } from "./recover.js";
export { combineChoices, hasChoice } from "./sets.js";
export type { SharedSink } from "./shared-sink.js";
export type { FileCall, SinkState, SinkStats, StatsFormat } from "./stats.js";

// For generated code.
export { readClock } from "./clock.js";
export type { LaneWriter } from "./lane-writer.js";
export { readInterval, storeInterval } from "./interval.js";
export { countElements, growthError, inPath, keyText, mapEntries, recordEntries } from "./nested.js";
export { attachSink, openSink, type OpenedSink } from "./open-sink.js";
export { storeBson, storeCountedBytes, storeFixedBytes, storeUuid, storeWideDecimal } from "./store-bytes.js";
export { storeDouble, storeFloat, storeFloat16 } from "./store-floats.js";
export { isInt64, isUint64, storeInt64, storeUint64, toSmallInteger } from "./store-integers.js";
export { checkAscii, jsonText, storeCountedText, storePaddedText, storePaddedText8 } from "./store-text.js";
export { dateToDays, dateToMicroseconds, dateToMilliseconds, dateToNanoseconds } from "./temporal.js";
export { bigIntegerError, enumCodeError, enumError, integerError, limitError, typeError } from "./value-errors.js";
