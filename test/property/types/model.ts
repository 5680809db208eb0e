/** One entry per type of the language: how an author may write it, which values a record may hold, and what the file must then contain. Stated without looking at the product's own tables. */
import type * as fc from "fast-check";

/** Integers (booleans 0 and 1, decimals unscaled, dates and times in their unit) in decimal, floats as JavaScript prints them with "-0", text as it is, bytes in hexadecimal. */
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
  /** Stored over the length of a counted text, after the text. */
  readonly pokedLength?: number;
}

/** How a value passes from the driver program into the generated functions. */
export type Carrier =
  /** `from`: a function that makes the parameter from bits, where a cast does not. */
  | { readonly kind: "scalar"; readonly widthBits: 8 | 16 | 32 | 64; readonly from?: string }
  | { readonly kind: "bytes"; readonly lengthBytes: number }
  | { readonly kind: "text" };

export type PhysicalDecoding = "integer" | "unsigned32" | "unsigned64" | "floating" | "text" | "bytes" | "decimal";

export interface ExpectedColumn {
  /** Must be part of what hyparquet reports of the schema element. */
  readonly element: Readonly<Record<string, unknown>>;
  /** From the physical value to the canonical string. */
  readonly decoding: PhysicalDecoding;
  /** SQL that gives the canonical string; undefined where DuckDB cannot hold the type. */
  readonly duckdb?: (column: string) => string;
  /** DuckDB refuses a whole file with a value that is not of the type. */
  readonly isCheckedByDuckdb?: true;
  /** DuckDB keeps fewer digits: what is left of an integer. */
  readonly duckdbDivisor?: bigint;
}

export interface Sentinel {
  readonly yaml: string;
  readonly raw: bigint;
  /** True for raw bits that are null. */
  readonly matches: (raw: bigint) => boolean;
}

export interface Constant {
  readonly yaml: string;
  readonly file: Canonical;
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
  readonly sentinel?: fc.Arbitrary<Sentinel>;
  readonly constant: fc.Arbitrary<Constant>;
  /** Of types with min_value and max_value: their bound as YAML, and a value next to it. */
  readonly limits?: Limits;
}

export interface Limits {
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
