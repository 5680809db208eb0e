/** Enumerations and sets. */
import { enumCodeError, enumError } from "../value-errors.js";
import { type IntegerName, integerColumn, integerRange, integerShapes, integerStorage, storeInteger, storeWord } from "./integer-types.js";
import type { ResolvedType, Store, TypeRule } from "./model.js";
import { choiceOption, type Fail, integerOption, type Options, shown } from "./problem.js";

const enumStorages = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const satisfies readonly IntegerName[];
const setStorages = ["uint8", "uint16", "uint32", "uint64"] as const;
const storedAs = ["name", "code"] as const;
const unknownPolicies = ["reject", "null", "keep"] as const;
const VALUES_MAX_COUNT = 65_536;
const NAME_CODE_MAX = 2n ** 63n - 1n;

interface Code {
  readonly name: string;
  readonly code: bigint;
}

function entriesOf(options: Options, fail: Fail): readonly (readonly [string, unknown])[] {
  const values = options["values"];
  if (typeof values !== "object" || values === null) return fail(`expected an object of names, got ${shown(values)}`);
  if (Array.isArray(values)) return fail("expected an object of names, such as { bid: 0, ask: 1 }, not a list");
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

interface EnumPlan {
  readonly storage: IntegerName;
  readonly isNamed: boolean;
  readonly unknown: (typeof unknownPolicies)[number];
  readonly codes: readonly Code[];
}

/** Whether the value, no name, is a code of the storage, listed or not. */
function fitsStorage(storage: IntegerName): (value: unknown) => boolean {
  const { bits, isSigned } = integerShapes[storage];
  if (bits === 64)
    return (value) => typeof value === "bigint" && (isSigned ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) === value;
  const [low, high] = integerRange(storage).map(Number) as [number, number];
  return (value) => Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}

function codeError({ storage, unknown, codes }: EnumPlan, field: string, value: unknown): Error {
  const names = codes.map(({ name }) => name);
  return unknown === "reject" ? enumError(field, value, names) : enumCodeError(field, value, names, storage);
}

/** From a name or a code to the code, checked. */
function lookup(plan: EnumPlan, field: string): (value: unknown) => number | bigint {
  const isWide = integerShapes[plan.storage].bits === 64;
  const byName = new Map<unknown, number | bigint>(plan.codes.map(({ name, code }) => [name, isWide ? code : Number(code)]));
  const known = new Set<unknown>(byName.values());
  const isCode = plan.unknown === "reject" ? (value: unknown) => known.has(value) : fitsStorage(plan.storage);
  return (value) => {
    const code = typeof value === "string" ? byName.get(value) : isCode(value) ? (value as number | bigint) : undefined;
    if (code === undefined) throw codeError(plan, field, value);
    return code;
  };
}

function storeCode(plan: EnumPlan, offsetBytes: number, field: string): Store {
  const { storage } = plan;
  const { bits } = integerShapes[storage];
  const codeOfValue = lookup(plan, field);
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

/** A column of codes that keeps every code needs no list. */
function enumColumn({ storage, isNamed, unknown, codes }: EnumPlan): ResolvedType["column"] {
  const column = isNamed ? ({ physicalType: "BYTE_ARRAY", logicalType: "STRING" } as const) : integerColumn(integerShapes[storage]);
  if (unknown === "keep") return column;
  const enumValues = codes.map(({ name, code }) => ({ code: BigInt.asIntN(64, code), name }));
  return { ...column, enumValues, ...(unknown === "null" ? { unknownCode: "NULL" } : {}) };
}

function readUnknown(options: Options, isNamed: boolean, isOptional: boolean, fail: Fail): EnumPlan["unknown"] {
  const unknown = choiceOption(options, "unknown", unknownPolicies, isNamed ? "reject" : "keep", fail);
  if (unknown === "null" && !isOptional) fail('unknown: "null" needs an optional field; wrap it in optional() or use "reject"');
  if (unknown === "keep" && isNamed) fail('unknown: "keep" needs storedAs: "code": a code without a name has none to write');
  return unknown;
}

function enumMeaning({ storage, isNamed, unknown, codes }: EnumPlan): ResolvedType["meaning"] {
  return {
    kind: "enum",
    storage,
    stored_as: isNamed ? "name" : "code",
    unknown: unknown === (isNamed ? "reject" : "keep") ? undefined : unknown,
    values: codes.map(({ name, code }) => ({ name, value: code })),
  };
}

const enumRule: TypeRule = {
  options: ["values", "storage", "storedAs", "unknown"],
  resolve: (options, fail, isOptional) => {
    const storage = choiceOption(options, "storage", enumStorages, "int32", fail);
    const isNamed = choiceOption(options, "storedAs", storedAs, "name", fail) === "name";
    const unknown = readUnknown(options, isNamed, isOptional, fail);
    const codes = entriesOf(options, fail).map(([name, value]) => codeOf(name, value, storage, fail));
    checkApart(codes, fail);
    const wide = codes.find(({ code }) => code > NAME_CODE_MAX);
    if (isNamed && wide !== undefined) fail(`${wide.name}: code ${wide.code} cannot be stored as a name; use storedAs: "code"`);
    const plan: EnumPlan = { storage, isNamed, unknown, codes };
    return {
      ...integerStorage(storage),
      column: enumColumn(plan),
      meaning: enumMeaning(plan),
      storeAt: (offsetBytes, field) => storeCode(plan, offsetBytes, field),
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
