/** JSON in one fixed spelling: keys in the order given, no spaces, integers beyond 2^53 as strings. */

export type JsonValue = string | number | bigint | boolean | undefined | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);

function plain(value: JsonValue): unknown {
  if (typeof value === "bigint") return value >= -SAFE_MAX && value <= SAFE_MAX ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map((item: JsonValue) => plain(item));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as JsonValue)]));
}

/** Undefined values are left out. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(plain(value));
}
