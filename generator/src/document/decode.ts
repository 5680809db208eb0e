/** Bytes of a file → text. */
import { isUtf8 } from "node:buffer";
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";

/** A byte order mark is taken off. What is not UTF-8 is reported; the text then serves for the excerpt alone. */
export function decodeSource(
  collector: DiagnosticCollector,
  path: string,
  bytes: Uint8Array,
): { readonly text: string; readonly isValid: boolean } {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (isUtf8(bytes)) return { text, isValid: true };
  collector.report("PQ1015", { message: "the file is not UTF-8", span: firstBadCharacter(path, text), label: "not a character of UTF-8" });
  return { text, isValid: false };
}

/** Decoding leaves U+FFFD where bytes are no character. */
function firstBadCharacter(file: string, text: string): Span {
  const offset = Math.max(0, text.indexOf("\ufffd"));
  const before = text.slice(0, offset).split("\n");
  const position = { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
  return { file, start: position, end: { ...position, column: position.column + 1, offset: offset + 1 } };
}
