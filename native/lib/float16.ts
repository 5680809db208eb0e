/** Halves (IEEE 754 binary16) as their bits, rounded as pqflow/float16.h does it. */

const SIGN_BIT = 0x8000;
const INFINITY_BITS = 0x7c00;
const QUIET_NAN_BITS = 0x7e00;
const FRACTION_BITS = 10;
const EXPONENT_BIAS = 15;
/** The smallest power of two that no half reaches. */
const OVERFLOW = 2 ** 16;
/** The smallest normal half, and the step between subnormal ones. */
const NORMAL_MIN = 2 ** -14;
const SUBNORMAL_STEP = 2 ** -24;
/** Adding it to a number below 2^51 rounds to an integer, halves to the even one: its unit in the last place is 1. */
const ROUND_TO_INTEGER = 2 ** 52;

const view = new DataView(new ArrayBuffer(8));

/** Exponent of a normal double. */
function exponentOf(magnitude: number): number {
  view.setFloat64(0, magnitude);
  return (view.getUint16(0) >> 4) - 1023;
}

/** The half next to a number, halves between two to the one with an even fraction; from 65520 on infinity. */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return QUIET_NAN_BITS;
  const sign = value < 0 || Object.is(value, -0) ? SIGN_BIT : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= OVERFLOW) return sign | INFINITY_BITS;
  if (magnitude < NORMAL_MIN) return sign | (magnitude / SUBNORMAL_STEP + ROUND_TO_INTEGER - ROUND_TO_INTEGER);
  const exponent = exponentOf(magnitude);
  const fraction = magnitude * 2 ** (FRACTION_BITS - exponent) + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  // The leading one of the fraction is the lowest bit of the exponent: a fraction that rounds up to 2048 carries into it.
  return sign | (fraction + ((exponent + EXPONENT_BIAS - 1) << FRACTION_BITS));
}

/** The number that the 16 bits are; exact. */
export function float16FromBits(bits: number): number {
  const sign = (bits & SIGN_BIT) === 0 ? 1 : -1;
  const exponent = (bits & INFINITY_BITS) >> FRACTION_BITS;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * SUBNORMAL_STEP;
  return sign * (1024 + fraction) * 2 ** (exponent - EXPONENT_BIAS - FRACTION_BITS);
}
