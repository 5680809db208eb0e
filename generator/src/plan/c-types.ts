/** Enumerations and sets of a schema as C and C++ types; fields of the same named type share one. */
import type { EnumStorage, EnumValue, Field, FieldType, SetChoice } from "../schema/model.js";
import { fitsInt, hexLiteral, integerLiteral } from "./c-literals.js";
import type { CEnum, CEnumerator, CSet } from "./c-model.js";
import type { CGlobals } from "./c-names.js";
import { characterLiteral, docComment } from "./escape.js";
import type { NamedField } from "./c-struct-names.js";
import { createNameScope } from "./identifiers.js";

type EnumType = Extract<FieldType, { kind: "enum" }>;
type SetType = Extract<FieldType, { kind: "set" }>;

export interface CTypes {
  readonly enums: readonly CEnum[];
  readonly sets: readonly CSet[];
  /** C type of a field of an enumeration or set. */
  typeName(field: Field): string;
}

interface NamedType {
  readonly key: string | FieldType;
  readonly name: string;
  readonly type: EnumType | SetType;
}

function storageType(storage: EnumStorage): string {
  return storage === "char" ? "char" : `${storage}_t`;
}

/** Fields of one named type share it; each other field has a type of its own. */
function keyOf({ type, typeName }: Field): string | FieldType {
  return typeName ?? type;
}

/** One entry per distinct enumeration or set, in the order of the fields. */
function namedTypes(fields: readonly NamedField[]): readonly NamedType[] {
  const types = new Map<string | FieldType, NamedType>();
  for (const { field, name } of fields) {
    if ((field.type.kind === "enum" || field.type.kind === "set") && !types.has(keyOf(field))) {
      types.set(keyOf(field), { key: keyOf(field), name, type: field.type });
    }
  }
  return [...types.values()];
}

interface Choice {
  readonly name: string;
  readonly value: bigint;
  readonly literal: string;
  readonly description: string | undefined;
}

function enumChoice(value: EnumValue, storage: EnumStorage): Choice {
  const literal = storage === "char" ? characterLiteral(Number(value.value & 0xffn)) : integerLiteral(value.value);
  return { name: value.name, value: value.value, literal, description: value.description };
}

function setChoice(choice: SetChoice): Choice {
  const value = 1n << BigInt(choice.bit);
  const literal = fitsInt(value) ? hexLiteral(value) : `UINT64_C(${hexLiteral(value)})`;
  return { name: choice.name, value, literal, description: choice.description };
}

/** Names in capitals are macros by convention (EOF, NAN, SIGINT): C++ has them in lower case. */
function enumeratorName(name: string): string {
  return /[a-z]/.test(name) ? name : name.toLowerCase();
}

function planEnumerators(
  globals: CGlobals,
  typeName: string,
  choices: readonly Choice[],
): readonly (CEnumerator & { readonly isInt: boolean })[] {
  const inner = createNameScope().claimAll(choices.map((choice) => enumeratorName(choice.name)));
  const prefix = `${globals.constantPrefix}_${typeName.toUpperCase()}`;
  return choices.map((choice, index) => ({
    doc: docComment([choice.description ?? ""], "  "),
    cppName: inner[index] ?? "",
    cName: globals.scope.claim(`${prefix}_${choice.name.toUpperCase()}`),
    value: choice.literal,
    isInt: fitsInt(choice.value),
  }));
}

function splitByRange(
  values: readonly (CEnumerator & { readonly isInt: boolean })[],
): Pick<CEnum, "hasIntValues" | "intValues" | "wideValues"> {
  const intValues = values.filter((value) => value.isInt);
  return { hasIntValues: intValues.length > 0, intValues, wideValues: values.filter((value) => !value.isInt) };
}

function planEnum(globals: CGlobals, named: NamedType, type: EnumType): CEnum {
  const name = globals.scope.claim(`${globals.prefix}_${named.name}`);
  const values = planEnumerators(
    globals,
    named.name,
    type.values.map((value) => enumChoice(value, type.storage)),
  );
  return { doc: docComment([`Codes of ${named.name}.`], ""), name, storage: storageType(type.storage), values, ...splitByRange(values) };
}

function planSet(globals: CGlobals, named: NamedType, type: SetType): CSet {
  const name = globals.scope.claim(`${globals.prefix}_${named.name}`);
  const values = planEnumerators(globals, named.name, type.choices.map(setChoice));
  return {
    doc: docComment([`Bits of ${named.name}.`], ""),
    name,
    storage: storageType(type.storage),
    hasName: globals.scope.claim(`${globals.prefix}_${named.name}_has`),
    setName: globals.scope.claim(`${globals.prefix}_${named.name}_set`),
    clearName: globals.scope.claim(`${globals.prefix}_${named.name}_clear`),
    ...splitByRange(values),
  };
}

export function planTypes(globals: CGlobals, fields: readonly NamedField[]): CTypes {
  const enums: CEnum[] = [];
  const sets: CSet[] = [];
  const names = new Map<string | FieldType, string>();
  for (const named of namedTypes(fields)) {
    const planned = named.type.kind === "enum" ? planEnum(globals, named, named.type) : planSet(globals, named, named.type);
    names.set(named.key, planned.name);
    if ("values" in planned) {
      enums.push(planned);
    } else {
      sets.push(planned);
    }
  }
  return { enums, sets, typeName: (field) => names.get(keyOf(field)) ?? "" };
}
