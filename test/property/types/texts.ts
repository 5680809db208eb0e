/** string, json. */
import * as fc from "fast-check";
import { lengths, pokedBeyond } from "./counted.js";
import { plainSql } from "./integers.js";
import type { ExpectedColumn, Facts, RandomType, Value, YamlKeys } from "./model.js";

const encoder = new TextEncoder();

/** NUL, what quoting could trip over; with UTF-8 characters of two, three and four bytes too. */
const asciiCharacters = "ab 0?\\\"'%\n\0\u007f";
const units = {
  ascii: fc.constantFrom(...asciiCharacters),
  utf8: fc.constantFrom(...asciiCharacters, ..."\u00e4\u07ff\u20ac\uffff\u{10000}\u{1f600}\u{10ffff}"),
} as const;
type Charset = keyof typeof units;

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
function textsIn(roomBytes: number, charset: Charset): fc.Arbitrary<string> {
  const unit = units[charset];
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant("") },
    { weight: 3, arbitrary: fc.string({ unit, maxLength: 12 }).map((text) => fitted(text, roomBytes)) },
    {
      weight: 2,
      arbitrary: fc.string({ unit, maxLength: 3 }).map((text) => {
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

/** A room with its rules. */
interface Room {
  readonly sizeBytes: number;
  readonly charset: Charset;
  /** What of the bytes in the room is written. */
  readonly kept: (room: Uint8Array) => Uint8Array;
}

function wildValue(raw: Uint8Array, { sizeBytes, charset, kept }: Room): Value {
  const written = kept(raw.subarray(0, sizeBytes));
  const file = repairedUtf8(written);
  const isRepaired = !Buffer.from(file).equals(Buffer.from(written));
  const isOfCharset = charset === "utf8" || written.every((byte) => byte < 0x80);
  return { raw, file, isValid: !isRepaired && isOfCharset, isCounted: isRepaired };
}

/** Not UTF-8, outside of ASCII, or longer than the room and cut by the setter, perhaps within a character. */
function wildTexts(room: Room): fc.Arbitrary<Value> {
  const tooLong = fc.string({ unit: units.utf8, minLength: 1, maxLength: 6 }).map((text) => {
    const ts = "y".repeat(Math.max(0, room.sizeBytes - 2)) + text + "\u20ac";
    return { ...wildValue(encoder.encode(ts), room), ts };
  });
  const foreign = textsIn(room.sizeBytes, "utf8")
    .filter((ts) => /[^\0-\u007f]/u.test(ts))
    .map((ts) => ({ ...wildValue(encoder.encode(ts), room), ts }));
  return fc.oneof(
    badBytes.map((raw) => wildValue(raw, room)),
    tooLong,
    ...(room.charset === "ascii" && room.sizeBytes > 1 ? [foreign] : []),
  );
}

function textColumn(kind: "STRING" | "JSON"): ExpectedColumn {
  const element = { type: "BYTE_ARRAY", converted_type: kind === "STRING" ? "UTF8" : "JSON", logical_type: { type: kind } };
  return { element, decoding: "text", duckdb: plainSql };
}

const plainUnits = "abcXYZ019 -*/\\\"'";
const plainTexts = {
  ascii: fc.string({ unit: fc.constantFrom(...plainUnits), maxLength: 12 }),
  utf8: fc.string({ unit: fc.constantFrom(...plainUnits, ..."é€😀"), maxLength: 12 }),
} as const;

/** A text of the record's room, as a YAML text. */
function constants({ sizeBytes, charset, kept }: Room): Facts["constant"] {
  return plainTexts[charset].map((text) => {
    const file = new TextDecoder().decode(kept(encoder.encode(fitted(text, sizeBytes))));
    return { yaml: JSON.stringify(file), value: { raw: encoder.encode(file), file, isValid: true } };
  });
}

function textFacts(room: Room): Facts {
  return {
    carrier: { kind: "text" },
    column: textColumn("STRING"),
    values: [
      textsIn(room.sizeBytes, room.charset).map((text): Value => {
        const raw = encoder.encode(text);
        return { raw, ts: text, file: new TextDecoder("utf-8", { ignoreBOM: true }).decode(room.kept(raw)), isValid: true };
      }),
    ],
    wild: wildTexts(room),
    constant: constants(room),
  };
}

function paddedFacts(sizeBytes: number, charset: Charset, pad: string): Facts {
  const padByte = pad === "zero" ? 0 : pad === "space" ? 0x20 : pad.charCodeAt(0);
  return textFacts({ sizeBytes, charset, kept: (room) => withoutTrailing(room, padByte) });
}

function boundedFacts(sizeBytes: number, charset: Charset): Facts {
  const facts = textFacts({ sizeBytes, charset, kept: (room) => room });
  const full = { raw: encoder.encode("z".repeat(sizeBytes)), file: "z".repeat(sizeBytes) };
  return { ...facts, wild: fc.oneof(...(facts.wild === undefined ? [] : [facts.wild]), ...pokedBeyond(sizeBytes, full)) };
}

const charsetKeys: fc.Arbitrary<YamlKeys> = fc.constantFrom({ charset: "ascii" }, { charset: "utf8" }, {}, {});

const roomKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(lengths, fc.constantFrom("counted", "counted", "zero", "space", "x", "default"))
  .map(([length, pad]): YamlKeys => {
    if (pad === "counted") return { max_length: String(length) };
    return { length: String(length), ...(pad === "default" ? {} : { pad }) };
  });

const string: RandomType = {
  name: "string",
  keys: fc.tuple(roomKeys, charsetKeys).map(([room, charset]) => ({ ...room, ...charset })),
  facts: (keys) => {
    const { length, max_length: maxLength, pad } = keys;
    const charset = keys["charset"] === "ascii" ? "ascii" : "utf8";
    return length === undefined ? boundedFacts(Number(maxLength), charset) : paddedFacts(Number(length), charset, pad ?? "zero");
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
      ...boundedFacts(roomBytes, "utf8"),
      column: { ...textColumn("JSON"), isCheckedByDuckdb: true },
      values: [jsonValues(roomBytes)],
      constant: fc.constantFrom("{}", "[1]", "5").map((text) => {
        const file = text.length <= roomBytes ? text : "5";
        return { yaml: `'${file}'`, value: { raw: encoder.encode(file), file, isValid: true } };
      }),
    };
  },
};

export const textTypes: readonly RandomType[] = [string, json];
