/** float16, float, double and decimal. */
import { storeWideDecimal } from "../store-bytes.js";
import { storeDouble, storeFloat, storeFloat16 } from "../store-floats.js";
import { toSmallInteger } from "../store-integers.js";
import { integerStorage, storeInteger, storeWord, within } from "./integer-types.js";
import type { ResolvedType, TypeRule } from "./model.js";
import { floatLimit, integerLimit, limitNames, withLimits } from "./limits.js";
import { choiceOption, integerOption } from "./problem.js";

type FloatKind = "float16" | "float" | "double";

const floatColumns = {
  float16: { physicalType: "FIXED_LEN_BYTE_ARRAY", logicalType: "FLOAT16", typeLengthBytes: 2 },
  float: { physicalType: "FLOAT" },
  double: { physicalType: "DOUBLE" },
} as const;

function floatRule<Kind extends FloatKind>(kind: Kind, widthBytes: 2 | 4 | 8, store: typeof storeFloat): TypeRule {
  return {
    options: limitNames,
    resolve: (options, fail) =>
      withLimits(
        {
          storage: kind.toUpperCase() as Uppercase<Kind>,
          widthBytes,
          alignBytes: widthBytes,
          column: floatColumns[kind],
          meaning: { kind },
          storeAt: (offsetBytes, field) => (lane, slotByte, value: number) => {
            store(lane, slotByte + offsetBytes, value, field);
          },
        },
        options,
        floatLimit,
        fail,
      ),
  };
}

export const floatTypes = {
  float16: floatRule("float16", 2, storeFloat16),
  float: floatRule("float", 4, storeFloat),
  double: floatRule("double", 8, storeDouble),
} as const;

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
  options: ["precision", "scale", "storage", "storedAs", ...limitNames],
  resolve: (options, fail) => {
    const precision = integerOption(options, "precision", 1, PRECISION_MAX, fail);
    const scale = integerOption(options, "scale", 0, precision, fail);
    const best = precision <= 9 ? "int32" : precision <= 18 ? "int64" : "fixed";
    const storage = choiceOption(options, "storage", storages, best, fail);
    if (precision > capacities[storage])
      fail(`precision ${precision} is beyond the ${capacities[storage]} digits of storage ${storage}; leave storage out or use ${best}`);
    const decimal = { precision, scale, storage };
    const { column, ...place } = shapeOf(decimal);
    const isBytes = options["storedAs"] !== undefined;
    const storedAs = isBytes ? choiceOption(options, "storedAs", ["BYTE_ARRAY"], undefined, fail) : undefined;
    const largest = 10n ** BigInt(precision) - 1n;
    const type: ResolvedType = {
      ...place,
      column: {
        ...(storedAs === undefined ? column : { physicalType: storedAs }),
        logicalType: "DECIMAL",
        decimalPrecision: precision,
        decimalScale: scale,
      },
      meaning: { kind: "decimal", precision, scale, storage, stored_as: storedAs },
      storeAt: storeAt(decimal),
    };
    return withLimits(type, options, integerLimit(-largest, largest), fail);
  },
};
