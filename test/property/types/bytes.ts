/** fixed, uuid. */
import * as fc from "fast-check";
import type { ExpectedColumn, RandomType, Value } from "./model.js";

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
      constant: bytesOf(lengthBytes).map((raw) => ({ yaml: `0x${hex(raw)}`, file: hex(raw) })),
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
    constant: bytesOf(16).map((raw) => ({ yaml: withHyphens(hex(raw)), file: hex(raw) })),
  }),
};

export const bytesTypes: readonly RandomType[] = [fixed, uuid];
