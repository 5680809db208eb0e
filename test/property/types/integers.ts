/** int8 … uint64, and what every type on integers shares. */
import * as fc from "fast-check";
import type { Constant, ExpectedColumn, Limits, RandomType, Sentinel, Value } from "./model.js";

export type WidthBits = 8 | 16 | 32 | 64;

export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

export function rangeOf(widthBits: number, isSigned: boolean): IntegerRange {
  return isSigned
    ? { min: -(2n ** BigInt(widthBits - 1)), max: 2n ** BigInt(widthBits - 1) - 1n }
    : { min: 0n, max: 2n ** BigInt(widthBits) - 1n };
}

/** Any integer of the range, its ends and its middle more often than chance would have them. */
export function integerIn({ min, max }: IntegerRange): fc.Arbitrary<bigint> {
  const edges = [min, min + 1n, -1n, 0n, 1n, max - 1n, max].filter((value) => value >= min && value <= max);
  return fc.oneof({ weight: 3, arbitrary: fc.bigInt({ min, max }) }, { weight: 2, arbitrary: fc.constantFrom(...edges) });
}

/** 64-bit integers may be numbers where they are safe. */
export function loggedForms(value: bigint, widthBits: WidthBits): readonly unknown[] {
  const isSafe = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
  if (widthBits < 64) return [Number(value)];
  return isSafe ? [value, Number(value)] : [value];
}

export function integerValue(value: bigint, widthBits: WidthBits, ts: unknown, isValid = true): Value {
  return { raw: BigInt.asUintN(widthBits, value), ts, file: value.toString(), isValid };
}

export function integerValues(range: IntegerRange, widthBits: WidthBits): fc.Arbitrary<Value> {
  return fc.tuple(integerIn(range), fc.boolean()).map(([value, last]) => {
    const forms = loggedForms(value, widthBits);
    return integerValue(value, widthBits, last ? forms.at(-1) : forms[0]);
  });
}

export function integerSentinels(range: IntegerRange, widthBits: WidthBits): fc.Arbitrary<Sentinel> {
  return integerIn(range).map((value) => {
    const raw = BigInt.asUintN(widthBits, value);
    return { yaml: value.toString(), raw, matches: (other) => other === raw };
  });
}

export function integerConstants(range: IntegerRange, widthBits: WidthBits): fc.Arbitrary<Constant> {
  return integerIn(range).map((value) => ({ yaml: value.toString(), value: integerValue(value, widthBits, undefined) }));
}

export function integerLimits(record: IntegerRange, widthBits: WidthBits): Limits {
  return {
    numberOf: (value) => BigInt(value.file ?? 0),
    yaml: String,
    outside: (bound, side) => {
      const value = BigInt(bound) + (side === "below" ? -1n : 1n);
      return value < record.min || value > record.max ? undefined : integerValue(value, widthBits, loggedForms(value, widthBits)[0], false);
    },
  };
}

export const plainSql = (column: string): string => `${column}::VARCHAR`;

export function integerColumn(widthBits: WidthBits, isSigned: boolean): ExpectedColumn {
  const isAnnotated = !isSigned || widthBits < 32;
  return {
    element: {
      type: widthBits === 64 ? "INT64" : "INT32",
      converted_type: isAnnotated ? `${isSigned ? "INT" : "UINT"}_${widthBits}` : undefined,
      logical_type: isAnnotated ? { type: "INTEGER", bitWidth: widthBits, isSigned } : undefined,
    },
    decoding: isSigned ? "integer" : widthBits === 64 ? "unsigned64" : "unsigned32",
    duckdb: plainSql,
  };
}

function integerType(widthBits: WidthBits, isSigned: boolean): RandomType {
  const range = rangeOf(widthBits, isSigned);
  return {
    name: `${isSigned ? "int" : "uint"}${widthBits}`,
    keys: fc.constant({}),
    facts: () => ({
      carrier: { kind: "scalar", widthBits },
      column: integerColumn(widthBits, isSigned),
      values: [integerValues(range, widthBits)],
      sentinel: integerSentinels(range, widthBits),
      constant: integerConstants(range, widthBits),
      limits: integerLimits(range, widthBits),
    }),
  };
}

const widths: readonly WidthBits[] = [8, 16, 32, 64];
export const integerTypes: readonly RandomType[] = widths.flatMap((widthBits) => [
  integerType(widthBits, true),
  integerType(widthBits, false),
]);
