/** Values that may run the caller's code, and defaults: made plain before they are stored. */
import { defaultText } from "./typescript-defaults.js";
import { stringText } from "./typescript-literals.js";
import { isOptional } from "./typescript-properties.js";
import type { StoreContext, StoredMember } from "./typescript-places.js";

const dateFunctions = { ms: "dateToMilliseconds", us: "dateToMicroseconds", ns: "dateToNanoseconds" } as const;

export interface Converted {
  readonly variable: string;
  readonly statements: readonly string[];
}

const LINE_WIDTH = 140;

/** `const variable = condition ? then : otherwise;`, broken where prettier breaks it. */
function conditional(variable: string, condition: string, then: string, otherwise: string, indent: number): readonly string[] {
  const value = `${condition} ? ${then} : ${otherwise};`;
  const line = `const ${variable} = ${value}`;
  if (indent + line.length <= LINE_WIDTH) return [line];
  if (indent + 2 + value.length <= LINE_WIDTH) return [`const ${variable} =`, `  ${value}`];
  return [`const ${variable} =`, `  ${condition}`, `    ? ${then}`, `    : ${otherwise};`];
}

/** A default takes the place of undefined. */
export function convert(member: StoredMember, variable: string, context: StoreContext): Converted {
  const { type, defaultValue } = member.field;
  if (defaultValue === undefined) return convertGiven(member, variable, context);
  const given = `${variable}OrDefault`;
  const chosen = conditional(given, `${variable} === undefined`, defaultText(type, defaultValue), variable, context.indent);
  const converted = convertGiven(member, given, context);
  return { variable: converted.variable, statements: [...chosen, ...converted.statements] };
}

/** Dates, JSON objects and intervals; everything else is stored as given. No name of the library ends as the new variables do: fields may be called `read` or `json`. */
function convertGiven({ field }: StoredMember, variable: string, { imports, label, indent }: StoreContext): Converted {
  const { type } = field;
  const isRequired = !isOptional(field);
  const isNull = `${variable} === undefined || ${variable} === null`;
  const call = (name: string): string => `${imports.use(name)}(${variable}, ${stringText(label(field))})`;
  const orNull = (made: string, name: string): Converted => ({
    variable: made,
    statements: isRequired ? [`const ${made} = ${call(name)};`] : conditional(made, isNull, "null", call(name), indent),
  });
  if (type.kind === "json") return orNull(`${variable}Document`, "jsonText");
  if (type.kind === "interval") return orNull(`${variable}Parts`, "readInterval");
  if (type.kind !== "date" && type.kind !== "timestamp" && type.kind !== "int96") return { variable, statements: [] };
  const ticks = `${variable}Ticks`;
  const convertDate = type.kind === "date" ? "dateToDays" : dateFunctions[type.kind === "int96" ? "ns" : type.unit];
  const isObject = `typeof ${variable} === "object"${isRequired ? "" : ` && ${variable} !== null`}`;
  return { variable: ticks, statements: conditional(ticks, isObject, call(convertDate), variable, indent) };
}
