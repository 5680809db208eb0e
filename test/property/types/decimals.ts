/** decimal, of every precision and in every form. */
import * as fc from "fast-check";
import { integerConstants, integerIn, integerLimits, integerSentinels, integerValue, integerValues, rangeOf } from "./integers.js";
import { loggedForms, type IntegerRange } from "./integers.js";
import type { ExpectedColumn, Facts, RandomType, Value, YamlKeys } from "./model.js";

const decimalKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(fc.integer({ min: 1, max: 76 }), fc.nat(), fc.option(fc.constantFrom("int32", "int64", "fixed"), { nil: undefined }), fc.boolean())
  .map(([precision, scale, storage, isStoredAsBytes]) => {
    const capacity = storage === "int32" ? 9 : storage === "int64" ? 18 : 76;
    const digits = 1 + ((precision - 1) % capacity);
    return {
      precision: String(digits),
      ...(scale % 3 === 0 ? {} : { scale: String(scale % (digits + 1)) }),
      ...(storage === undefined ? {} : { storage }),
      ...(isStoredAsBytes ? { stored_as: "BYTE_ARRAY" } : {}),
    };
  });

function bigEndianBytes(value: bigint, lengthBytes: number): Uint8Array {
  const hex = BigInt.asUintN(8 * lengthBytes, value)
    .toString(16)
    .padStart(2 * lengthBytes, "0");
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

/** Fewest bytes whose largest signed number has all digits. */
function decimalBytes(precision: number): number {
  return (
    Array.from({ length: 40 }, (_, index) => index + 1).find((length) => 2n ** BigInt(8 * length - 1) >= 10n ** BigInt(precision)) ?? 0
  );
}

/** Any number of the range, and those where the fewest bytes become one more. */
function spreadIn(range: IntegerRange): fc.Arbitrary<bigint> {
  const steps = Array.from({ length: 32 }, (_, index) => 2n ** BigInt(8 * index + 7));
  const edges = steps.flatMap((step) => [step - 1n, step, -step, -step - 1n]).filter((edge) => edge >= range.min && edge <= range.max);
  return edges.length === 0 ? integerIn(range) : fc.oneof(integerIn(range), fc.constantFrom(...edges));
}

function fixedDecimal(precision: number, range: IntegerRange): Omit<Facts, "column"> {
  const lengthBytes = decimalBytes(precision);
  const valueOf = (value: bigint, ts: unknown): Value => ({
    raw: bigEndianBytes(value, lengthBytes),
    ts,
    file: value.toString(),
    isValid: true,
  });
  return {
    carrier: { kind: "bytes", lengthBytes },
    values: [spreadIn(range).map((value) => valueOf(value, loggedForms(value, 64).at(-1)))],
    constant: integerIn(range).map((value) => ({ yaml: value.toString(), value: valueOf(value, undefined) })),
    // No limits: the language has them for decimals of up to 18 digits.
  };
}

/** Numbers of more digits than the type has: the writer writes what the record holds. */
function integerDecimal(range: IntegerRange, widthBits: 32 | 64): Omit<Facts, "column"> {
  const record = rangeOf(widthBits, true);
  return {
    carrier: { kind: "scalar", widthBits },
    values: [
      fc.oneof(
        integerValues(range, widthBits),
        spreadIn(range).map((value) => integerValue(value, widthBits, value)),
      ),
    ].map((values) =>
      widthBits === 64 ? values : values.map((value) => ({ ...value, ts: typeof value.ts === "bigint" ? Number(value.ts) : value.ts })),
    ),
    wild: fc
      .constantFrom(range.min - 1n, range.max + 1n, record.min, record.max)
      .map((value) => integerValue(value, widthBits, loggedForms(value, widthBits)[0], false)),
    sentinel: integerSentinels(record, widthBits),
    constant: integerConstants(range, widthBits),
    limits: integerLimits(range, widthBits),
  };
}

function columnOf(storage: string, precision: number, scale: number, isStoredAsBytes: boolean): ExpectedColumn {
  const annotation = { converted_type: "DECIMAL", precision, scale, logical_type: { type: "DECIMAL", precision, scale } };
  // DuckDB holds 38 digits, and stops at a number with more than it was promised.
  const rest = {
    isCheckedByDuckdb: true,
    ...(precision > 38 ? {} : { duckdb: (column: string) => `replace(${column}::VARCHAR, '.', '')::HUGEINT::VARCHAR` }),
  } as const;
  if (isStoredAsBytes) return { element: { type: "BYTE_ARRAY", type_length: undefined, ...annotation }, decoding: "shortest", ...rest };
  if (storage !== "fixed") return { element: { type: storage.toUpperCase(), ...annotation }, decoding: "integer", ...rest };
  return { element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: decimalBytes(precision), ...annotation }, decoding: "decimal", ...rest };
}

export const decimal: RandomType = {
  name: "decimal",
  keys: decimalKeys,
  facts: (keys) => {
    const precision = Number(keys["precision"]);
    const storage = keys["storage"] ?? (precision <= 9 ? "int32" : precision <= 18 ? "int64" : "fixed");
    const range: IntegerRange = { min: 1n - 10n ** BigInt(precision), max: 10n ** BigInt(precision) - 1n };
    const column = columnOf(storage, precision, Number(keys["scale"] ?? 0), keys["stored_as"] === "BYTE_ARRAY");
    return { ...(storage === "fixed" ? fixedDecimal(precision, range) : integerDecimal(range, storage === "int32" ? 32 : 64)), column };
  },
};
