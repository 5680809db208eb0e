/** Checked stores of text: UTF-8, its length checked in bytes. Short ASCII is stored character by character; the rest goes through Buffer. */
import type { LaneWriter } from "./lane-writer.js";
import { rangeError, typeError } from "./value-errors.js";

/** Beyond it one native call is cheaper than the loop. */
const LOOP_MAX_CHARACTERS = 24;
const ASCII_MAX = 0x7f;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** True when the value was ASCII and is stored; false leaves the bytes undefined. */
function storeAscii(bytes: Buffer, offsetBytes: number, value: string): boolean {
  let seen = 0;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    seen |= code;
    bytes[offsetBytes + index] = code;
  }
  return seen <= ASCII_MAX;
}

/** Any text; returns its bytes. */
function storeUtf8(bytes: Buffer, offsetBytes: number, roomBytes: number, value: string, field: string): number {
  if (LONE_SURROGATE.test(value)) throw rangeError(field, `the text has a lone surrogate, which UTF-8 cannot hold`);
  const lengthBytes = Buffer.byteLength(value);
  if (lengthBytes > roomBytes) throw rangeError(field, `the text has ${lengthBytes} bytes in UTF-8, ${roomBytes} fit`);
  return bytes.write(value, offsetBytes, roomBytes, "utf8");
}

/** Into char[roomBytes]; the rest is filled with `padByte`. Trailing pad is not part of the value when it is read back. */
export function storePaddedText(
  lane: LaneWriter,
  offsetBytes: number,
  roomBytes: number,
  padByte: number,
  value: string,
  field: string,
): void {
  if (typeof value !== "string") throw typeError(field, value, "a string");
  const { bytes } = lane;
  let lengthBytes = value.length;
  if (lengthBytes > roomBytes || lengthBytes > LOOP_MAX_CHARACTERS || !storeAscii(bytes, offsetBytes, value)) {
    lengthBytes = storeUtf8(bytes, offsetBytes, roomBytes, value, field);
  }
  for (let index = lengthBytes; index < roomBytes; index++) bytes[offsetBytes + index] = padByte;
}

/** Into a length of `prefixBytes` (1 or 2) and as many bytes of room. */
export function storeCountedText(
  lane: LaneWriter,
  offsetBytes: number,
  prefixBytes: number,
  roomBytes: number,
  value: string,
  field: string,
): void {
  if (typeof value !== "string") throw typeError(field, value, "a string");
  const { bytes } = lane;
  const textByte = offsetBytes + prefixBytes;
  let lengthBytes = value.length;
  if (lengthBytes > roomBytes || lengthBytes > LOOP_MAX_CHARACTERS || !storeAscii(bytes, textByte, value)) {
    lengthBytes = storeUtf8(bytes, textByte, roomBytes, value, field);
  }
  if (prefixBytes === 1) bytes[offsetBytes] = lengthBytes;
  else lane.view.setUint16(offsetBytes, lengthBytes, true);
}

/** Of a stored text: the slot is not published when it throws. */
export function checkAscii(value: string, field: string): void {
  for (let index = 0; index < value.length; index++) {
    if (value.charCodeAt(index) > ASCII_MAX) throw rangeError(field, `the text has a character outside ASCII at index ${index}`);
  }
}

/** JSON text from an object, or from text that is JSON already. May run the caller's toJSON: called before a slot is reserved. */
export function jsonText(value: string | object, field: string): string {
  if (typeof value === "string") {
    try {
      JSON.parse(value);
    } catch (cause) {
      throw rangeError(field, `the text is not JSON: ${(cause as Error).message}`, { cause });
    }
    return value;
  }
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
  if (text === undefined) throw typeError(field, value, "JSON text or an object that has a JSON form");
  return text;
}
