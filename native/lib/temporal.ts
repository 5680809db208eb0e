/** Date objects as the integers that DATE and TIMESTAMP columns hold. Ticks count from 1970-01-01T00:00:00Z. */
import { rangeError, typeError } from "./value-errors.js";

const DAY_MS = 86_400_000;

function epochMilliseconds(value: object, field: string): number {
  if (!(value instanceof Date)) throw typeError(field, value, "a number, a bigint or a Date");
  const milliseconds = Date.prototype.getTime.call(value);
  if (Number.isNaN(milliseconds)) throw rangeError(field, `the Date is invalid`);
  return milliseconds;
}

/** The UTC day. */
export function dateToDays(value: object, field: string): number {
  return Math.floor(epochMilliseconds(value, field) / DAY_MS);
}

export function dateToMilliseconds(value: object, field: string): number {
  return epochMilliseconds(value, field);
}

export function dateToMicroseconds(value: object, field: string): bigint {
  return BigInt(epochMilliseconds(value, field)) * 1_000n;
}

export function dateToNanoseconds(value: object, field: string): bigint {
  return BigInt(epochMilliseconds(value, field)) * 1_000_000n;
}
