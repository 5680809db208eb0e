/** Names in generated TypeScript. Every name that is not a field's has a capital letter inside, so that no field, which is in snake case, can meet it. */
import { innerFields, isGroup } from "../schema/groups.js";
import type { Field, FieldType, Schema } from "../schema/model.js";
import { toPascalCase } from "./identifiers.js";
import type { TypeScriptImport } from "./typescript-model.js";

const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements " +
    "import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/** The variables of the fields, in their order. */
export function variableNames(fields: readonly Field[]): ReadonlyMap<Field, string> {
  const taken = new Set(fields.map((field) => field.name));
  const names = new Map<Field, string>();
  for (const field of fields) {
    let { name } = field;
    while (reserved.has(name) || (name !== field.name && taken.has(name))) name += "_";
    taken.add(name);
    names.set(field, name);
  }
  return names;
}

export interface TypeScriptNames {
  readonly prefix: string;
  readonly record: string;
  readonly sink: string;
  readonly descriptor: string;
  /** Of the type of an enum or a set; the same name for fields of one named type. */
  choicesOf(field: Field): string;
  /** Of a struct's type, and of what stores a struct, list or map. */
  groupOf(field: Field): string;
  storeOf(field: Field): string;
  isTaken(name: string): boolean;
}

export function toCamelCase(pascal: string): string {
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

export function planNames(schema: Schema): TypeScriptNames {
  const prefix = toPascalCase(schema.name);
  const fixed = { record: `${prefix}Record`, sink: `${prefix}Sink`, descriptor: `${toCamelCase(prefix)}Descriptor` };
  const taken = new Set<string>(Object.values(fixed));
  const known = new Map<string | FieldType, string>();
  const claim = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name) || taken.has(`store${name}`); count++) name = `${wanted}${count}`;
    taken.add(name);
    return name;
  };
  const claimBelow = (fields: readonly Field[], path: string): void => {
    for (const field of fields) {
      const own = path + toPascalCase(field.name);
      if (!hasTypeName(field) || known.has(keyOf(field))) continue;
      const name = claim(prefix + (field.typeName ?? own));
      known.set(keyOf(field), name);
      if (isGroup(field.type)) taken.add(`store${name}`);
      claimBelow(innerFields(field.type), field.typeName ?? own);
    }
  };
  claimBelow(schema.fields, "");
  const nameOf = (field: Field): string => {
    const name = known.get(keyOf(field));
    if (name === undefined) throw new Error(`the type of ${field.name} has no name`);
    return name;
  };
  return {
    prefix,
    ...fixed,
    choicesOf: nameOf,
    groupOf: nameOf,
    storeOf: (field) => `store${nameOf(field)}`,
    isTaken: (name) => taken.has(name),
  };
}

/** A named type has one name, an unnamed one that of its place. */
function keyOf({ typeName, type }: Field): string | FieldType {
  return typeName ?? type;
}

function hasTypeName({ type, presence }: Field): boolean {
  return presence.kind !== "constant" && (isGroup(type) || type.kind === "enum" || type.kind === "set");
}

/** Collects what the file imports from the runtime library; answers the local name. */
export interface TypeScriptImports {
  use(name: string): string;
  useType(name: string): string;
  list(): readonly TypeScriptImport[];
}

export function createImports(names: TypeScriptNames): TypeScriptImports {
  const imports = new Map<string, TypeScriptImport>();
  const add = (name: string, isType: boolean): string => {
    const alias = names.isTaken(name) ? `${name}_` : undefined;
    if (imports.get(name)?.isType !== false) imports.set(name, { name, isType, ...(alias === undefined ? {} : { alias }) });
    return alias ?? name;
  };
  return {
    use: (name) => add(name, false),
    useType: (name) => add(name, true),
    list: () => [...imports.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
  };
}
