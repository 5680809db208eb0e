/** Decimals are logged as unscaled integers: 1.23 with scale 2 is 123. */

/** 123 with scale 2 → "1.23". Exact. */
export function decimalToString(unscaled: bigint | number, scale: number): string {
  const value = BigInt(unscaled);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const sign = value < 0n ? "-" : "";
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** "1.23" with scale 2 → 123n. Exact: a digit that the scale cannot hold is a RangeError, unless it is 0. */
export function decimalFromString(text: string, scale: number): bigint {
  const match = /^([-+]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) throw new RangeError(`${JSON.stringify(text)} is not a decimal number`);
  const [, sign, whole = "", fraction = ""] = match;
  if (/[1-9]/.test(fraction.slice(scale))) throw new RangeError(`${text} has more than ${scale} decimals`);
  const unscaled = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  return sign === "-" ? -unscaled : unscaled;
}
