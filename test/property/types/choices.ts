/** bool, enum, set. */
import * as fc from "fast-check";
import { itemNames } from "../names.js";
import { integerColumn, integerIn, integerValue, loggedForms, plainSql, rangeOf, type IntegerRange, type WidthBits } from "./integers.js";
import type { ExpectedColumn, Facts, RandomType, Value, YamlKeys } from "./model.js";

const bool: RandomType = {
  name: "bool",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "scalar", widthBits: 8 },
    column: { element: { type: "BOOLEAN" }, decoding: "integer", duckdb: (column) => `${column}::INTEGER::VARCHAR` },
    values: [fc.boolean().map((value): Value => ({ raw: value ? 1n : 0n, ts: value, file: value ? "1" : "0", isValid: true }))],
    wild: fc.integer({ min: 2, max: 255 }).map((byte) => ({ raw: BigInt(byte), ts: byte, file: "1", isValid: false, isCounted: true })),
    constant: fc.boolean().map((value) => ({ yaml: String(value), file: value ? "1" : "0" })),
  }),
};

interface Item {
  readonly name: string;
  readonly value: bigint;
}

/** The items of an enum or a set as they were printed into its keys. */
const parseItems = (keys: YamlKeys, key: "value" | "bit"): readonly Item[] =>
  [...(keys["values"] ?? "").matchAll(/\{name: "(\w+)", (\w+): (?:"(.)"|(-?\d+))\}/g)].map(([, name, word, character, number]) => {
    if (word !== key) throw new Error(`${String(word)} was expected to be ${key}`);
    return { name: name ?? "", value: character === undefined ? BigInt(number ?? 0) : BigInt(character.charCodeAt(0)) };
  });

const storages = ["char", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;

function storageWidth(storage: string): WidthBits {
  return storage === "char" ? 8 : (Number(storage.replace(/^u?int/, "")) as WidthBits);
}

/** Letters that neither YAML nor C needs to escape. */
const characters: IntegerRange = { min: 0x41n, max: 0x5an };

function codeRange(storage: string, storedAs: string): IntegerRange {
  if (storage === "char") return characters;
  const range = rangeOf(storageWidth(storage), !storage.startsWith("u"));
  return storedAs === "name" && storage === "uint64" ? { min: 0n, max: 2n ** 63n - 1n } : range;
}

const enumKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(fc.constantFrom(...storages), fc.constantFrom("name", "code", undefined), fc.integer({ min: 1, max: 12 }))
  .chain(([storage, storedAs, count]) =>
    fc
      .tuple(itemNames(count), fc.uniqueArray(integerIn(codeRange(storage, storedAs ?? "name")), { minLength: 1, maxLength: count }))
      .map(([names, codes]) => {
        const text = (code: bigint): string => (storage === "char" ? `"${String.fromCharCode(Number(code))}"` : code.toString());
        const items = codes.map((code, index) => `{name: "${names[index] ?? ""}", value: ${text(code)}}`);
        return { storage, ...(storedAs === undefined ? {} : { stored_as: storedAs }), values: `[${items.join(", ")}]` };
      }),
  );

/** The code in the file: that of the storage, a character's as an unsigned byte. */
function enumColumn(storage: string, isByName: boolean): ExpectedColumn {
  if (!isByName) return integerColumn(storageWidth(storage), storage !== "char" && !storage.startsWith("u"));
  return { element: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } }, decoding: "text", duckdb: plainSql };
}

function enumFacts(keys: YamlKeys): Facts {
  const storage = keys["storage"] ?? "";
  const isByName = keys["stored_as"] !== "code";
  const widthBits = storageWidth(storage);
  const items = parseItems(keys, "value");
  const fileOf = ({ name, value }: Item): string => (isByName ? name : value.toString());
  const known = new Set(items.map(({ value }) => value));
  const range = rangeOf(widthBits, storage !== "char" && !storage.startsWith("u"));
  const unknown = integerIn(range).filter((code) => !known.has(code));
  const unlisted = storage === "char" ? integerIn({ min: 0x61n, max: 0x7an }) : unknown;
  const listed = fc.tuple(fc.constantFrom(...items), fc.boolean()).map(([item, byName]): Value => {
    const ts = byName ? item.name : loggedForms(item.value, widthBits)[0];
    return { ...integerValue(item.value, widthBits, ts), file: fileOf(item) };
  });
  const unlistedValue = (code: bigint, isValid: boolean): Value => integerValue(code, widthBits, loggedForms(code, widthBits)[0], isValid);
  const hasUnknown = known.size <= Number(range.max - range.min);
  // `unknown` is not among the keys: by name such codes are rejected, as codes they are kept.
  const kept = unknown.map((code) => unlistedValue(code, true));
  return {
    carrier: { kind: "scalar", widthBits },
    column: enumColumn(storage, isByName),
    values: [isByName || !hasUnknown ? listed : fc.oneof({ weight: 3, arbitrary: listed }, { weight: 1, arbitrary: kept })],
    ...(!hasUnknown
      ? {}
      : {
          ...(isByName
            ? { wild: unknown.map((code) => ({ ...unlistedValue(code, false), file: "", isCounted: true, isNullIfOptional: true })) }
            : {}),
          sentinel: unlisted.map((code) => {
            const raw = BigInt.asUintN(widthBits, code);
            const yaml = storage === "char" ? `"${String.fromCharCode(Number(code))}"` : code.toString();
            return { yaml, raw, matches: (other: bigint) => other === raw };
          }),
        }),
    constant: fc.constantFrom(...items).map((item) => ({ yaml: `"${item.name}"`, file: fileOf(item) })),
  };
}

const setKeys: fc.Arbitrary<YamlKeys> = fc.constantFrom(8, 16, 32, 64).chain((widthBits) =>
  fc
    .tuple(itemNames(8), fc.uniqueArray(fc.integer({ min: 0, max: widthBits - 1 }), { minLength: 1, maxLength: 8 }))
    .map(([names, bits]) => ({
      storage: `uint${widthBits}`,
      values: `[${bits.map((bit, index) => `{name: "${names[index] ?? ""}", bit: ${bit}}`).join(", ")}]`,
    })),
);

/** TypeScript takes every integer of the width, known bits or not; validate() of C wants known bits. */
function setFacts(keys: YamlKeys): Facts {
  const widthBits = storageWidth(keys["storage"] ?? "");
  const knownBits = parseItems(keys, "bit").reduce((bits, { value }) => bits | (1n << value), 0n);
  const valueOf = (bits: bigint): Value => integerValue(bits, widthBits, loggedForms(bits, widthBits)[0], (bits & ~knownBits) === 0n);
  const anything = integerIn(rangeOf(widthBits, false));
  return {
    carrier: { kind: "scalar", widthBits },
    column: integerColumn(widthBits, false),
    values: [anything.map((bits) => valueOf(bits & knownBits)), anything.map(valueOf)],
    constant: anything.map((bits) => ({ yaml: bits.toString(), file: bits.toString() })),
  };
}

export const choiceTypes: readonly RandomType[] = [
  bool,
  { name: "enum", keys: enumKeys, facts: enumFacts },
  { name: "set", keys: setKeys, facts: setFacts },
];
