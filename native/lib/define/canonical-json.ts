/** JSON as the generator spells it: keys in the order given, no spaces, undefined left out, integers beyond 2^53 as strings. */
import { createHash } from "node:crypto";

export type Json = string | number | bigint | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);

function replace(_: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return value >= -SAFE_MAX && value <= SAFE_MAX ? Number(value) : value.toString();
}

export function canonicalJson(value: Json): string {
  return JSON.stringify(value, replace);
}

/** First 64 bits of SHA-256 over the canonical form, as a big-endian number: the generator's fingerprint. */
export function fingerprint(part: Json): bigint {
  return createHash("sha256").update(canonicalJson(part), "utf8").digest().readBigUInt64BE(0);
}
