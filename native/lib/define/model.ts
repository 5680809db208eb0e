/** The types of a schema defined at run time: what a caller writes, and what it becomes. */
import type { FieldDescriptor } from "../descriptor.js";
import type { LaneWriter } from "../lane-writer.js";
import type { Json } from "./canonical-json.js";
import type { Fail, Options } from "./problem.js";

declare const valueOf: unique symbol;

/** One type with its options, made by int64(), string() and the like. `Value` is what `log` takes. */
export interface FieldType<Value> {
  readonly kind: string;
  readonly options: Options;
  /** Never there: carries `Value` for inference. */
  readonly [valueOf]?: () => Value;
}

/** A field that may be null, made by optional(). */
export interface OptionalField<Value> {
  readonly optional: FieldType<Value>;
  /** Absent: null is a bit of the record. */
  readonly nullValue?: bigint | number;
}

export type Fields = Readonly<Record<string, FieldType<unknown> | OptionalField<unknown>>>;

type OptionalNames<Shape extends Fields> = {
  [Name in keyof Shape]: Shape[Name] extends OptionalField<unknown> ? Name : never;
}[keyof Shape];

type ValueOf<Field> = Field extends OptionalField<infer Value> ? Value : Field extends FieldType<infer Value> ? Value : never;

type Flat<Type> = { [Key in keyof Type]: Type[Key] };

/** The record that `log` takes: optional fields may be left out, undefined or null. */
export type RecordOfFields<Shape extends Fields> = Flat<
  { readonly [Name in Exclude<keyof Shape, OptionalNames<Shape>>]: ValueOf<Shape[Name]> } & {
    readonly [Name in OptionalNames<Shape>]?: ValueOf<Shape[Name]> | null | undefined;
  }
>;

/** Puts a value into the slot that begins at `slotByte`, or throws an error that names the field. */
export type Store = (lane: LaneWriter, slotByte: number, value: never) => void;

/** From what the caller gave to what is stored, where that may run the caller's code: before a slot is reserved. */
export type Convert = (value: never, field: string) => unknown;

/** A type with its options checked: everything the layout, the descriptor and the writer need. */
export interface ResolvedType {
  readonly storage: FieldDescriptor["storage"];
  /** Bytes that carry the value, a length before it included. */
  readonly widthBytes: number;
  readonly alignBytes: number;
  /** Physical and logical type, and what belongs to the type alone. */
  readonly column: Pick<FieldDescriptor, "physicalType"> & Partial<FieldDescriptor>;
  /** The type as the schema language has it, for the resolved schema. */
  readonly meaning: { readonly [key: string]: Json };
  /** For the resolved schema; `storeAt` checks them. */
  readonly limits?: { readonly min_value: bigint | number | undefined; readonly max_value: bigint | number | undefined };
  readonly convert?: Convert;
  /** The writer of a field of this name at this offset; built once. */
  readonly storeAt: (offsetBytes: number, field: string) => Store;
}

/** One entry of the table of types. */
export interface TypeRule {
  /** Names of its options beside those that every field has. */
  readonly options: readonly string[];
  readonly resolve: (options: Options, fail: Fail, isOptional: boolean) => ResolvedType;
}
