/** The bodies of log and logFields: fields become variables, values that may run the caller's code are converted, a slot is reserved, filled and published. */
import type { LeafNode } from "../layout/model.js";
import { defaultText } from "./typescript-defaults.js";
import { stringText } from "./typescript-literals.js";
import { planClock, planSourceStore } from "./typescript-sources.js";
import { planStore, type StoreContext, validVariable } from "./typescript-stores.js";

const dateFunctions = { ms: "dateToMilliseconds", us: "dateToMicroseconds", ns: "dateToNanoseconds" } as const;

interface Converted {
  readonly variable: string;
  readonly statements: readonly string[];
}

const LINE_WIDTH = 140;
const BODY_INDENT = 4;

/** `const variable = condition ? then : otherwise;`, broken where prettier breaks it. */
function conditional(variable: string, condition: string, then: string, otherwise: string): readonly string[] {
  const value = `${condition} ? ${then} : ${otherwise};`;
  const line = `const ${variable} = ${value}`;
  if (BODY_INDENT + line.length <= LINE_WIDTH) return [line];
  if (BODY_INDENT + 2 + value.length <= LINE_WIDTH) return [`const ${variable} =`, `  ${value}`];
  return [`const ${variable} =`, `  ${condition}`, `    ? ${then}`, `    : ${otherwise};`];
}

/** A default takes the place of undefined. */
function convert(node: LeafNode, variable: string, context: StoreContext): Converted {
  const { type, defaultValue } = node.field;
  if (defaultValue === undefined) return convertGiven(node, variable, context);
  const given = `${variable}OrDefault`;
  const chosen = conditional(given, `${variable} === undefined`, defaultText(type, defaultValue), variable);
  const converted = convertGiven(node, given, context);
  return { variable: converted.variable, statements: [...chosen, ...converted.statements] };
}

/** Dates, JSON objects and intervals; everything else is stored as given. No name of the library ends as the new variables do: fields may be called `read` or `json`. */
function convertGiven(node: LeafNode, variable: string, { imports }: StoreContext): Converted {
  const { type, name } = node.field;
  const isRequired = node.nullEncoding.kind === "NEVER";
  const isNull = `${variable} === undefined || ${variable} === null`;
  if (type.kind === "json") {
    const text = `${variable}Document`;
    const call = `${imports.use("jsonText")}(${variable}, ${stringText(name)})`;
    return { variable: text, statements: isRequired ? [`const ${text} = ${call};`] : conditional(text, isNull, "null", call) };
  }
  if (type.kind === "interval") {
    const interval = `${variable}Parts`;
    const call = `${imports.use("readInterval")}(${variable}, ${stringText(name)})`;
    return { variable: interval, statements: isRequired ? [`const ${interval} = ${call};`] : conditional(interval, isNull, "null", call) };
  }
  if (type.kind !== "date" && type.kind !== "timestamp" && type.kind !== "int96") return { variable, statements: [] };
  const ticks = `${variable}Ticks`;
  const convertDate = type.kind === "date" ? "dateToDays" : dateFunctions[type.kind === "int96" ? "ns" : type.unit];
  const call = `${imports.use(convertDate)}(${variable}, ${stringText(name)})`;
  const isObject = `typeof ${variable} === "object"${isRequired ? "" : ` && ${variable} !== null`}`;
  return { variable: ticks, statements: conditional(ticks, isObject, call, variable) };
}

const views = [
  ["laneWords", "const laneWords = laneWriter.words;"],
  ["slotWord", "const slotWord = slotByte >> 2;"],
  ["laneBytes", "const laneBytes = laneWriter.bytes;"],
  ["laneView", "const laneView = laneWriter.view;"],
] as const;

export function planStoreRecord(
  leaves: readonly LeafNode[],
  variables: ReadonlyMap<LeafNode, string>,
  context: StoreContext,
): readonly string[] {
  const given = leaves.filter(({ field }) => field.source === undefined);
  const conversions = new Map(given.map((node) => [node, convert(node, variables.get(node) ?? "", context)]));
  const validBytes = [
    ...new Set(leaves.flatMap(({ nullEncoding }) => (nullEncoding.kind === "BIT" ? [nullEncoding.byteOffsetBytes] : []))),
  ];
  const stores = [
    ...leaves.flatMap((node) => {
      const converted = conversions.get(node);
      return converted === undefined ? planSourceStore(node, context.imports) : planStore(node, converted.variable, context);
    }),
    ...validBytes.map((offset) => `laneBytes[slotByte + ${offset}] = ${validVariable(offset)};`),
  ];
  const used = stores.join("\n");
  return [
    ...[...conversions.values()].flatMap(({ statements }) => statements),
    "const laneWriter = this.#laneWriter;",
    "const slotByte = laneWriter.reserve();",
    "if (slotByte < 0) {",
    "  return false;",
    "}",
    ...views.flatMap(([name, statement]) => (used.includes(name) ? [statement] : [])),
    ...planClock(leaves, context.imports),
    ...validBytes.map((offset) => `let ${validVariable(offset)} = 0;`),
    ...stores,
    "laneWriter.commit(slotByte);",
    "return true;",
  ];
}
