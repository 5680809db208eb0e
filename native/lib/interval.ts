/** Intervals: three counts that Parquet does not convert into each other. */
import type { LaneWriter } from "./lane-writer.js";
import { rangeError, typeError } from "./value-errors.js";

/** Each 0 … 2^32 - 1. */
export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

function checkedCount(value: unknown, field: string): number {
  if (typeof value !== "number") throw typeError(field, value, "an integer (uint32)");
  if (value >>> 0 !== value) throw rangeError(field, `${value} ${Number.isInteger(value) ? "does not fit uint32" : "is not an integer"}`);
  return value;
}

/** A checked copy. May run the caller's getters: called before a slot is reserved. */
export function readInterval(value: Interval, field: string): Interval {
  if (typeof value !== "object" || value === null) throw typeError(field, value, "an object { months, days, milliseconds }");
  const { months, days, milliseconds } = value;
  return {
    months: checkedCount(months, `${field}.months`),
    days: checkedCount(days, `${field}.days`),
    milliseconds: checkedCount(milliseconds, `${field}.milliseconds`),
  };
}

export function storeInterval(lane: LaneWriter, offsetBytes: number, { months, days, milliseconds }: Interval): void {
  lane.view.setUint32(offsetBytes, months, true);
  lane.view.setUint32(offsetBytes + 4, days, true);
  lane.view.setUint32(offsetBytes + 8, milliseconds, true);
}
