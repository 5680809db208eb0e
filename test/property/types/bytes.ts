/** fixed, uuid, bytes, bson. */
import * as fc from "fast-check";
import { lengths, pokedBeyond } from "./counted.js";
import type { ExpectedColumn, Facts, RandomType, Value } from "./model.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function bytesOf(lengthBytes: number): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ minLength: lengthBytes, maxLength: lengthBytes }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0xff, 0x80).map((byte) => new Uint8Array(lengthBytes).fill(byte)) },
  );
}

const bytesValue = (raw: Uint8Array, ts: unknown = raw): Value => ({ raw, ts, file: hex(raw), isValid: true });

const fixed: RandomType = {
  name: "fixed",
  keys: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1, 8, 12, 16, 255, 256)).map((length) => ({ length: String(length) })),
  facts: (keys) => {
    const lengthBytes = Number(keys["length"]);
    const column: ExpectedColumn = {
      element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: lengthBytes, converted_type: undefined, logical_type: undefined },
      decoding: "bytes",
      duckdb: (name) => `lower(hex(${name}))`,
    };
    return {
      carrier: { kind: "bytes", lengthBytes },
      column,
      values: [bytesOf(lengthBytes).map((raw) => bytesValue(raw))],
      constant: bytesOf(lengthBytes).map((raw) => ({ yaml: `0x${hex(raw)}`, value: bytesValue(raw) })),
    };
  },
};

function withHyphens(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const uuid: RandomType = {
  name: "uuid",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "bytes", lengthBytes: 16 },
    column: {
      element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
      decoding: "bytes",
      duckdb: (column) => `replace(${column}::VARCHAR, '-', '')`,
    },
    values: [fc.tuple(bytesOf(16), fc.boolean()).map(([raw, asText]) => bytesValue(raw, asText ? withHyphens(hex(raw)) : raw))],
    constant: bytesOf(16).map((raw) => ({ yaml: withHyphens(hex(raw)), value: bytesValue(raw) })),
  }),
};

/** Empty, short, and filling the room to the last byte. */
function bytesIn(roomBytes: number): fc.Arbitrary<Uint8Array> {
  return fc.oneof(fc.integer({ min: 0, max: Math.min(roomBytes, 20) }), fc.constantFrom(0, 1, roomBytes)).chain(bytesOf);
}

/** Bytes that do not fit: C cuts them. */
function tooLong(roomBytes: number, isValid: (kept: Uint8Array) => boolean): fc.Arbitrary<Value> {
  return fc.integer({ min: 1, max: 9 }).chain((extra) =>
    bytesOf(roomBytes + extra).map((ts) => {
      const kept = ts.subarray(0, roomBytes);
      return { raw: ts, ts, file: hex(kept), isValid: isValid(kept) };
    }),
  );
}

function countedFacts(
  roomBytes: number,
  logicalType: "BSON" | undefined,
  isValid: (kept: Uint8Array) => boolean,
): Omit<Facts, "values" | "constant"> {
  const annotation = logicalType === undefined ? undefined : { type: logicalType };
  const filled = new Uint8Array(roomBytes).fill(0x5a);
  return {
    carrier: { kind: "text" },
    column: {
      element: { type: "BYTE_ARRAY", converted_type: undefined, logical_type: annotation },
      decoding: "bytes",
      duckdb: (column) => `lower(hex(${column}))`,
    },
    wild: fc.oneof(tooLong(roomBytes, isValid), ...pokedBeyond(roomBytes, { raw: filled, file: hex(filled) })),
  };
}

const bytes: RandomType = {
  name: "bytes",
  keys: lengths.map((length) => ({ max_length: String(length) })),
  facts: (keys) => {
    const roomBytes = Number(keys["max_length"]);
    return {
      ...countedFacts(roomBytes, undefined, () => true),
      values: [bytesIn(roomBytes).map((raw) => bytesValue(raw))],
      constant: fc
        .integer({ min: 1, max: Math.min(roomBytes, 20) })
        .chain(bytesOf)
        .map((raw) => ({ yaml: `0x${hex(raw)}`, value: bytesValue(raw) })),
    };
  },
};

const BSON_MIN_BYTES = 5;

/** A frame around bytes that nobody looks at. */
function framed(lengthBytes: number): fc.Arbitrary<Uint8Array> {
  return bytesOf(lengthBytes).map((content) => {
    const document = Buffer.from(content);
    document.writeInt32LE(lengthBytes);
    document[lengthBytes - 1] = 0;
    return Uint8Array.from(document);
  });
}

function isFramed(document: Uint8Array): boolean {
  return document.length >= BSON_MIN_BYTES && Buffer.from(document).readInt32LE(0) === document.length && document.at(-1) === 0;
}

/** Too short, of another length than it says, without the zero at its end. */
function unframed(roomBytes: number): fc.Arbitrary<Value> {
  const broken = framed(roomBytes).map((document) => {
    const wrong = document.slice();
    wrong[0] = ((wrong[0] ?? 0) + 1) % 256;
    return wrong;
  });
  const open = framed(roomBytes).map((document) => Uint8Array.from([...document.subarray(0, -1), 1]));
  return fc
    .oneof(bytesIn(Math.min(roomBytes, 8)), broken, open)
    .filter((document) => !isFramed(document))
    .map((raw) => ({ ...bytesValue(raw), isValid: false }));
}

const bson: RandomType = {
  name: "bson",
  keys: lengths.filter((length) => length >= BSON_MIN_BYTES).map((length) => ({ max_length: String(length) })),
  facts: (keys) => {
    const roomBytes = Number(keys["max_length"]);
    const sizes = fc.oneof(fc.integer({ min: BSON_MIN_BYTES, max: Math.min(roomBytes, 30) }), fc.constantFrom(BSON_MIN_BYTES, roomBytes));
    const counted = countedFacts(roomBytes, "BSON", isFramed);
    return {
      ...counted,
      values: [sizes.chain(framed).map((raw) => bytesValue(raw))],
      wild: fc.oneof(unframed(roomBytes), ...(counted.wild === undefined ? [] : [counted.wild])),
      constant: framed(Math.min(roomBytes, 30)).map((raw) => ({ yaml: `0x${hex(raw)}`, value: bytesValue(raw) })),
    };
  },
};

export const bytesTypes: readonly RandomType[] = [fixed, uuid, bytes, bson];
