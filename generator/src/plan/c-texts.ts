/** Texts and byte strings of the descriptor: short ones as literals where they are used, long ones as constants of their own. */
import type { CLongText, CTextPart } from "./c-model.js";
import type { NameScope } from "./identifiers.js";
import { stringLiteral, stringLiterals, utf8 } from "./escape.js";

/** C guarantees literals of 4,095 bytes. */
const partBytes = 4000;
const literalColumns = 120;
/** A literal up to this width stands within an initializer. */
const inlineColumns = 90;

/** Collects the constants that the expressions it hands out refer to. */
export interface CTexts {
  /** Initializer of a pqflow_text. */
  text(value: string, name: string): string;
  /** Expression of type const uint8_t *, never null. */
  bytes(value: Uint8Array, name: string): string;
  /** Expression of type const char *, NUL-terminated. */
  terminated(value: string, name: string): string;
  readonly longTexts: readonly CLongText[];
}

function planPart(bytes: Uint8Array, index: number): CTextPart {
  const literals = stringLiterals(bytes, literalColumns);
  return {
    name: `part_${index}`,
    lengthBytes: bytes.length.toString(),
    isSingle: literals.length === 1,
    literals: literals.slice(0, -1),
    lastLiteral: literals.at(-1) ?? '""',
  };
}

function planLongText(name: string, bytes: Uint8Array): CLongText {
  const count = Math.ceil(bytes.length / partBytes);
  const parts = Array.from({ length: count }, (_, index) => planPart(bytes.subarray(index * partBytes, (index + 1) * partBytes), index));
  return { name, parts };
}

export function createTexts(scope: NameScope): CTexts {
  const longTexts: CLongText[] = [];
  const hoist = (bytes: Uint8Array, name: string): string => {
    const text = planLongText(scope.claim(name), bytes);
    longTexts.push(text);
    return text.name;
  };
  const inline = (bytes: Uint8Array): string | undefined => {
    const literals = stringLiterals(bytes, inlineColumns);
    return literals.length === 1 ? literals[0] : undefined;
  };
  const either = (bytes: Uint8Array, name: string, short: (literal: string) => string, long: (name: string) => string): string => {
    const literal = inline(bytes);
    return literal === undefined ? long(hoist(bytes, name)) : short(literal);
  };
  return {
    longTexts,
    text: (value, name) =>
      either(
        utf8(value),
        name,
        (literal) => `PQFLOW_TEXT(${literal})`,
        (object) => `PQFLOW_TEXT_OF(${object})`,
      ),
    bytes: (value, name) =>
      either(
        value,
        name,
        (literal) => `PQFLOW_BYTES(${literal})`,
        (object) => `PQFLOW_BYTES_OF(${object})`,
      ),
    terminated: (value, name) =>
      inline(utf8(value)) === undefined ? `PQFLOW_CHARS_OF(${hoist(utf8(`${value}\0`), name)})` : stringLiteral(value),
  };
}
