import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "./canonical-json.js";

/** First 64 bits of SHA-256 over the canonical form, as a big-endian number. */
export function fingerprint(part: JsonValue): bigint {
  return createHash("sha256").update(canonicalJson(part), "utf8").digest().readBigUInt64BE(0);
}

export function fingerprintText(value: bigint): string {
  return value.toString(16).padStart(16, "0");
}
