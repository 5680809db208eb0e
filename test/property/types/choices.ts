/** bool, set. */
import * as fc from "fast-check";
import { itemNames } from "../names.js";
import { enumType, parseItems, storageWidth } from "./enums.js";
import { integerColumn, integerIn, integerValue, loggedForms, rangeOf } from "./integers.js";
import type { Facts, RandomType, Value, YamlKeys } from "./model.js";

const boolValue = (value: boolean): Value => ({ raw: value ? 1n : 0n, ts: value, file: value ? "1" : "0", isValid: true });

const bool: RandomType = {
  name: "bool",
  keys: fc.constant({}),
  facts: () => ({
    carrier: { kind: "scalar", widthBits: 8 },
    column: { element: { type: "BOOLEAN" }, decoding: "integer", duckdb: (column) => `${column}::INTEGER::VARCHAR` },
    values: [fc.boolean().map(boolValue)],
    wild: fc.integer({ min: 2, max: 255 }).map((byte) => ({ raw: BigInt(byte), ts: byte, file: "1", isValid: false, isCounted: true })),
    constant: fc.boolean().map((value) => ({ yaml: String(value), value: boolValue(value) })),
  }),
};

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
    constant: anything.map((bits) => ({ yaml: bits.toString(), value: valueOf(bits) })),
  };
}

export const choiceTypes: readonly RandomType[] = [bool, enumType, { name: "set", keys: setKeys, facts: setFacts }];
