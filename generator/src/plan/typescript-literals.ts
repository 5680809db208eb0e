/** Literals as prettier leaves them. */
import type { Literal } from "./typescript-model.js";

/** Printed as escapes: everything outside printable ASCII, so that nothing in a text can hide or end its literal. */
function escapeCodeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A string literal with the quotes that need fewer escapes, double ones by preference. */
export function stringText(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replace(/[^\x20-\x7e]/g, escapeCodeUnit);
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  return doubles > singles ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped.replaceAll('"', '\\"')}"`;
}

export function textLiteral(text: string): Literal {
  return { kind: "text", text };
}

export function stringLiteral(text: string): Literal {
  return textLiteral(stringText(text));
}

export function objectLiteral(entries: readonly (readonly [key: string, value: Literal | undefined])[]): Literal {
  return { kind: "object", entries: entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])) };
}

/** An integer as number where it is safe, else as bigint. */
function integerText(value: bigint): string {
  const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return isSafe ? value.toString() : `${value}n`;
}

export function numberText(value: bigint | number): string {
  if (typeof value === "bigint") return integerText(value);
  if (Object.is(value, -0)) return "-0";
  return value
    .toString()
    .replace("e+", "e")
    .replace(/^Infinity$/, "Number.POSITIVE_INFINITY")
    .replace(/^-Infinity$/, "Number.NEGATIVE_INFINITY");
}

export function fingerprintText(value: bigint): string {
  return `0x${value.toString(16).padStart(16, "0")}n`;
}

/** A key of an object literal or a type. */
export function keyText(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : stringText(key);
}
