/** One entry per type of the language: how an author may write it, which values a record may hold, and what the file must then contain. Stated without looking at the product's own tables. */
import type * as fc from "fast-check";

/** Integers (booleans 0 and 1, decimals unscaled, dates and times in their unit) in decimal, floats as JavaScript prints them with "-0", text as it is, bytes in hexadecimal, intervals as "months days milliseconds". */
export type Canonical = string | null;

/** Keys of a mapping with their values as YAML source. */
export type YamlKeys = Readonly<Record<string, string>>;

export interface Value {
  /** The bits of a scalar as an unsigned integer, or the bytes given to the setter. */
  readonly raw: bigint | Uint8Array;
  /** What TypeScript logs. Of a wild value: what TypeScript must refuse; absent where it has no form. */
  readonly ts?: unknown;
  readonly file: Canonical;
  /** The generated validate() of C accepts it. */
  readonly isValid: boolean;
  /** The writer counts it in invalid_values, even in an optional field. */
  readonly isCounted?: boolean;
  /** In an optional field the file holds null instead. */
  readonly isNullIfOptional?: boolean;
  /** Never 0. Stored over the length of a counted member, or over the bits of a half, after the value. */
  readonly poked?: number;
  /** The bits that the getter of a half must read. */
  readonly got?: bigint;
  /** Nobody gives the value: the record has it because the schema says so. */
  readonly isDefault?: true;
}

/** How a value passes from the driver program into the generated functions. */
export type Carrier =
  /** `from`: a function that makes the parameter from bits, where a cast does not. */
  | { readonly kind: "scalar"; readonly widthBits: 8 | 16 | 32 | 64; readonly from?: string }
  | { readonly kind: "bytes"; readonly lengthBytes: number }
  /** Three counts; their values are the 12 bytes of the file. */
  | { readonly kind: "interval" }
  /** Text or bytes with a length of their own. */
  | { readonly kind: "text" };

/** "shortest" is a decimal that takes the fewest bytes. */
export type PhysicalDecoding =
  "integer" | "unsigned32" | "unsigned64" | "floating" | "half" | "text" | "bytes" | "decimal" | "shortest" | "int96" | "interval";

export interface ExpectedColumn {
  /** Must be part of what hyparquet reports of the schema element. */
  readonly element: Readonly<Record<string, unknown>>;
  /** From the physical value to the canonical string. */
  readonly decoding: PhysicalDecoding;
  /** SQL that gives the canonical string; undefined where DuckDB cannot hold the type. */
  readonly duckdb?: (column: string) => string;
  /** DuckDB refuses a whole file with a value that is not of the type. */
  readonly isCheckedByDuckdb?: true;
  /** What these readers make of a value, where it is not what the file holds (docs/readers.md). */
  readonly duckdbSeen?: (value: string) => string;
  readonly arrowSeen?: (value: string) => string;
  /** False for types without an order. */
  readonly hasBounds?: false;
}

export interface Sentinel {
  readonly yaml: string;
  readonly raw: bigint;
  /** True for raw bits that are null. */
  readonly matches: (raw: bigint) => boolean;
}

/** A value that the schema states, for constants and defaults. */
export interface Constant {
  readonly yaml: string;
  readonly value: Value;
}

export interface Facts {
  readonly carrier: Carrier;
  readonly column: ExpectedColumn;
  /** Sets of values of which a field takes one, harmless ones first; every one of these values can be logged from C and from TypeScript. */
  readonly values: readonly fc.Arbitrary<Value>[];
  /** Values of the set with this index are more than DuckDB can hold. */
  readonly isBeyondDuckdb?: readonly boolean[];
  /** What only C can log. */
  readonly wild?: fc.Arbitrary<Value>;
  /** What TypeScript must refuse and C has no way to say. */
  readonly refused?: fc.Arbitrary<unknown>;
  readonly sentinel?: fc.Arbitrary<Sentinel>;
  readonly constant: fc.Arbitrary<Constant>;
  /** Of a type that a required field cannot have: what it becomes there, and in constants, and only under a name of its own. */
  readonly whenRequired?: Facts;
  /** Of types with min_value and max_value: their bound as YAML, and a value next to it. */
  readonly limits?: Limits;
}

export interface Limits {
  /** NaN where bounds cannot be taken from the value. */
  readonly numberOf: (value: Value) => bigint | number;
  readonly yaml: (bound: bigint | number) => string;
  /** A value just outside of a bound; undefined where the type ends there. */
  readonly outside: (bound: bigint | number, side: "below" | "above") => Value | undefined;
}

export interface RandomType {
  readonly name: string;
  readonly keys: fc.Arbitrary<YamlKeys>;
  readonly facts: (keys: YamlKeys) => Facts;
}
