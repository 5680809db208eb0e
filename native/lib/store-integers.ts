/** Checked stores of 64-bit integers at any byte offset. Generated code stores aligned safe integers itself and comes here for bigints and for errors. */
import type { LaneWriter } from "./lane-writer.js";
import { bigIntegerError } from "./value-errors.js";

const HIGH_WORD = 2 ** -32;

function storeSafeInteger(lane: LaneWriter, offsetBytes: number, value: number): void {
  lane.view.setInt32(offsetBytes, value, true);
  lane.view.setInt32(offsetBytes + 4, Math.floor(value * HIGH_WORD), true);
}

/** The range of a BigInt64Array, which wraps what is stored: generated code asks before it stores. */
export function isInt64(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

/** The same bits, read as unsigned. */
export function isUint64(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asUintN(64, value) === value;
}

/** A bigint is wrapped by the store, so what was stored is compared with what was meant: cheaper than two comparisons of bigints. */
export function storeInt64(lane: LaneWriter, offsetBytes: number, value: bigint | number, field: string): void {
  if (typeof value !== "bigint") {
    if (!Number.isSafeInteger(value)) throw bigIntegerError(field, value, "int64");
    storeSafeInteger(lane, offsetBytes, value);
  } else if ((offsetBytes & 7) === 0) {
    const { bigInts } = lane;
    bigInts[offsetBytes >> 3] = value;
    if (bigInts[offsetBytes >> 3] !== value) throw bigIntegerError(field, value, "int64");
  } else {
    lane.view.setBigInt64(offsetBytes, value, true);
    if (lane.view.getBigInt64(offsetBytes, true) !== value) throw bigIntegerError(field, value, "int64");
  }
}

export function storeUint64(lane: LaneWriter, offsetBytes: number, value: bigint | number, field: string): void {
  if (typeof value !== "bigint") {
    if (!Number.isSafeInteger(value) || value < 0) throw bigIntegerError(field, value, "uint64");
    storeSafeInteger(lane, offsetBytes, value);
  } else if ((offsetBytes & 7) === 0) {
    const { bigUints } = lane;
    bigUints[offsetBytes >> 3] = value;
    if (bigUints[offsetBytes >> 3] !== value) throw bigIntegerError(field, value, "uint64");
  } else {
    lane.view.setBigUint64(offsetBytes, value, true);
    if (lane.view.getBigUint64(offsetBytes, true) !== value) throw bigIntegerError(field, value, "uint64");
  }
}

/** For fields of 32 bits whose values may come as bigints, such as small decimals. */
export function toSmallInteger(value: bigint | number, field: string): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || (number | 0) !== number) throw bigIntegerError(field, value, "int32");
  return number;
}
