/** Decimal text, also with an exponent, times 10^scale, exactly: "1.5e-3" with scale 4 is 15. Throws where digits would be lost. */
export function scaled(text: string, scale: number): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (parts === null) throw new Error(`not a decimal number: ${text}`);
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const zeros = scale - fraction.length + Number(exponent);
  const digits = whole + fraction;
  const lost = zeros < 0 ? digits.slice(zeros) : "";
  if (/[1-9]/.test(lost)) throw new Error(`${text} has more than ${scale} decimals`);
  const magnitude = BigInt((zeros < 0 ? digits.slice(0, zeros) : digits + "0".repeat(zeros)) || "0");
  return sign === "-" ? -magnitude : magnitude;
}
