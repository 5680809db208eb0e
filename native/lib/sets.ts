/** Sets are logged as integers with one bit per choice. The generated constant of a set gives each choice's mask. */

type Mask = number | bigint;

/** combineChoices(OrdersEventFlags, "last", "snapshot") → the value to log. */
export function combineChoices<Value extends Mask, Name extends string>(
  masks: Readonly<Record<Name, Value>>,
  ...names: readonly Name[]
): Value {
  let combined = 0n;
  for (const name of names) {
    if (!Object.hasOwn(masks, name)) throw new RangeError(`${JSON.stringify(name)} is not one of ${Object.keys(masks).join(", ")}`);
    combined |= BigInt(masks[name]);
  }
  const isBigint = Object.values(masks).some((mask) => typeof mask === "bigint");
  return (isBigint ? combined : Number(combined)) as Value;
}

/** Whether every bit of `mask` is set in `value`. */
export function hasChoice(value: Mask, mask: Mask): boolean {
  return (BigInt(value) & BigInt(mask)) === BigInt(mask);
}
