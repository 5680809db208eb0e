/** Enumerations and sets. */
import { enumError } from "../value-errors.js";
import { type IntegerName, integerColumn, integerShapes, integerStorage, storeInteger, storeWord } from "./integer-types.js";
import type { ResolvedType, Store, TypeRule } from "./model.js";
import { choiceOption, type Fail, integerOption, type Options, shown } from "./problem.js";

const enumStorages = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const satisfies readonly IntegerName[];
const setStorages = ["uint8", "uint16", "uint32", "uint64"] as const;
const storedAs = ["name", "code"] as const;
const VALUES_MAX_COUNT = 65_536;
const NAME_CODE_MAX = 2n ** 63n - 1n;

interface Code {
  readonly name: string;
  readonly code: bigint;
}

function entriesOf(options: Options, fail: Fail): readonly (readonly [string, unknown])[] {
  const values = options["values"];
  if (typeof values !== "object" || values === null) return fail(`expected an object of names, got ${shown(values)}`);
  const entries = Object.entries(values);
  if (entries.length === 0 || entries.length > VALUES_MAX_COUNT) fail(`${entries.length} names; 1 to ${VALUES_MAX_COUNT} are allowed`);
  if (entries.some(([name]) => name === "")) fail("a name is empty");
  return entries;
}

function codeOf(name: string, value: unknown, storage: IntegerName, fail: Fail): Code {
  const { bits, isSigned } = integerShapes[storage];
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) return fail(`${name}: the code must be an integer, got ${shown(value)}`);
  const code = BigInt(value as bigint | number);
  const fits = (isSigned ? BigInt.asIntN(bits, code) : BigInt.asUintN(bits, code)) === code;
  return fits ? { name, code } : fail(`${name}: code ${code} does not fit storage ${storage}; choose another storage`);
}

function checkApart(codes: readonly Code[], fail: Fail): void {
  const seen = new Map<bigint, string>();
  for (const { name, code } of codes) {
    const twin = seen.get(code);
    if (twin !== undefined) fail(`${name} and ${twin} have the same code ${code}`);
    seen.set(code, name);
  }
}

/** From a name or a code to the code, checked. Codes of 64 bits are bigints, as in generated classes. */
function lookup(codes: readonly Code[], isWide: boolean, field: string): (value: unknown) => number | bigint {
  const byName = new Map<unknown, number | bigint>(codes.map(({ name, code }) => [name, isWide ? code : Number(code)]));
  const known = new Set<unknown>(byName.values());
  const names = codes.map(({ name }) => name);
  return (value) => {
    const code = typeof value === "string" ? byName.get(value) : known.has(value) ? (value as number | bigint) : undefined;
    if (code === undefined) throw enumError(field, value, names);
    return code;
  };
}

function storeCode(codes: readonly Code[], storage: IntegerName, offsetBytes: number, field: string): Store {
  const { bits } = integerShapes[storage];
  const codeOfValue = lookup(codes, bits === 64, field);
  if (bits === 64) {
    const store = storeInteger(storage, offsetBytes, field);
    return (lane, slotByte, value) => {
      store(lane, slotByte, codeOfValue(value) as never);
    };
  }
  const store = storeWord(bits / 8, offsetBytes);
  return (lane, slotByte, value) => {
    store(lane, slotByte, codeOfValue(value) as number);
  };
}

function enumColumn(storage: IntegerName, isNamed: boolean, codes: readonly Code[]): ResolvedType["column"] {
  if (!isNamed) return integerColumn(integerShapes[storage]);
  return { physicalType: "BYTE_ARRAY", logicalType: "STRING", enumValues: codes.map(({ name, code }) => ({ code, name })) };
}

const enumRule: TypeRule = {
  options: ["values", "storage", "storedAs"],
  resolve: (options, fail) => {
    const storage = choiceOption(options, "storage", enumStorages, "int32", fail);
    const isNamed = choiceOption(options, "storedAs", storedAs, "name", fail) === "name";
    const codes = entriesOf(options, fail).map(([name, value]) => codeOf(name, value, storage, fail));
    checkApart(codes, fail);
    const wide = codes.find(({ code }) => code > NAME_CODE_MAX);
    if (isNamed && wide !== undefined) fail(`${wide.name}: code ${wide.code} cannot be stored as a name; use storedAs: "code"`);
    return {
      ...integerStorage(storage),
      column: enumColumn(storage, isNamed, codes),
      meaning: {
        kind: "enum",
        storage,
        stored_as: isNamed ? "name" : "code",
        values: codes.map(({ name, code }) => ({ name, value: code })),
      },
      storeAt: (offsetBytes, field) => storeCode(codes, storage, offsetBytes, field),
    };
  },
};

const setRule: TypeRule = {
  options: ["values", "storage"],
  resolve: (options, fail) => {
    const storage = choiceOption(options, "storage", setStorages, "uint32", fail);
    const { bits } = integerShapes[storage];
    const choices = entriesOf(options, fail).map(([name]) => ({
      name,
      bit: integerOption(options["values"] as Options, name, 0, bits - 1, fail),
    }));
    checkApart(
      choices.map(({ name, bit }) => ({ name, code: BigInt(bit) })),
      fail,
    );
    return {
      ...integerStorage(storage),
      column: integerColumn(integerShapes[storage]),
      meaning: { kind: "set", storage, values: choices },
      storeAt: (offsetBytes, field) => storeInteger(storage, offsetBytes, field),
    };
  },
};

export const choiceTypes = { enum: enumRule, set: setRule } as const;
