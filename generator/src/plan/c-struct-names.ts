/** Structs of the generated header, named: the record, the structs in it, the elements that are structs of their own. */
import type { FieldMember, MemberShape, StructLayout } from "../layout/model.js";
import type { Field } from "../schema/model.js";
import type { CGlobals } from "./c-names.js";
import { toSnakeCase } from "./identifiers.js";

/** A struct before its names are chosen. */
export interface StructSource {
  readonly layout: StructLayout;
  /** Fields in the order of the schema, those without bytes included. */
  readonly fields: readonly Field[];
  /** Behind the schema's name; empty for the record. */
  readonly name: string;
  /** What it is made for; undefined for the record. */
  readonly field: Field | undefined;
  /** Of a list: its only field is called `value` in C. */
  readonly isElement: boolean;
}

type ArrayShape = Extract<MemberShape, { readonly kind: "array" }>;

/** `Level` → `level`; a type without a name is called by its field, in what contains it. */
function relativeName({ name, typeName }: Field, outer: string): string {
  if (typeName !== undefined) {
    return toSnakeCase(typeName);
  }
  return outer === "" ? name : `${outer}_${name}`;
}

function fieldsOfElement({ type }: Field): readonly Field[] {
  if (type.kind === "map") {
    return [type.key, type.value];
  }
  return type.kind === "list" ? [type.element] : [];
}

/** The structs that a member brings, inner ones first. */
function structsOf({ field, shape }: FieldMember, outer: string): readonly StructSource[] {
  const name = relativeName(field, outer);
  if (shape.kind === "struct") {
    const fields = field.type.kind === "struct" ? field.type.fields : [];
    return collect({ layout: shape.struct, fields, name, field, isElement: false });
  }
  return shape.kind === "array" ? elementStructs(field, shape, name) : [];
}

function elementStructs(field: Field, { element, isStruct }: ArrayShape, name: string): readonly StructSource[] {
  if (!isStruct) {
    return innerStructs(element, name);
  }
  const isElement = field.type.kind === "list";
  return collect({ layout: element, fields: fieldsOfElement(field), name: `${name}_${isElement ? "element" : "entry"}`, field, isElement });
}

function innerStructs({ members }: StructLayout, name: string): readonly StructSource[] {
  return members.flatMap((member) => (member.kind === "field" ? structsOf(member, name) : []));
}

function collect(source: StructSource): readonly StructSource[] {
  return [...innerStructs(source.layout, source.name), source];
}

/** Each struct once, those that others contain before them; the record last. */
export function structSources(layout: StructLayout, fields: readonly Field[]): readonly StructSource[] {
  const sources = new Map<StructLayout, StructSource>();
  for (const source of collect({ layout, fields, name: "", field: undefined, isElement: false })) {
    if (!sources.has(source.layout)) {
      sources.set(source.layout, source);
    }
  }
  return [...sources.values()];
}

/** A field of an enumeration or set, with the name its type gets where it has none. */
export interface NamedField {
  readonly field: Field;
  readonly name: string;
}

/** Fields of the record and of everything in it, in the order of the schema; those of a named type once. */
export function namedFields(fields: readonly Field[], outer = "", visited = new Set<Field["type"]>()): readonly NamedField[] {
  return fields.flatMap((field) => {
    const { type } = field;
    const name = relativeName(field, outer);
    const inner = type.kind === "struct" ? type.fields : fieldsOfElement(field);
    if (inner.length === 0) {
      return [{ field, name }];
    }
    if (visited.has(type)) {
      return [];
    }
    visited.add(type);
    return namedFields(inner, name, visited);
  });
}

/** Functions of the fields of one struct. */
export interface AccessorNames {
  readonly setName: string;
  readonly getName: string;
  readonly hasName: string;
  readonly clearName: string;
  readonly addName: string;
}

export interface StructNames {
  readonly type: string;
  /** Makes its optional fields null, its lists empty, and gives defaults. */
  readonly resetName: string;
  readonly initName: string;
  readonly accessors: ReadonlyMap<Field, AccessorNames>;
}

/** Names are claimed at file scope, before members and parameters. */
export function claimStructNames(globals: CGlobals, sources: readonly StructSource[]): ReadonlyMap<StructLayout, StructNames> {
  const types = new Map(sources.map((source) => [source, claimTypeNames(globals, source)]));
  const ordered = sources.toSorted((left, right) => Number(left.name !== "") - Number(right.name !== ""));
  const names = ordered.map((source): readonly [StructLayout, StructNames] => {
    const type = types.get(source) ?? { type: "", resetName: "", initName: "" };
    const prefix = source.name === "" ? globals.prefix : type.type;
    return [source.layout, { ...type, accessors: claimAccessorNames(globals, prefix, source) }];
  });
  return new Map(names);
}

function claimTypeNames({ scope, prefix, names }: CGlobals, { name }: StructSource): Omit<StructNames, "accessors"> {
  if (name === "") {
    return { type: names.record, resetName: "", initName: names.recordInit };
  }
  const type = scope.claim(`${prefix}_${name}`);
  return { type, resetName: scope.claim(`${type}_reset`), initName: scope.claim(`${type}_init`) };
}

function claimAccessorNames({ scope }: CGlobals, prefix: string, { fields, isElement }: StructSource): ReadonlyMap<Field, AccessorNames> {
  const claim = (verb: string, name: string): string => scope.claim(`${prefix}_${verb}_${name}`);
  return new Map(
    fields.map((field) => {
      const name = nameInC(field, isElement);
      const own = { setName: claim("set", name), hasName: claim("has", name), clearName: claim("clear", name) };
      return [
        field,
        isPlaced(field) ? { ...own, addName: claim("add", name), getName: "" } : { ...own, getName: claim("get", name), addName: "" },
      ];
    }),
  );
}

/** Filled in place: structs, and the elements of lists and maps. */
function isPlaced({ type: { kind } }: Field): boolean {
  return kind === "struct" || kind === "list" || kind === "map";
}

export function nameInC({ name }: Field, isElement: boolean): string {
  return isElement ? "value" : name;
}
