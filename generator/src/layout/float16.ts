/** Numbers as IEEE 754 halves. */

const SIGN_BIT = 0x8000;
const INFINITY_BITS = 0x7c00;
/** Steps between subnormal halves are 2^-24. */
const EXPONENT_MIN = -14;
const FRACTION_BITS = 10;

/** To the integer next to it, halves to the even one. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** The bits of the half next to a number that is not NaN. */
export function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? SIGN_BIT : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 2 ** 16) return sign | INFINITY_BITS;
  let exponent = EXPONENT_MIN;
  while (magnitude >= 2 ** (exponent + 1)) exponent += 1;
  const fraction = roundHalfEven(magnitude / 2 ** (exponent - FRACTION_BITS));
  // A normal half has its leading one in the exponent's lowest bit: adding carries where the fraction rounds up to the next power of two.
  return sign | (fraction + ((exponent - EXPONENT_MIN) << FRACTION_BITS));
}
