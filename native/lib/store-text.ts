/** Checked stores of text: UTF-8, its length checked in bytes. Short ASCII is stored character by character; the rest goes through Buffer. */
import type { LaneWriter } from "./lane-writer.js";
import { rangeError, typeError } from "./value-errors.js";

/** Beyond it one native call is cheaper than the loop. */
const LOOP_MAX_CHARACTERS = 24;
const ASCII_MAX = 0x7f;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Eight characters from `start` on, `pad` behind the last: as two words, and without a branch that depends on how many there are. Returns their codes OR-ed. */
function storeEight(view: DataView, offsetBytes: number, value: string, start: number, pad: number): number {
  const count = value.length - start;
  const code0 = count > 0 ? value.charCodeAt(start) : pad;
  const code1 = count > 1 ? value.charCodeAt(start + 1) : pad;
  const code2 = count > 2 ? value.charCodeAt(start + 2) : pad;
  const code3 = count > 3 ? value.charCodeAt(start + 3) : pad;
  view.setInt32(offsetBytes, code0 | (code1 << 8) | (code2 << 16) | (code3 << 24), true);
  const code4 = count > 4 ? value.charCodeAt(start + 4) : pad;
  const code5 = count > 5 ? value.charCodeAt(start + 5) : pad;
  const code6 = count > 6 ? value.charCodeAt(start + 6) : pad;
  const code7 = count > 7 ? value.charCodeAt(start + 7) : pad;
  view.setInt32(offsetBytes + 4, code4 | (code5 << 8) | (code6 << 16) | (code7 << 24), true);
  return code0 | code1 | code2 | code3 | code4 | code5 | code6 | code7;
}

/** Fills `fillBytes`: the text, then `pad`. True when the value was ASCII and is stored; false leaves the bytes undefined. */
function storeAscii(lane: LaneWriter, offsetBytes: number, fillBytes: number, pad: number, value: string): boolean {
  let seen = 0;
  let at = 0;
  for (; at + 8 <= fillBytes; at += 8) seen |= storeEight(lane.view, offsetBytes + at, value, at, pad);
  for (; at < fillBytes; at++) {
    const code = at < value.length ? value.charCodeAt(at) : pad;
    seen |= code;
    lane.bytes[offsetBytes + at] = code;
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

/** Text that is not stored yet, into char[roomBytes]. */
function storePaddedUtf8(bytes: Buffer, offsetBytes: number, roomBytes: number, padByte: number, value: string, field: string): void {
  const lengthBytes = storeUtf8(bytes, offsetBytes, roomBytes, value, field);
  bytes.fill(padByte, offsetBytes + lengthBytes, offsetBytes + roomBytes);
}

/** storePaddedText for eight bytes at a multiple of four, the room of most symbols. */
export function storePaddedText8(lane: LaneWriter, offsetBytes: number, padByte: number, value: string, field: string): void {
  if (typeof value !== "string") throw typeError(field, value, "a string");
  const { length } = value;
  const code0 = length > 0 ? value.charCodeAt(0) : padByte;
  const code1 = length > 1 ? value.charCodeAt(1) : padByte;
  const code2 = length > 2 ? value.charCodeAt(2) : padByte;
  const code3 = length > 3 ? value.charCodeAt(3) : padByte;
  const code4 = length > 4 ? value.charCodeAt(4) : padByte;
  const code5 = length > 5 ? value.charCodeAt(5) : padByte;
  const code6 = length > 6 ? value.charCodeAt(6) : padByte;
  const code7 = length > 7 ? value.charCodeAt(7) : padByte;
  const { words } = lane;
  const word = offsetBytes >> 2;
  words[word] = code0 | (code1 << 8) | (code2 << 16) | (code3 << 24);
  words[word + 1] = code4 | (code5 << 8) | (code6 << 16) | (code7 << 24);
  if (length > 8 || (code0 | code1 | code2 | code3 | code4 | code5 | code6 | code7) > ASCII_MAX)
    storePaddedUtf8(lane.bytes, offsetBytes, 8, padByte, value, field);
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
  const { length } = value;
  if (length <= roomBytes && length <= LOOP_MAX_CHARACTERS && storeAscii(lane, offsetBytes, roomBytes, padByte, value)) return;
  storePaddedUtf8(lane.bytes, offsetBytes, roomBytes, padByte, value, field);
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
  const textByte = offsetBytes + prefixBytes;
  let lengthBytes = value.length;
  const wordsBytes = (lengthBytes + 7) & -8;
  const fillBytes = wordsBytes <= roomBytes ? wordsBytes : lengthBytes;
  if (lengthBytes > roomBytes || lengthBytes > LOOP_MAX_CHARACTERS || !storeAscii(lane, textByte, fillBytes, 0, value)) {
    lengthBytes = storeUtf8(lane.bytes, textByte, roomBytes, value, field);
  }
  if (prefixBytes === 1) lane.bytes[offsetBytes] = lengthBytes;
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
