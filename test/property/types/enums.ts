/** enum. */
import * as fc from "fast-check";
import { itemNames } from "../names.js";
import { integerColumn, integerIn, integerValue, loggedForms, plainSql, rangeOf, type IntegerRange, type WidthBits } from "./integers.js";
import type { ExpectedColumn, Facts, RandomType, Sentinel, Value, YamlKeys } from "./model.js";

interface Item {
  readonly name: string;
  readonly value: bigint;
}

/** The items of an enum or a set as they were printed into its keys. */
export const parseItems = (keys: YamlKeys, key: "value" | "bit"): readonly Item[] =>
  [...(keys["values"] ?? "").matchAll(/\{name: "(\w+)", (\w+): (?:"(.)"|(-?\d+))\}/g)].map(([, name, word, character, number]) => {
    if (word !== key) throw new Error(`${String(word)} was expected to be ${key}`);
    return { name: name ?? "", value: character === undefined ? BigInt(number ?? 0) : BigInt(character.charCodeAt(0)) };
  });

const storages = ["char", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;

export function storageWidth(storage: string): WidthBits {
  return storage === "char" ? 8 : (Number(storage.replace(/^u?int/, "")) as WidthBits);
}

/** Letters that neither YAML nor C needs to escape. */
const characters: IntegerRange = { min: 0x41n, max: 0x5an };

/** Codes that are looked up in the list are signed words of 64 bits. */
function codeRange(storage: string, isLookedUp: boolean): IntegerRange {
  if (storage === "char") return characters;
  const range = rangeOf(storageWidth(storage), !storage.startsWith("u"));
  return isLookedUp && storage === "uint64" ? { min: 0n, max: 2n ** 63n - 1n } : range;
}

/** Codes outside of the list: names cannot be kept; without the word, names reject and codes are kept. */
const policies = { name: ["reject", '"null"', undefined], code: ["reject", '"null"', "keep", undefined] } as const;

const wordKeys: fc.Arbitrary<YamlKeys> = fc.constantFrom("name", "code", undefined).chain((storedAs) =>
  fc.constantFrom<string | undefined>(...policies[storedAs ?? "name"]).map((unknown) => ({
    ...(storedAs === undefined ? {} : { stored_as: storedAs }),
    ...(unknown === undefined ? {} : { unknown }),
  })),
);

const enumKeys: fc.Arbitrary<YamlKeys> = fc
  .tuple(fc.constantFrom(...storages), wordKeys, fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 })))
  .chain(([storage, words, count]) =>
    fc
      .tuple(
        itemNames(count),
        fc.uniqueArray(integerIn(codeRange(storage, policyOf(words, words["stored_as"] !== "code") !== "keep")), {
          minLength: 1,
          maxLength: count,
        }),
      )
      .map(([names, codes]) => {
        const text = (code: bigint): string => (storage === "char" ? `"${String.fromCharCode(Number(code))}"` : code.toString());
        const items = codes.map((code, index) => `{name: "${names[index] ?? ""}", value: ${text(code)}}`);
        return { storage, ...words, values: `[${items.join(", ")}]` };
      }),
  );

/** The code in the file: that of the storage, a character's as an unsigned byte. */
function enumColumn(storage: string, isByName: boolean): ExpectedColumn {
  if (!isByName) return integerColumn(storageWidth(storage), storage !== "char" && !storage.startsWith("u"));
  return { element: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } }, decoding: "text", duckdb: plainSql };
}

type Policy = "reject" | "null" | "keep";

function policyOf(keys: YamlKeys, isByName: boolean): Policy {
  const word = keys["unknown"]?.replaceAll('"', "") as Policy | undefined;
  return word ?? (isByName ? "reject" : "keep");
}

interface Codes {
  readonly storage: string;
  readonly widthBits: WidthBits;
  readonly isByName: boolean;
  readonly items: readonly Item[];
  readonly range: IntegerRange;
}

function listed({ items, widthBits, isByName }: Codes): fc.Arbitrary<Value> {
  return fc.tuple(fc.constantFrom(...items), fc.boolean()).map(([item, asName]) => {
    const ts = asName ? item.name : loggedForms(item.value, widthBits)[0];
    return { ...integerValue(item.value, widthBits, ts), file: isByName ? item.name : item.value.toString() };
  });
}

/** Codes without a name; undefined where every code has one. */
function unlistedCodes({ items, range }: Codes): fc.Arbitrary<bigint> | undefined {
  const known = new Set(items.map(({ value }) => value));
  return known.size > Number(range.max - range.min) ? undefined : integerIn(range).filter((code) => !known.has(code));
}

function unlisted({ widthBits, isByName }: Codes, policy: Policy, codes: fc.Arbitrary<bigint>): fc.Arbitrary<Value> {
  return codes.map((code) => {
    const value = integerValue(code, widthBits, loggedForms(code, widthBits)[0], policy !== "reject");
    if (policy === "keep") return value;
    return { ...value, ...(isByName ? { file: "" } : {}), isCounted: policy === "reject", isNullIfOptional: true };
  });
}

/** No code of the storage. */
function refused({ range, widthBits }: Codes): fc.Arbitrary<unknown> {
  const wrong = [range.min - 1n, range.max + 1n].map((code) => (widthBits === 64 ? code : Number(code)));
  const others = [0.5, Number.NaN, "no such name", true, widthBits === 64 ? 1 : 1n];
  return fc.constantFrom<unknown>(...wrong, ...others);
}

function sentinels({ storage, widthBits }: Codes, codes: fc.Arbitrary<bigint>): fc.Arbitrary<Sentinel> {
  const lowerCase = integerIn({ min: 0x61n, max: 0x7an });
  return (storage === "char" ? lowerCase : codes).map((code) => {
    const raw = BigInt.asUintN(widthBits, code);
    const yaml = storage === "char" ? `"${String.fromCharCode(Number(code))}"` : code.toString();
    return { yaml, raw, matches: (other: bigint) => other === raw };
  });
}

function factsOf(codes: Codes, policy: Policy): Facts {
  const { storage, widthBits, isByName, items } = codes;
  const free = unlistedCodes(codes);
  const outside = free === undefined ? [] : [unlisted(codes, policy, free)];
  return {
    carrier: { kind: "scalar", widthBits },
    column: enumColumn(storage, isByName),
    values: [policy === "reject" ? listed(codes) : fc.oneof(listed(codes), ...outside)],
    ...(policy === "reject" && free !== undefined ? { wild: unlisted(codes, policy, free) } : {}),
    refused: refused(codes),
    ...(free === undefined ? {} : { sentinel: sentinels(codes, free) }),
    constant: fc.constantFrom(...items).map((item) => ({
      yaml: `"${item.name}"`,
      value: { ...integerValue(item.value, widthBits, undefined), file: isByName ? item.name : item.value.toString() },
    })),
    ...(policy === "null" ? { whenRequired: factsOf(codes, "reject") } : {}),
  };
}

function enumFacts(keys: YamlKeys): Facts {
  const storage = keys["storage"] ?? "";
  const isByName = keys["stored_as"] !== "code";
  const widthBits = storageWidth(storage);
  const range = rangeOf(widthBits, storage !== "char" && !storage.startsWith("u"));
  return factsOf({ storage, widthBits, isByName, items: parseItems(keys, "value"), range }, policyOf(keys, isByName));
}

export const enumType: RandomType = { name: "enum", keys: enumKeys, facts: enumFacts };
