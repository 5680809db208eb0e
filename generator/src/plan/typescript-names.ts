/** Names in generated TypeScript. Every name that is not a field's has a capital letter inside, so that no field, which is in snake case, can meet it. */
import type { Field, Schema } from "../schema/model.js";
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
  isTaken(name: string): boolean;
}

export function toCamelCase(pascal: string): string {
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

export function planNames(schema: Schema): TypeScriptNames {
  const prefix = toPascalCase(schema.name);
  const fixed = { record: `${prefix}Record`, sink: `${prefix}Sink`, descriptor: `${toCamelCase(prefix)}Descriptor` };
  const taken = new Set<string>(Object.values(fixed));
  const choices = new Map<string, string>();
  const choicesOf = (field: Field): string => {
    const key = field.typeName ?? `field ${field.name}`;
    const known = choices.get(key);
    if (known !== undefined) return known;
    const wanted = `${prefix}${field.typeName ?? toPascalCase(field.name)}`;
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    taken.add(name);
    choices.set(key, name);
    return name;
  };
  return { prefix, ...fixed, choicesOf, isTaken: (name) => taken.has(name) };
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
