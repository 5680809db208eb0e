/** Random schemas of nested types, up to three deep, and the rows that are logged to them. Stated without looking at the product's own tables. */
import * as fc from "fast-check";

/** What a reader gives of a value, as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface LeafType {
  readonly kind: "leaf";
  /** As YAML. */
  readonly keys: string;
  readonly values: fc.Arbitrary<Json>;
  /** A null value that is none of `values`, as YAML and as the reader of a record would see it; undefined: null is a bit. */
  readonly sentinel?: { readonly text: string; readonly value: number };
}

export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly NestedField[];
}

export interface ListType {
  readonly kind: "list";
  readonly maxCount: number;
  readonly element: NestedField;
}

export interface MapType {
  readonly kind: "map";
  readonly maxCount: number;
  readonly key: NestedField;
  readonly value: NestedField;
}

/** Null in every row. */
export interface UnknownType {
  readonly kind: "unknown";
}

export type NestedType = LeafType | StructType | ListType | MapType | UnknownType;

export interface NestedField {
  readonly name: string;
  readonly type: NestedType;
  readonly presence: "required" | "bit" | "sentinel";
}

export interface NestedCase {
  readonly fields: readonly NestedField[];
  readonly layout: string;
  readonly rows: readonly Json[];
}

const integers = (min: number, max: number): fc.Arbitrary<Json> => fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0));
const eighths = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
const letters = fc.stringMatching(/^[a-z]{0,5}$/);

function leaf(keys: string, values: fc.Arbitrary<Json>, sentinel?: LeafType["sentinel"]): LeafType {
  return { kind: "leaf", keys, values, ...(sentinel === undefined ? {} : { sentinel }) };
}

const enumKeys = "type: enum, storage: char, values: [{name: buy, value: B}, {name: sell, value: S}]";

const leaves: readonly LeafType[] = [
  leaf("type: bool", fc.boolean()),
  leaf("type: int8", integers(-127, 127), { text: "-128", value: -128 }),
  leaf("type: uint16", integers(0, 65_534), { text: "65535", value: 65_535 }),
  leaf("type: int32", integers(-(2 ** 31), 2 ** 31 - 1)),
  leaf("type: uint32", integers(0, 2 ** 32 - 1)),
  leaf("type: int64", integers(-(2 ** 52), 2 ** 52), { text: "9007199254740991", value: Number.MAX_SAFE_INTEGER }),
  leaf("type: float", eighths),
  leaf("type: double", eighths, { text: ".nan", value: Number.NaN }),
  leaf("type: string, max_length: 5", letters),
  leaf("type: string, max_length: 301", letters),
  leaf("type: string, length: 5", letters),
  leaf("type: fixed, length: 3", fc.stringMatching(/^[a-z]{3}$/)),
  leaf(enumKeys, fc.constantFrom("buy", "sell")),
];

const keyLeaves: readonly LeafType[] = [
  leaf("type: string, max_length: 5", letters),
  leaf("type: int32", fc.integer({ min: -1000, max: 1000 })),
  leaf("type: string, length: 5", letters),
];

const anyLeaf = fc.constantFrom(...leaves);

function fieldOf(name: string, types: fc.Arbitrary<NestedType>): fc.Arbitrary<NestedField> {
  return fc.tuple(types, fc.constantFrom("required", "bit", "sentinel")).map(([type, presence]): NestedField => {
    const hasSentinel = type.kind === "leaf" && type.sentinel !== undefined;
    return { name, type, presence: presence === "sentinel" && !hasSentinel ? "bit" : presence };
  });
}

const names = ["a", "b", "c", "d", "class", "valid", "count", "element"];

function structOf(depth: number): fc.Arbitrary<StructType> {
  return fc
    .tuple(fc.subarray(names, { minLength: 1, maxLength: 4 }), anyLeaf)
    .chain(([chosen, first]) => {
      const rest = chosen.slice(1).map((name) => fieldOf(name, typeOf(depth - 1)));
      return fc.tuple(fieldOf(chosen[0] ?? "a", fc.constant(first)), ...rest);
    })
    .map((fields): StructType => ({ kind: "struct", fields }));
}

/** A list has no list in it but by way of a struct. */
function elementOf(depth: number): fc.Arbitrary<NestedType> {
  return depth <= 1 ? anyLeaf : fc.oneof(anyLeaf, structOf(depth - 1));
}

function listOf(depth: number): fc.Arbitrary<ListType> {
  return fc
    .tuple(fieldOf("element", elementOf(depth)), fc.constantFrom(1, 2, 3, 256))
    .map(([item, maxCount]): ListType => ({ kind: "list", element: item, maxCount }));
}

function mapOf(depth: number): fc.Arbitrary<MapType> {
  return fc
    .tuple(fc.constantFrom(...keyLeaves), fieldOf("value", elementOf(depth)), fc.integer({ min: 1, max: 3 }))
    .map(([key, value, maxCount]): MapType => ({ kind: "map", key: { name: "key", type: key, presence: "required" }, value, maxCount }));
}

function typeOf(depth: number): fc.Arbitrary<NestedType> {
  if (depth <= 0) return fc.oneof({ weight: 9, arbitrary: anyLeaf }, { weight: 1, arbitrary: fc.constant({ kind: "unknown" } as const) });
  return fc.oneof(anyLeaf, structOf(depth), listOf(depth), mapOf(depth));
}

const DEPTH_MAX = 3;
/** Lists are rarely full, and their elements few: rows stay small. */
const ELEMENTS_MAX_COUNT = 4;

function valueOf(field: NestedField): fc.Arbitrary<Json> {
  if (field.type.kind === "unknown") return fc.constant(null);
  const present = presentValue(field.type);
  return field.presence === "required" ? present : fc.option(present, { freq: 3 });
}

function presentValue(type: Exclude<NestedType, UnknownType>): fc.Arbitrary<Json> {
  switch (type.kind) {
    case "leaf":
      return type.values;
    case "struct":
      return fc.record(Object.fromEntries(type.fields.map((field) => [field.name, valueOf(field)])), { noNullPrototype: true });
    case "list":
      return fc.array(valueOf(type.element), { maxLength: Math.min(type.maxCount, ELEMENTS_MAX_COUNT) });
    case "map":
      return fc
        .uniqueArray(fc.tuple(valueOf(type.key), valueOf(type.value)), { maxLength: type.maxCount, selector: ([key]) => String(key) })
        .map((entries): Json => Object.fromEntries(entries.map(([key, value]) => [String(key), value])));
  }
}

const layouts = ["{reorder: true}", "{reorder: false}", "{packing: packed}", "{align: 64}", "{packing: packed, align: 32}"];

function withRows(fields: readonly NestedField[], layout: string): fc.Arbitrary<NestedCase> {
  const record: StructType = { kind: "struct", fields };
  return fc.array(presentValue(record), { minLength: 1, maxLength: 40 }).map((rows): NestedCase => ({ fields, layout, rows }));
}

/** The first field is flat and required, as most schemas have one; the others are what comes. */
export const nestedCase: fc.Arbitrary<NestedCase> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...layouts), fieldOf("stamp", anyLeaf))
  .chain(([count, layout, first]) =>
    fc
      .tuple(...Array.from({ length: count }, (_, index) => fieldOf(`f${index}`, typeOf(DEPTH_MAX))))
      .map((rest) => ({ layout, fields: [first, ...rest] })),
  )
  .chain(({ fields, layout }) => withRows(fields, layout));

function presenceKeys({ type, presence }: NestedField): string {
  if (presence === "required" || type.kind === "unknown") return "";
  const nullValue = presence === "sentinel" && type.kind === "leaf" ? `, null_value: ${type.sentinel?.text ?? ""}` : "";
  return `, presence: optional${nullValue}`;
}

function typeKeys(type: NestedType): string {
  switch (type.kind) {
    case "leaf":
      return type.keys;
    case "unknown":
      return "type: unknown";
    case "struct":
      return `type: struct, fields: [${type.fields.map((field) => `{name: ${field.name}, ${keysOf(field)}}`).join(", ")}]`;
    case "list":
      return `type: list, of: {${keysOf(type.element)}}, max_count: ${type.maxCount}`;
    case "map":
      return `type: map, key: {${keysOf(type.key)}}, value: {${keysOf(type.value)}}, max_count: ${type.maxCount}`;
  }
}

function keysOf(field: NestedField): string {
  return `${typeKeys(field.type)}${presenceKeys(field)}`;
}

/** The schema as YAML. */
export function schemaText(name: string, { fields, layout }: NestedCase): string {
  const lines = fields.map((field, index) => `  - {name: ${field.name}, id: ${index + 1}, ${keysOf(field)}}\n`);
  return `pqflow: 1\nname: ${name}\nversion: 1\nfields:\n${lines.join("")}layout: ${layout}\n`;
}
