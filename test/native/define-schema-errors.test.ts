import { describe, expect, it } from "vitest";
import {
  bool,
  date,
  decimal,
  defineSchema,
  enumeration,
  fixed,
  float,
  float16,
  int32,
  int64,
  int8,
  json,
  optional,
  PqflowError,
  set,
  string,
  time,
  timestamp,
  uint8,
} from "../../native/lib/index.js";
import { thrownBy } from "./support/thrown.js";

describe("a wrong definition", () => {
  /** As JavaScript would call it: types are the first check, not the only one. */
  const define = (definition: unknown): PqflowError =>
    thrownBy(() => defineSchema(definition as Parameters<typeof defineSchema>[0])) as PqflowError;
  const field = (type: unknown): PqflowError => define({ name: "s", fields: { before: int32(), price: type } });
  const loose = (make: unknown, ...args: readonly unknown[]): unknown => (make as (...all: readonly unknown[]) => unknown)(...args);

  it.each([
    ["a function", int64, "expected a type, got a function; call it: int64()"],
    ["an enumeration of a list", loose(enumeration, ["bid", "ask"]), "expected an object of names, such as { bid: 0, ask: 1 }, not a list"],
    ["a word", "int64", 'expected a type such as int64(), got "int64"'],
    ["another object", {}, "expected a type made by int64(), string() and the like"],
    ["an optional optional", { optional: optional(int64()) }, "expected a type made by int64(), string() and the like"],
    ["an unknown option", loose(int64, { unitOfMesure: "ms" }), "unknown option unitOfMesure; did you mean `unitOfMeasure`?"],
    ["an option of another type", loose(int64, { pad: "space" }), "unknown option pad"],
    ["an id of 0", int64({ id: 0 }), "id must be an integer from 1 to 2147483647, got 0"],
    ["a description that is no text", loose(int64, { description: 5 }), "description must be a text, got 5"],
    ["a string without length", loose(string, {}), "a string needs length (padded text) or maxLength"],
    ["a string of both lengths", loose(string, { length: 1, maxLength: 1 }), "and not both"],
    ["a length of 0", string({ maxLength: 0 }), "maxLength must be an integer from 1 to 65535, got 0"],
    ["a length beyond 65,535", string({ length: 65_536 }), "length must be an integer from 1 to 65535, got 65536"],
    ["a pad of two characters", string({ length: 8, pad: "ab" }), 'pad must be space, zero or one ASCII character, got "ab"'],
    ["a pad that is no text", loose(string, { length: 8, pad: 32 }), "pad must be space, zero or one ASCII character, got 32"],
    ["a pad without length", loose(string, { maxLength: 8, pad: "space" }), "pad goes with length"],
    ["a json without length", loose(json, {}), "maxLength must be an integer from 1 to 65535, got undefined"],
    ["fixed bytes of no length", fixed(0), "length must be an integer from 1 to 65535, got 0"],
    ["a time in seconds", loose(time, "s"), 'unit must be one of ms, us, ns, got "s"'],
    ["a timestamp with a word for utc", loose(timestamp, "ms", { utc: "yes" }), 'utc must be true or false, got "yes"'],
    ["a decimal of 77 digits", decimal(77), "precision must be an integer from 1 to 76, got 77"],
    ["a scale beyond the precision", decimal(9, 10), "scale must be an integer from 0 to 9, got 10"],
    [
      "a decimal that its storage cannot hold",
      decimal(10, 0, { storage: "int32" }),
      "precision 10 is beyond the 9 digits of storage int32",
    ],
    ["a decimal of unknown storage", loose(decimal, 5, 0, { storage: "int8" }), 'storage must be one of int32, int64, fixed, got "int8"'],
    ["an empty enum", enumeration({}), "0 names; 1 to 65536 are allowed"],
    ["an enum of no object", loose(enumeration, "bid"), 'expected an object of names, got "bid"'],
    ["an enum with an empty name", enumeration({ "": 1 }), "a name is empty"],
    ["an enum with a fraction", enumeration({ bid: 0.5 }), "bid: the code must be an integer, got 0.5"],
    ["an enum whose code is too wide", enumeration({ bid: 256 }, { storage: "uint8" }), "bid: code 256 does not fit storage uint8"],
    ["an enum with a code twice", enumeration({ bid: 1, ask: 1 }), "ask and bid have the same code 1"],
    ["an enum of unknown storage", loose(enumeration, { bid: 1 }, { storage: "int" }), "storage must be one of int8"],
    ["names of codes beyond 2^63", enumeration({ top: 2n ** 63n }, { storage: "uint64" }), "cannot be stored as a name; use storedAs"],
    ["a set with a bit it has not", set({ top: 8 }, { storage: "uint8" }), "top must be an integer from 0 to 7, got 8"],
    [
      "a required enum whose unknown codes are null",
      enumeration({ bid: 1 }, { unknown: "null" }),
      'unknown: "null" needs an optional field',
    ],
    ["names that keep unknown codes", enumeration({ bid: 1 }, { unknown: "keep" }), 'unknown: "keep" needs storedAs: "code"'],
    ["another word for unknown codes", loose(enumeration, { bid: 1 }, { unknown: "skip" }), "unknown must be one of reject, null, keep"],
    ["another charset", loose(string, { length: 1, charset: "latin1" }), 'charset must be one of utf8, ascii, got "latin1"'],
    ["a decimal stored as another type", loose(decimal, 5, 0, { storedAs: "INT96" }), 'storedAs must be one of BYTE_ARRAY, got "INT96"'],
    ["a limit beyond the type", uint8({ maxValue: 256 }), "maxValue 256 is not from 0 to 255, which the type holds"],
    ["a limit beyond the digits", decimal(2, 0, { minValue: -100 }), "minValue -100 is not from -99 to 99"],
    ["a limit beyond the day", time("ms", { maxValue: 86_400_000 }), "maxValue 86400000 is not from 0 to 86399999"],
    ["a limit with a fraction", int64({ minValue: 0.5 }), "minValue must be a bigint or a safe integer, got 0.5"],
    ["a limit that is no number", float({ minValue: Number.NaN }), "minValue must be a finite number"],
    ["limits that nothing meets", date({ minValue: 2, maxValue: 1 }), "minValue 2 is above maxValue 1"],
    ["limits of a text", loose(string, { length: 1, minValue: 1 }), "unknown option minValue"],
    ["a nullValue of a text", optional(string({ length: 1 }), { nullValue: 0 }), "nullValue is for numbers, times and enums; leave it out"],
    ["a nullValue of a bool", optional(bool(), { nullValue: 2 }), "nullValue is for numbers"],
    [
      "a nullValue beyond the record",
      optional(int8(), { nullValue: 128 }),
      "nullValue 128 is not from -128 to 127, which the record holds",
    ],
    ["a nullValue with a fraction", optional(int8(), { nullValue: 0.5 }), "nullValue must be a bigint or a safe integer, got 0.5"],
    ["a nullValue that is infinite in the record", optional(float16(), { nullValue: 65_520 }), "nullValue 65520 is too large for the type"],
    ["a nullValue of another type", loose(optional, float16(), { nullValue: 1n }), "nullValue must be a number, got 1n"],
    ["an unknown option of optional", loose(optional, int8(), { nullvalue: 1 }), "unknown option nullvalue; did you mean `nullValue`?"],
    ["a set with a bit twice", set({ a: 1, b: 1 }), "b and a have the same code 1"],
  ])("with %s is refused by the field's name", (_, type, problem) => {
    const error = field(type);
    expect(error).toBeInstanceOf(PqflowError);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain("schema s, field price: ");
    expect(error.message).toContain(problem);
  });

  it.each([
    ["no object", "orders", 'definition: expected an object of options, got "orders"'],
    ["an unknown key", { name: "s", field: {} }, "unknown option field; did you mean `fields`?"],
    ["no name", { fields: { a: int32() } }, "name must be a text that is not empty, got undefined"],
    ["a name too long", { name: "x".repeat(256), fields: { a: int32() } }, "name is longer than 255 bytes"],
    ["a lone surrogate", { name: "\ud800", fields: { a: int32() } }, "must be text without lone surrogates and NUL"],
    ["no fields", { name: "s" }, "schema s: fields must be an object of types, got undefined"],
    ["an empty object of fields", { name: "s", fields: {} }, "schema s: 0 fields; a schema has 1 to 4096"],
    ["a field without a name", { name: "s", fields: { "": int32() } }, "the name of a field must be a text that is not empty"],
    ["a list of fields", { name: "s", fields: [int32()] }, "must be an object of types, such as { price: int64() }, not a list"],
    ["a field named by digits", { name: "s", fields: { a: int32(), 7: int32() } }, "schema s, field 7: a name of digits alone"],
    ["an id for some fields", { name: "s", fields: { a: int32({ id: 1 }), b: int32() } }, "field b: other fields have an id"],
    ["an id twice", { name: "s", fields: { a: int32({ id: 1 }), b: int32({ id: 1 }) } }, "field b: id 1 is also that of a; choose another"],
    ["a version of 0", { name: "s", version: 0, fields: { a: int32() } }, "version must be an integer from 1"],
    ["a path that is no text", { name: "s", path: 5, fields: { a: int32() } }, "path must be a text, got 5"],
    ["a reserved key", { name: "s", keyValueMetadata: { "pqflow:x": "y" }, fields: { a: int32() } }, "begins with pqflow:"],
    ["metadata of numbers", { name: "s", keyValueMetadata: { a: 1 }, fields: { a: int32() } }, "keyValueMetadata: a must be a text, got 1"],
    ["metadata that is no object", { name: "s", keyValueMetadata: 5, fields: { a: int32() } }, "keyValueMetadata must be an object"],
    [
      "too large a record",
      { name: "s", fields: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index}`, fixed(65_535)])) },
      "schema s: the record has 1114095 bytes, 1048576 at most",
    ],
    [
      "too many fields",
      { name: "s", fields: Object.fromEntries(Array.from({ length: 4_097 }, (_, index) => [`f${index}`, int32()])) },
      "4097 fields; a schema has 1 to 4096",
    ],
  ])("with %s is refused", (_, definition, problem) => {
    const error = define(definition);
    expect(error).toBeInstanceOf(PqflowError);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain(problem);
  });
});
