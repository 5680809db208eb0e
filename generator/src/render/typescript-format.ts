/** Where prettier breaks lines. Only the constructs that generated files have. */
import type { Literal } from "../plan/typescript-model.js";

const LINE_WIDTH = 140;

function fits(text: string): boolean {
  return text.length <= LINE_WIDTH;
}

/** The import over several lines, where it does not fit one. */
export function brokenImport(text: string, specifierCount: number): string | undefined {
  if (fits(text) || specifierCount < 2) return undefined;
  const [start = "", end = ""] = [text.slice(0, text.indexOf("{") + 1), text.slice(text.indexOf("}"))];
  const specifiers = text.slice(start.length, text.indexOf("}")).trim().split(", ");
  return `${start}\n${specifiers.map((specifier) => `  ${specifier},`).join("\n")}\n${end}`;
}

/** What follows `head` and its `=`: a union on the same line, on the next one, or over several. */
export function unionText(members: readonly string[], head: string): string {
  const text = members.join(" | ");
  if (fits(`${head} ${text};`) || members.length < 2) return ` ${text}`;
  return fits(`  ${text};`) ? `\n  ${text}` : members.map((member) => `\n  | ${member}`).join("");
}

/** `(…)` of a function whose line starts with `head` and goes on with `tail`. */
export function parameterText(parameters: readonly string[], indent: string, head: string, tail: string): string {
  const line = `(${parameters.join(", ")})`;
  return fits(`${head}${line}${tail}`) ? line : `(\n${parameters.map((parameter) => `${indent}  ${parameter},\n`).join("")}${indent})`;
}

/** A string that does not fit after its key goes on the next line; other values are short. */
function entryText(key: string, value: Literal, indent: string): string {
  const line = `${indent}${key}: ${literalText(value, indent)},`;
  const isLongString = value.kind === "text" && /^["']/.test(value.text) && !fits(line);
  return isLongString ? `${indent}${key}:\n${indent}  ${value.text},` : line;
}

function objectText(entries: Extract<Literal, { kind: "object" }>["entries"], indent: string): string {
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, value]) => `${entryText(key, value, `${indent}  `)}\n`).join("")}${indent}}`;
}

function arrayText(items: readonly Literal[], indent: string): string {
  if (items.length === 0) return "[]";
  const inner = `${indent}  `;
  return `[\n${items.map((item) => `${inner}${literalText(item, inner)},\n`).join("")}${indent}]`;
}

/** Objects are always written over several lines, which prettier keeps. */
export function literalText(literal: Literal, indent = ""): string {
  if (literal.kind === "text") return literal.text;
  return literal.kind === "object" ? objectText(literal.entries, indent) : arrayText(literal.items, indent);
}
