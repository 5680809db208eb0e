/** Checked stores of floating-point numbers at any byte offset. */
import { float16Bits } from "./float16.js";
import type { LaneWriter } from "./lane-writer.js";
import { limitError, typeError } from "./value-errors.js";

const FLOAT_MAX = 3.4028234663852886e38;

/** From here on a number rounds to an infinite half. */
const FLOAT16_INFINITE = 65_520;

/** A finite number that would become an infinity is refused; digits beyond 11 bits are rounded, as in C. */
export function storeFloat16(lane: LaneWriter, offsetBytes: number, value: number, field: string): void {
  if (typeof value !== "number") throw typeError(field, value, "a number (float16)");
  if (Math.abs(value) >= FLOAT16_INFINITE && Number.isFinite(value)) throw limitError(field, value, "too large for a float16");
  lane.view.setUint16(offsetBytes, float16Bits(value), true);
}

/** A finite number that would become an infinity is refused; digits beyond 24 bits are rounded, as in C. */
export function storeFloat(lane: LaneWriter, offsetBytes: number, value: number, field: string): void {
  if (typeof value !== "number") throw typeError(field, value, "a number (float)");
  lane.view.setFloat32(offsetBytes, value, true);
  if (Math.abs(value) > FLOAT_MAX && Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
    throw limitError(field, value, "too large for a float");
}

export function storeDouble(lane: LaneWriter, offsetBytes: number, value: number, field: string): void {
  if (typeof value !== "number") throw typeError(field, value, "a number (double)");
  lane.view.setFloat64(offsetBytes, value, true);
}
