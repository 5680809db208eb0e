/** float, double and decimal. */
import { storeWideDecimal } from "../store-bytes.js";
import { storeDouble, storeFloat } from "../store-floats.js";
import { toSmallInteger } from "../store-integers.js";
import { integerStorage, storeInteger, storeWord, within } from "./integer-types.js";
import type { ResolvedType, TypeRule } from "./model.js";
import { choiceOption, integerOption } from "./problem.js";

function floatRule(kind: "float" | "double", widthBytes: 4 | 8, store: typeof storeFloat): TypeRule {
  const name = kind === "float" ? "FLOAT" : "DOUBLE";
  return {
    options: [],
    resolve: () => ({
      storage: name,
      widthBytes,
      alignBytes: widthBytes,
      column: { physicalType: name },
      meaning: { kind },
      storeAt: (offsetBytes, field) => (lane, slotByte, value: number) => {
        store(lane, slotByte + offsetBytes, value, field);
      },
    }),
  };
}

export const floatTypes = { float: floatRule("float", 4, storeFloat), double: floatRule("double", 8, storeDouble) } as const;

const PRECISION_MAX = 76;
const storages = ["int32", "int64", "fixed"] as const;
const capacities = { int32: 9, int64: 18, fixed: PRECISION_MAX } as const;

interface Decimal {
  readonly precision: number;
  readonly scale: number;
  readonly storage: (typeof storages)[number];
}

/** Fewest bytes of two's complement that hold every value. */
function lengthOf(precision: number): number {
  const largest = 10n ** BigInt(precision) - 1n;
  let lengthBytes = 1;
  while (largest >= 2n ** BigInt(8 * lengthBytes - 1)) lengthBytes += 1;
  return lengthBytes;
}

function shapeOf({ precision, storage }: Decimal): Pick<ResolvedType, "storage" | "widthBytes" | "alignBytes" | "column"> {
  if (storage !== "fixed") return { ...integerStorage(storage), column: { physicalType: storage === "int32" ? "INT32" : "INT64" } };
  const lengthBytes = lengthOf(precision);
  const column = { physicalType: "FIXED_LEN_BYTE_ARRAY", typeLengthBytes: lengthBytes } as const;
  return { storage: "FIXED_BYTES", widthBytes: lengthBytes, alignBytes: 1, column };
}

function storeAt({ precision, scale, storage }: Decimal): ResolvedType["storeAt"] {
  if (storage === "fixed") {
    const lengthBytes = lengthOf(precision);
    return (offsetBytes, field) => (lane, slotByte, value: bigint | number) => {
      storeWideDecimal(lane, slotByte + offsetBytes, lengthBytes, precision, value, field);
    };
  }
  const largest = 10n ** BigInt(precision) - 1n;
  return (offsetBytes, field) => {
    const word = storeWord(4, offsetBytes);
    const small = (lane: Parameters<typeof word>[0], slotByte: number, value: bigint | number): void => {
      word(lane, slotByte, toSmallInteger(value, field));
    };
    const store = storage === "int32" ? small : storeInteger("int64", offsetBytes, field);
    return within(store, -largest, largest, field, `beyond the digits of decimal(${precision}, ${scale})`);
  };
}

export const decimalRule: TypeRule = {
  options: ["precision", "scale", "storage"],
  resolve: (options, fail) => {
    const precision = integerOption(options, "precision", 1, PRECISION_MAX, fail);
    const scale = integerOption(options, "scale", 0, precision, fail);
    const best = precision <= 9 ? "int32" : precision <= 18 ? "int64" : "fixed";
    const storage = choiceOption(options, "storage", storages, best, fail);
    if (precision > capacities[storage])
      fail(`precision ${precision} is beyond the ${capacities[storage]} digits of storage ${storage}; leave storage out or use ${best}`);
    const decimal = { precision, scale, storage };
    const shape = shapeOf(decimal);
    return {
      ...shape,
      column: { ...shape.column, logicalType: "DECIMAL", decimalPrecision: precision, decimalScale: scale },
      meaning: { kind: "decimal", precision, scale, storage },
      storeAt: storeAt(decimal),
    };
  },
};
