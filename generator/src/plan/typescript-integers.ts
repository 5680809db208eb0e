/** How generated code asks whether a number is an integer that fits its storage. */
import type { IntegerBits } from "../schema/model.js";

/** The value cut to `bits`: equal to the value where it is an integer that fits. */
export function wrapped(text: string, bits: Exclude<IntegerBits, 64>, isSigned: boolean): string {
  if (bits === 32) return isSigned ? `(${text} | 0)` : `${text} >>> 0`;
  if (!isSigned) return `(${text} & ${bits === 8 ? "0xff" : "0xffff"})`;
  return `(${text} << ${32 - bits}) >> ${32 - bits}`;
}
