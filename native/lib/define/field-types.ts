/** The functions that name a field's type. They keep what they are given; defineSchema checks it, because it knows the field's name. */
import type { Interval } from "../interval.js";
import type { FieldColumnOptions } from "./column-options.js";
import type { FieldType, OptionalField } from "./model.js";
import type { TypeName } from "./type-table.js";
import type { TimeUnit } from "./time-types.js";

/** What every field can say. */
export interface FieldOptions {
  /** Parquet field_id, once in a schema; all fields have one or none: then they are counted from 1. */
  readonly id?: number;
  readonly description?: string;
  /** Such as "ms" or "USD"; in the file's metadata. */
  readonly unitOfMeasure?: string;
  /** How the column is written. */
  readonly parquet?: FieldColumnOptions;
}

function fieldType<Value>(kind: TypeName, options: object = {}): FieldType<Value> {
  return { kind, options: { ...options } };
}

type Wide = bigint | number;

/** What is outside of the limits is refused. Unscaled, in the field's unit. */
export interface LimitOptions extends FieldOptions {
  readonly minValue?: Wide;
  readonly maxValue?: Wide;
}

export interface FloatOptions extends FieldOptions {
  readonly minValue?: number;
  readonly maxValue?: number;
}

export const bool = (options?: FieldOptions): FieldType<boolean> => fieldType("bool", options);
export const int8 = (options?: LimitOptions): FieldType<number> => fieldType("int8", options);
export const int16 = (options?: LimitOptions): FieldType<number> => fieldType("int16", options);
export const int32 = (options?: LimitOptions): FieldType<number> => fieldType("int32", options);
export const int64 = (options?: LimitOptions): FieldType<Wide> => fieldType("int64", options);
export const uint8 = (options?: LimitOptions): FieldType<number> => fieldType("uint8", options);
export const uint16 = (options?: LimitOptions): FieldType<number> => fieldType("uint16", options);
export const uint32 = (options?: LimitOptions): FieldType<number> => fieldType("uint32", options);
export const uint64 = (options?: LimitOptions): FieldType<Wide> => fieldType("uint64", options);
export const float16 = (options?: FloatOptions): FieldType<number> => fieldType("float16", options);
export const float = (options?: FloatOptions): FieldType<number> => fieldType("float", options);
export const double = (options?: FloatOptions): FieldType<number> => fieldType("double", options);
export const date = (options?: LimitOptions): FieldType<number | Date> => fieldType("date", options);
export const uuid = (options?: FieldOptions): FieldType<string | Uint8Array> => fieldType("uuid", options);

/** Nanoseconds since 1970-01-01 or a Date, in a legacy type: for readers that know no other. */
export const int96 = (options?: LimitOptions): FieldType<Wide | Date> => fieldType("int96", options);
export const interval = (options?: FieldOptions): FieldType<Interval> => fieldType("interval", options);

export interface DecimalOptions extends LimitOptions {
  /** Absent: the smallest that holds the digits. */
  readonly storage?: "int32" | "int64" | "fixed";
  /** The column's physical type, where it is not that of the storage. */
  readonly storedAs?: "BYTE_ARRAY";
}

/** Logged as unscaled integers: 1.23 with scale 2 is 123. */
export function decimal(precision: number, scale = 0, options: DecimalOptions = {}): FieldType<Wide> {
  return fieldType("decimal", { ...options, precision, scale });
}

export interface TimeOptions extends LimitOptions {
  /** Instants of UTC instead of local times. */
  readonly utc?: boolean;
}

/** Ticks since midnight. */
export function time<Unit extends TimeUnit>(unit: Unit, options: TimeOptions = {}): FieldType<Unit extends "ms" ? number : Wide> {
  return fieldType("time", { ...options, unit });
}

/** Ticks since 1970-01-01, or a Date. */
export function timestamp(unit: TimeUnit, options: TimeOptions = {}): FieldType<Wide | Date> {
  return fieldType("timestamp", { ...options, unit });
}

/** Lengths are bytes of UTF-8. `length`: a fixed place, filled with `pad` (default zero); `maxLength`: a length before the text. */
export type StringOptions = FieldOptions & {
  /** `ascii` refuses other text. Default utf8. */
  readonly charset?: "utf8" | "ascii";
} & (
    | { readonly length: number; readonly pad?: string; readonly maxLength?: never }
    | { readonly maxLength: number; readonly length?: never; readonly pad?: never }
  );

export function string(options: StringOptions): FieldType<string> {
  return fieldType("string", options);
}

/** JSON text, or an object that becomes it. */
export function json(options: FieldOptions & { readonly maxLength: number }): FieldType<string | object> {
  return fieldType("json", options);
}

/** A BSON document: its frame is checked. */
export function bson(options: FieldOptions & { readonly maxLength: number }): FieldType<Uint8Array> {
  return fieldType("bson", options);
}

/** Up to `maxLength` bytes. */
export function bytes(options: FieldOptions & { readonly maxLength: number }): FieldType<Uint8Array> {
  return fieldType("bytes", options);
}

/** Exactly `length` bytes. */
export function fixed(length: number, options: FieldOptions = {}): FieldType<Uint8Array> {
  return fieldType("fixed", { ...options, length });
}

type WideStorage = "int64" | "uint64";

export interface EnumOptions<Storage extends string> extends FieldOptions {
  /** How the code lies in the record. Default int32. */
  readonly storage?: Storage;
  /** What the column holds. Default name. */
  readonly storedAs?: "name" | "code";
  /** Codes that are none of the names: refused, null in an optional field, or kept. Default: names reject, codes keep. */
  readonly unknown?: "reject" | "null" | "keep";
}

/** Names and their codes: enumeration({ bid: 0, ask: 1 }). Logged by name or by code. */
export function enumeration<
  const Codes extends Readonly<Record<string, number | bigint>>,
  Storage extends "int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32" | WideStorage = "int32",
>(values: Codes, options: EnumOptions<Storage> = {}): FieldType<(keyof Codes & string) | (Storage extends WideStorage ? bigint : number)> {
  return fieldType("enum", { ...options, values });
}

export interface SetOptions<Storage extends string> extends FieldOptions {
  /** How the bits lie in the record. Default uint32. */
  readonly storage?: Storage;
}

/** A set's type, with the mask of each choice for combineChoices and hasChoice. */
export interface SetType<Name extends string, Value extends Wide, Mask extends Wide> extends FieldType<Value> {
  readonly masks: Readonly<Record<Name, Mask>>;
}

/** Names and their bits: set({ last: 0, snapshot: 1 }). Logged as an integer with one bit per choice. */
export function set<
  const Bits extends Readonly<Record<string, number>>,
  Storage extends "uint8" | "uint16" | "uint32" | "uint64" = "uint32",
>(
  values: Bits,
  options: SetOptions<Storage> = {},
): SetType<keyof Bits & string, Storage extends "uint64" ? Wide : number, Storage extends "uint64" ? bigint : number> {
  const isWide = options.storage === "uint64";
  const masks = Object.entries(values).map(([name, bit]) => [name, isWide ? 1n << BigInt(bit) : 2 ** bit]);
  return { ...fieldType("set", { ...options, values }), masks: Object.fromEntries(masks) };
}

export interface OptionalOptions {
  /** Null is this value of the field instead of a bit of the record; NaN: any NaN. It is null also when it is logged. */
  readonly nullValue?: bigint | number;
}

/** The field may be left out, undefined or null. */
export function optional<Value>(type: FieldType<Value>, options: OptionalOptions = {}): OptionalField<Value> {
  return { ...options, optional: type };
}
