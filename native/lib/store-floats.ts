/** Checked stores of floating-point numbers at any byte offset. */
import type { LaneWriter } from "./lane-writer.js";
import { limitError, typeError } from "./value-errors.js";

const FLOAT_MAX = 3.4028234663852886e38;

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
