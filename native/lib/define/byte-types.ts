/** string, json, bson, bytes, fixed, uuid and interval. */
import { type Interval, readInterval, storeInterval } from "../interval.js";
import { storeBson, storeCountedBytes, storeFixedBytes, storeUuid } from "../store-bytes.js";
import { checkAscii, jsonText, storeCountedText, storePaddedText } from "../store-text.js";
import type { ResolvedType, Store, TypeRule } from "./model.js";
import { choiceOption, type Fail, integerOption, type Options, shown } from "./problem.js";

const LENGTH_MAX_BYTES = 65_535;
const COUNTED_8_MAX_BYTES = 255;
const UUID_BYTES = 16;
const padBytes: Readonly<Record<string, number>> = { space: 0x20, zero: 0 };

const INTERVAL_BYTES = 12;
const charsets = ["utf8", "ascii"] as const;

type Shape = Pick<ResolvedType, "storage" | "widthBytes" | "alignBytes" | "storeAt">;

function counted(roomBytes: number, storeValue: typeof storeCountedText | typeof storeCountedBytes): Shape {
  const isShort = roomBytes <= COUNTED_8_MAX_BYTES;
  const prefixBytes = isShort ? 1 : 2;
  return {
    storage: isShort ? "COUNTED_8" : "COUNTED_16",
    widthBytes: prefixBytes + roomBytes,
    alignBytes: prefixBytes,
    storeAt: (offsetBytes, field) => (lane, slotByte, value) => {
      storeValue(lane, slotByte + offsetBytes, prefixBytes, roomBytes, value, field);
    },
  };
}

function padded(lengthBytes: number, padByte: number): Shape {
  return {
    storage: "PADDED_TEXT",
    widthBytes: lengthBytes,
    alignBytes: 1,
    storeAt: (offsetBytes, field) => (lane, slotByte, value: string) => {
      storePaddedText(lane, slotByte + offsetBytes, lengthBytes, padByte, value, field);
    },
  };
}

function padByteOf(pad: unknown, fail: Fail): number {
  if (typeof pad !== "string") return fail(`pad must be space, zero or one ASCII character, got ${shown(pad)}`);
  if (Object.hasOwn(padBytes, pad)) return padBytes[pad] ?? 0;
  return /^[\x20-\x7e]$/.test(pad) ? pad.charCodeAt(0) : fail(`pad must be space, zero or one ASCII character, got ${shown(pad)}`);
}

function checkedAscii(storeAt: ResolvedType["storeAt"]): ResolvedType["storeAt"] {
  return (offsetBytes, field) => {
    const store: Store = storeAt(offsetBytes, field);
    return (lane, slotByte, value: string) => {
      store(lane, slotByte, value as never);
      checkAscii(value, field);
    };
  };
}

/** ASCII is a check of what is logged: the column is UTF-8 in any case. */
function withCharset(type: ResolvedType, options: Options, fail: Fail): ResolvedType {
  const charset = choiceOption(options, "charset", charsets, "utf8", fail);
  return charset === "utf8" ? type : { ...type, meaning: { ...type.meaning, charset }, storeAt: checkedAscii(type.storeAt) };
}

function resolveString(options: Options, fail: Fail): ResolvedType {
  const column = { physicalType: "BYTE_ARRAY", logicalType: "STRING" } as const;
  if ((options["length"] === undefined) === (options["maxLength"] === undefined))
    fail("a string needs length (padded text) or maxLength (text with its length before it), and not both");
  if (options["length"] === undefined) {
    if (options["pad"] !== undefined) fail("pad goes with length; a text with maxLength is not padded");
    const maxLength = integerOption(options, "maxLength", 1, LENGTH_MAX_BYTES, fail);
    return { ...counted(maxLength, storeCountedText), column, meaning: { kind: "string", max_length: maxLength } };
  }
  const length = integerOption(options, "length", 1, LENGTH_MAX_BYTES, fail);
  const padByte = padByteOf(options["pad"] ?? "zero", fail);
  return { ...padded(length, padByte), column: { ...column, padByte }, meaning: { kind: "string", length, pad_byte: padByte } };
}

function byteStringRule(kind: "bson" | "bytes"): TypeRule {
  const column =
    kind === "bson" ? ({ physicalType: "BYTE_ARRAY", logicalType: "BSON" } as const) : ({ physicalType: "BYTE_ARRAY" } as const);
  return {
    options: ["maxLength"],
    resolve: (options, fail) => {
      const maxLength = integerOption(options, "maxLength", 1, LENGTH_MAX_BYTES, fail);
      return { ...counted(maxLength, kind === "bson" ? storeBson : storeCountedBytes), column, meaning: { kind, max_length: maxLength } };
    },
  };
}

const intervalRule: TypeRule = {
  options: [],
  resolve: () => ({
    storage: "FIXED_BYTES",
    widthBytes: INTERVAL_BYTES,
    alignBytes: 4,
    column: { physicalType: "FIXED_LEN_BYTE_ARRAY", logicalType: "INTERVAL", typeLengthBytes: INTERVAL_BYTES },
    meaning: { kind: "interval" },
    convert: readInterval,
    storeAt: (offsetBytes) => (lane, slotByte, value: Interval) => {
      storeInterval(lane, slotByte + offsetBytes, value);
    },
  }),
};

function fixed(lengthBytes: number): Pick<ResolvedType, "storage" | "widthBytes" | "alignBytes"> {
  return { storage: "FIXED_BYTES", widthBytes: lengthBytes, alignBytes: 1 };
}

export const byteTypes = {
  string: {
    options: ["length", "pad", "maxLength", "charset"],
    resolve: (options, fail) => withCharset(resolveString(options, fail), options, fail),
  },
  json: {
    options: ["maxLength"],
    resolve: (options, fail) => {
      const maxLength = integerOption(options, "maxLength", 1, LENGTH_MAX_BYTES, fail);
      const column = { physicalType: "BYTE_ARRAY", logicalType: "JSON" } as const;
      return { ...counted(maxLength, storeCountedText), column, meaning: { kind: "json", max_length: maxLength }, convert: jsonText };
    },
  },
  bson: byteStringRule("bson"),
  bytes: byteStringRule("bytes"),
  interval: intervalRule,
  fixed: {
    options: ["length"],
    resolve: (options, fail) => {
      const length = integerOption(options, "length", 1, LENGTH_MAX_BYTES, fail);
      return {
        ...fixed(length),
        column: { physicalType: "FIXED_LEN_BYTE_ARRAY", typeLengthBytes: length },
        meaning: { kind: "fixed", length },
        storeAt: (offsetBytes, field) => (lane, slotByte, value: Uint8Array) => {
          storeFixedBytes(lane, slotByte + offsetBytes, length, value, field);
        },
      };
    },
  },
  uuid: {
    options: [],
    resolve: () => ({
      ...fixed(UUID_BYTES),
      column: { physicalType: "FIXED_LEN_BYTE_ARRAY", logicalType: "UUID", typeLengthBytes: UUID_BYTES },
      meaning: { kind: "uuid" },
      storeAt: (offsetBytes, field) => (lane, slotByte, value: string | Uint8Array) => {
        storeUuid(lane, slotByte + offsetBytes, value, field);
      },
    }),
  },
} as const satisfies Readonly<Record<string, TypeRule>>;
