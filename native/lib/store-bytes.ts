/** Checked stores of byte strings: fixed and bounded ones, uuid, BSON, decimals wider than 18 digits. */
import type { LaneWriter } from "./lane-writer.js";
import { bigIntegerError, limitError, rangeError, typeError } from "./value-errors.js";

const UUID_BYTES = 16;
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const WORD_BYTES = 8;
/** Of the empty document. */
const BSON_MIN_BYTES = 5;

export function storeFixedBytes(lane: LaneWriter, offsetBytes: number, lengthBytes: number, value: Uint8Array, field: string): void {
  if (!(value instanceof Uint8Array)) throw typeError(field, value, `a Uint8Array of ${lengthBytes} bytes`);
  if (value.length !== lengthBytes) throw rangeError(field, `${value.length} bytes, exactly ${lengthBytes} are stored`);
  lane.bytes.set(value, offsetBytes);
}

/** Into a length of `prefixBytes` (1 or 2) and as many bytes of room. */
export function storeCountedBytes(
  lane: LaneWriter,
  offsetBytes: number,
  prefixBytes: number,
  roomBytes: number,
  value: Uint8Array,
  field: string,
): void {
  if (!(value instanceof Uint8Array)) throw typeError(field, value, `a Uint8Array of up to ${roomBytes} bytes`);
  if (value.length > roomBytes) throw rangeError(field, `${value.length} bytes, ${roomBytes} fit`);
  lane.bytes.set(value, offsetBytes + prefixBytes);
  if (prefixBytes === 1) lane.bytes[offsetBytes] = value.length;
  else lane.view.setUint16(offsetBytes, value.length, true);
}

/** The same for a BSON document, whose frame is checked (bsonspec.org): its own length as int32 in front, a zero byte at the end. */
export function storeBson(
  lane: LaneWriter,
  offsetBytes: number,
  prefixBytes: number,
  roomBytes: number,
  value: Uint8Array,
  field: string,
): void {
  storeCountedBytes(lane, offsetBytes, prefixBytes, roomBytes, value, field);
  const { length } = value;
  const start = offsetBytes + prefixBytes;
  if (length < BSON_MIN_BYTES || lane.view.getInt32(start, true) !== length || lane.bytes[start + length - 1] !== 0)
    throw rangeError(field, `the ${length} bytes are no BSON document`);
}

/** From its text form with hyphens, or from 16 bytes in the same order. */
export function storeUuid(lane: LaneWriter, offsetBytes: number, value: string | Uint8Array, field: string): void {
  if (typeof value !== "string") {
    storeFixedBytes(lane, offsetBytes, UUID_BYTES, value, field);
    return;
  }
  if (!UUID_PATTERN.test(value))
    throw rangeError(field, `${JSON.stringify(value.slice(0, 40))} is not a UUID of the form 123e4567-e89b-12d3-a456-426614174000`);
  lane.bytes.write(value.replaceAll("-", ""), offsetBytes, UUID_BYTES, "hex");
}

/** Big-endian two's complement in `lengthBytes`; |value| < 10^precision. */
export function storeWideDecimal(
  lane: LaneWriter,
  offsetBytes: number,
  lengthBytes: number,
  precision: number,
  value: bigint | number,
  field: string,
): void {
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) throw bigIntegerError(field, value, `decimal of ${precision} digits`);
  const unscaled = BigInt(value);
  const bound = 10n ** BigInt(precision);
  if (unscaled >= bound || unscaled <= -bound) throw limitError(field, value, `beyond the ${precision} digits of the decimal`);
  let rest = unscaled;
  let end = offsetBytes + lengthBytes;
  for (; end - offsetBytes >= WORD_BYTES; end -= WORD_BYTES, rest >>= 64n) lane.view.setBigInt64(end - WORD_BYTES, BigInt.asIntN(64, rest));
  for (; end > offsetBytes; end--, rest >>= 8n) lane.bytes[end - 1] = Number(BigInt.asUintN(8, rest));
}
