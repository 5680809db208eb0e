/** bool and the integers: aligned as natural packing has them, so each is one store into a view. */
import { storeInt64, storeUint64 } from "../store-integers.js";
import { integerError, limitError, typeError } from "../value-errors.js";
import { integerLimit, limitNames, withLimits } from "./limits.js";
import type { ResolvedType, Store, TypeRule } from "./model.js";

export type IntegerName = "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64";

interface Shape {
  readonly bits: 8 | 16 | 32 | 64;
  readonly isSigned: boolean;
}

export const integerShapes: Readonly<Record<IntegerName, Shape>> = {
  int8: { bits: 8, isSigned: true },
  int16: { bits: 16, isSigned: true },
  int32: { bits: 32, isSigned: true },
  int64: { bits: 64, isSigned: true },
  uint8: { bits: 8, isSigned: false },
  uint16: { bits: 16, isSigned: false },
  uint32: { bits: 32, isSigned: false },
  uint64: { bits: 64, isSigned: false },
};

/** The store of a number that fits. */
export function storeWord(widthBytes: number, offsetBytes: number): (lane: Parameters<Store>[0], slotByte: number, value: number) => void {
  if (widthBytes === 1)
    return (lane, slotByte, value) => {
      lane.bytes[slotByte + offsetBytes] = value;
    };
  if (widthBytes === 2)
    return (lane, slotByte, value) => {
      lane.view.setInt16(slotByte + offsetBytes, value, true);
    };
  return (lane, slotByte, value) => {
    lane.words[(slotByte + offsetBytes) >> 2] = value;
  };
}

/** Most integers are these: no call within the call. */
function storeInt32(offsetBytes: number, field: string): Store {
  return (lane, slotByte, value: number) => {
    if (typeof value !== "number" || (value | 0) !== value) throw integerError(field, value, "int32");
    lane.words[(slotByte + offsetBytes) >> 2] = value;
  };
}

function storeWide(store: typeof storeInt64, offsetBytes: number, field: string): Store {
  return (lane, slotByte, value: bigint | number) => {
    store(lane, slotByte + offsetBytes, value, field);
  };
}

export function storeInteger(name: IntegerName, offsetBytes: number, field: string): Store {
  const { bits, isSigned } = integerShapes[name];
  if (bits === 64) return storeWide(isSigned ? storeInt64 : storeUint64, offsetBytes, field);
  if (name === "int32") return storeInt32(offsetBytes, field);
  const low = isSigned ? -(2 ** (bits - 1)) : 0;
  const high = low + 2 ** bits - 1;
  const store = storeWord(bits / 8, offsetBytes);
  return (lane, slotByte, value: number) => {
    if (!Number.isInteger(value) || value < low || value > high) throw integerError(field, value, name);
    store(lane, slotByte, value);
  };
}

/** `store`, then the limits of the type: the slot is not published before they pass. */
export function within(store: Store, low: bigint, high: bigint, field: string, problem: string): Store {
  const lowNumber = Number(low);
  const highNumber = Number(high);
  return (lane, slotByte, value: bigint | number) => {
    store(lane, slotByte, value as never);
    if (typeof value === "bigint" ? value < low || value > high : value < lowNumber || value > highNumber)
      throw limitError(field, value, problem);
  };
}

/** INT32 and INT64 need no annotation for the signed integers of their own width. */
export function integerColumn({ bits, isSigned }: Shape): ResolvedType["column"] {
  const physicalType = bits === 64 ? "INT64" : "INT32";
  if (isSigned && bits >= 32) return { physicalType };
  return { physicalType, logicalType: "INTEGER", integerBitWidth: bits, integerIsSigned: isSigned };
}

export function integerRange(name: IntegerName): readonly [low: bigint, high: bigint] {
  const { bits, isSigned } = integerShapes[name];
  const low = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  return [low, low + 2n ** BigInt(bits) - 1n];
}

export function integerStorage(name: IntegerName): Pick<ResolvedType, "storage" | "widthBytes" | "alignBytes"> {
  const widthBytes = integerShapes[name].bits / 8;
  return { storage: name.toUpperCase() as Uppercase<IntegerName>, widthBytes, alignBytes: widthBytes };
}

export function integerRule(name: IntegerName): TypeRule {
  return {
    options: limitNames,
    resolve: (options, fail) => {
      const type: ResolvedType = {
        ...integerStorage(name),
        column: integerColumn(integerShapes[name]),
        meaning: { kind: name },
        storeAt: (offsetBytes, field) => storeInteger(name, offsetBytes, field),
      };
      return withLimits(type, options, integerLimit(...integerRange(name)), fail);
    },
  };
}

export const boolRule: TypeRule = {
  options: [],
  resolve: () => ({
    storage: "BOOL",
    widthBytes: 1,
    alignBytes: 1,
    column: { physicalType: "BOOLEAN" },
    meaning: { kind: "bool" },
    storeAt: (offsetBytes, field) => (lane, slotByte, value: boolean) => {
      if (typeof value !== "boolean") throw typeError(field, value, "a boolean");
      lane.bytes[slotByte + offsetBytes] = value ? 1 : 0;
    },
  }),
};
