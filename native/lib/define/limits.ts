/** minValue and maxValue of a type: read when it is defined, checked after a value was stored. */
import { limitError } from "../value-errors.js";
import type { ResolvedType, Store } from "./model.js";
import { type Fail, type Options, shown } from "./problem.js";

export const limitNames = ["minValue", "maxValue"] as const;

type Limit = bigint | number;
/** A limit as written, from which the type's kind of number is made. */
type ReadLimit = (name: string, value: unknown, fail: Fail) => Limit;

/** Within the values of the type. */
export function integerLimit(low: bigint, high: bigint): ReadLimit {
  return (name, value, fail) => {
    if (typeof value !== "bigint" && !Number.isSafeInteger(value))
      return fail(`${name} must be a bigint or a safe integer, got ${shown(value)}`);
    const limit = BigInt(value as bigint | number);
    return limit >= low && limit <= high ? limit : fail(`${name} ${limit} is not from ${low} to ${high}, which the type holds`);
  };
}

export const floatLimit: ReadLimit = (name, value, fail) =>
  typeof value === "number" && Number.isFinite(value) ? value : fail(`${name} must be a finite number, got ${shown(value)}`);

/** NaN is outside of any limit. */
function limited(store: Store, min: Limit | undefined, max: Limit | undefined, field: string): Store {
  return (lane, slotByte, value: Limit) => {
    store(lane, slotByte, value as never);
    if (min !== undefined && !(value >= min)) throw limitError(field, value, `below min_value ${min}`);
    if (max !== undefined && !(value <= max)) throw limitError(field, value, `above max_value ${max}`);
  };
}

export function withLimits(type: ResolvedType, options: Options, read: ReadLimit, fail: Fail): ResolvedType {
  const [min, max] = limitNames.map((name) => (options[name] === undefined ? undefined : read(name, options[name], fail)));
  if (min === undefined && max === undefined) return type;
  if (min !== undefined && max !== undefined && min > max) fail(`minValue ${min} is above maxValue ${max}`);
  return {
    ...type,
    limits: { min_value: min, max_value: max },
    storeAt: (offsetBytes, field) => limited(type.storeAt(offsetBytes, field), min, max, field),
  };
}
