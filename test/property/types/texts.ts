/** string, json. */
import * as fc from "fast-check";
import { plainSql } from "./integers.js";
import type { ExpectedColumn, Facts, RandomType, Value, YamlKeys } from "./model.js";

const encoder = new TextEncoder();

/** ASCII, characters of two, three and four bytes, NUL, what quoting could trip over. */
const characters = fc.constantFrom(..."ab 0?\\\"'%\n\0\u007f\u00e4\u07ff\u20ac\uffff\u{10000}\u{1f600}\u{10ffff}");

/** The longest run of whole characters within the room. */
function fitted(text: string, roomBytes: number): string {
  let sizeBytes = 0;
  let result = "";
  for (const character of text) {
    sizeBytes += encoder.encode(character).length;
    if (sizeBytes > roomBytes) break;
    result += character;
  }
  return result;
}

/** Empty, short, and filling the room to the last byte. */
function textsIn(roomBytes: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant("") },
    { weight: 3, arbitrary: fc.string({ unit: characters, maxLength: 12 }).map((text) => fitted(text, roomBytes)) },
    {
      weight: 2,
      arbitrary: fc.string({ unit: characters, maxLength: 3 }).map((text) => {
        const start = fitted(text, roomBytes);
        return start + "x".repeat(roomBytes - encoder.encode(start).length);
      }),
    },
  );
}

/** Bytes outside a well-formed sequence become "?", one each (Unicode, table 3-7). Stated over code points, not over byte ranges. */
function repairedUtf8(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length;) {
    const length = [1, 2, 3, 4].find((size) => index + size <= bytes.length && isCharacter(bytes.subarray(index, index + size)));
    text += length === undefined ? "?" : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(index, index + length));
    index += length ?? 1;
  }
  return text;
}

function isCharacter(bytes: Uint8Array): boolean {
  try {
    return [...new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)].length === 1;
  } catch {
    return false;
  }
}

function withoutTrailing(bytes: Uint8Array, padByte: number): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === padByte) length -= 1;
  return bytes.subarray(0, length);
}

const badPieces: readonly (readonly number[])[] = [
  [0xff],
  [0xc3],
  [0x80],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0x61],
  [0xc3, 0xa4],
  [0xf0, 0x9f, 0x98, 0x80],
];

const badBytes = fc.array(fc.constantFrom(...badPieces), { minLength: 1, maxLength: 8 }).map((pieces) => Uint8Array.from(pieces.flat()));

/** `kept`: what of the bytes in the room is written. */
function wildValue(raw: Uint8Array, roomBytes: number, kept: (room: Uint8Array) => Uint8Array): Value {
  const written = kept(raw.subarray(0, roomBytes));
  const file = repairedUtf8(written);
  const isRepaired = !Buffer.from(file).equals(Buffer.from(written));
  return { raw, file, isValid: !isRepaired, isCounted: isRepaired };
}

/** Not UTF-8, or longer than the room and cut by the setter, perhaps within a character. */
function wildTexts(roomBytes: number, kept: (room: Uint8Array) => Uint8Array): fc.Arbitrary<Value> {
  const tooLong = fc.string({ unit: characters, minLength: 1, maxLength: 6 }).map((text) => {
    const ts = "y".repeat(Math.max(0, roomBytes - 2)) + text + "\u20ac";
    return { ...wildValue(encoder.encode(ts), roomBytes, kept), ts };
  });
  return fc.oneof(
    badBytes.map((raw) => wildValue(raw, roomBytes, kept)),
    tooLong,
  );
}

function textColumn(kind: "STRING" | "JSON"): ExpectedColumn {
  const element = { type: "BYTE_ARRAY", converted_type: kind === "STRING" ? "UTF8" : "JSON", logical_type: { type: kind } };
  return { element, decoding: "text", duckdb: plainSql };
}

const plainText = fc.string({ unit: fc.constantFrom(..."abcXYZ019 -*/\\\"'é€😀"), maxLength: 12 });

/** A text of the record's room, as a YAML text. */
function constants(roomBytes: number, padByte?: number): Facts["constant"] {
  return plainText.map((text) => {
    const fit = fitted(text, roomBytes);
    const file = padByte === undefined ? fit : new TextDecoder().decode(withoutTrailing(encoder.encode(fit), padByte));
    return { yaml: JSON.stringify(file), file };
  });
}

function paddedFacts(roomBytes: number, pad: string): Facts {
  const padByte = pad === "zero" ? 0 : pad === "space" ? 0x20 : pad.charCodeAt(0);
  const kept = (room: Uint8Array): Uint8Array => withoutTrailing(room, padByte);
  return {
    carrier: { kind: "text" },
    column: textColumn("STRING"),
    values: [
      textsIn(roomBytes).map((text): Value => {
        const raw = encoder.encode(text);
        return { raw, ts: text, file: new TextDecoder("utf-8", { ignoreBOM: true }).decode(kept(raw)), isValid: true };
      }),
    ],
    wild: wildTexts(roomBytes, kept),
    constant: constants(roomBytes, padByte),
  };
}

/** A length beyond the room: the room is written. */
function pokedTexts(roomBytes: number): readonly fc.Arbitrary<Value>[] {
  const longest = roomBytes <= 255 ? 255 : 65_535;
  if (roomBytes === longest) return [];
  return [
    fc.integer({ min: roomBytes + 1, max: longest }).map((pokedLength): Value => ({
      raw: encoder.encode("z".repeat(roomBytes)),
      pokedLength,
      file: "z".repeat(roomBytes),
      isValid: false,
      isCounted: true,
    })),
  ];
}

function boundedFacts(roomBytes: number): Facts {
  return {
    carrier: { kind: "text" },
    column: textColumn("STRING"),
    values: [textsIn(roomBytes).map((text): Value => ({ raw: encoder.encode(text), ts: text, file: text, isValid: true }))],
    wild: fc.oneof(
      wildTexts(roomBytes, (room) => room),
      ...pokedTexts(roomBytes),
    ),
    constant: constants(roomBytes),
  };
}

const lengths = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 24 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 7, 8, 9, 63, 64, 65, 254, 255, 256, 257, 300, 1000) },
);

const stringKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(lengths, fc.constantFrom("counted", "zero", "space", "x", "default"))
  .map(([length, pad]): YamlKeys => {
    if (pad === "counted") return { max_length: String(length) };
    return { length: String(length), ...(pad === "default" ? {} : { pad }) };
  });

const string: RandomType = {
  name: "string",
  keys: fc.oneof(
    stringKeys,
    lengths.map((length) => ({ max_length: String(length) })),
  ),
  facts: (keys) => {
    const { length, max_length: maxLength, pad } = keys;
    return length === undefined ? boundedFacts(Number(maxLength)) : paddedFacts(Number(length), pad ?? "zero");
  },
};

/** Texts that are JSON and short enough, also as objects. */
function jsonValues(roomBytes: number): fc.Arbitrary<Value> {
  const documents = fc.tuple(fc.constantFrom<unknown>({}, [], { a: 1 }, [1, "ä"], { text: 'q"\\' }, "€", 5, null, true), fc.boolean());
  return documents.map(([document, asObject]): Value => {
    const whole = JSON.stringify(document);
    const isShort = Buffer.byteLength(whole) <= roomBytes;
    const text = isShort ? whole : "1";
    const ts = isShort && asObject && typeof document === "object" && document !== null ? document : text;
    return { raw: encoder.encode(text), ts, file: text, isValid: true };
  });
}

const json: RandomType = {
  name: "json",
  keys: lengths.map((length) => ({ max_length: String(length) })),
  facts: (keys) => {
    const roomBytes = Number(keys["max_length"]);
    return {
      ...boundedFacts(roomBytes),
      column: { ...textColumn("JSON"), isCheckedByDuckdb: true },
      values: [jsonValues(roomBytes)],
      constant: fc.constantFrom("{}", "[1]", "5").map((text) => {
        const file = text.length <= roomBytes ? text : "5";
        return { yaml: `'${file}'`, file };
      }),
    };
  },
};

export const textTypes: readonly RandomType[] = [string, json];
