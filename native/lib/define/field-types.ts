/** The functions that name a field's type. They keep what they are given; defineSchema checks it, because it knows the field's name. */
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
}

function fieldType<Value>(kind: TypeName, options: object = {}): FieldType<Value> {
  return { kind, options: { ...options } };
}

type Wide = bigint | number;

export const bool = (options?: FieldOptions): FieldType<boolean> => fieldType("bool", options);
export const int8 = (options?: FieldOptions): FieldType<number> => fieldType("int8", options);
export const int16 = (options?: FieldOptions): FieldType<number> => fieldType("int16", options);
export const int32 = (options?: FieldOptions): FieldType<number> => fieldType("int32", options);
export const int64 = (options?: FieldOptions): FieldType<Wide> => fieldType("int64", options);
export const uint8 = (options?: FieldOptions): FieldType<number> => fieldType("uint8", options);
export const uint16 = (options?: FieldOptions): FieldType<number> => fieldType("uint16", options);
export const uint32 = (options?: FieldOptions): FieldType<number> => fieldType("uint32", options);
export const uint64 = (options?: FieldOptions): FieldType<Wide> => fieldType("uint64", options);
export const float = (options?: FieldOptions): FieldType<number> => fieldType("float", options);
export const double = (options?: FieldOptions): FieldType<number> => fieldType("double", options);
export const date = (options?: FieldOptions): FieldType<number | Date> => fieldType("date", options);
export const uuid = (options?: FieldOptions): FieldType<string | Uint8Array> => fieldType("uuid", options);

export interface DecimalOptions extends FieldOptions {
  /** Absent: the smallest that holds the digits. */
  readonly storage?: "int32" | "int64" | "fixed";
}

/** Logged as unscaled integers: 1.23 with scale 2 is 123. */
export function decimal(precision: number, scale = 0, options: DecimalOptions = {}): FieldType<Wide> {
  return fieldType("decimal", { ...options, precision, scale });
}

export interface TimeOptions extends FieldOptions {
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
export type StringOptions = FieldOptions &
  (
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

/** The field may be left out, undefined or null. */
export function optional<Value>(type: FieldType<Value>): OptionalField<Value> {
  return { optional: type };
}
