/** Diagnostics as text for people. */
import { shortText } from "./display.js";
import { excerptLines } from "./excerpt.js";
import type { Diagnostic } from "./model.js";
import type { Style } from "./style.js";

/** One block per diagnostic, an empty line between them; no line break at the end. `text` is the source that the spans refer to. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], text: string, style: Style): string {
  const lines = text.split("\n");
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, lines, style)).join("\n\n");
}

function renderDiagnostic(diagnostic: Diagnostic, lines: readonly string[], style: Style): string {
  const { severity, code, message, span, notes, help } = diagnostic;
  const lastLine = Math.max(span.start.line, ...diagnostic.related.map((item) => item.span.start.line));
  const gutterWidth = String(lastLine).length;
  const gutter = style.gutter(`${" ".repeat(gutterWidth)} │`);
  const remark = (kind: string, remarkText: string): string =>
    `${" ".repeat(gutterWidth)} ${style.gutter("=")} ${style.strong(`${kind}:`)} ${shortText(remarkText)}`;
  return [
    `${style[severity](`${severity}[${code}]`)}${style.strong(`: ${shortText(message)}`)}`,
    `${style.gutter(`${" ".repeat(gutterWidth)} ┌─`)} ${shortText(span.file)}:${span.start.line}:${span.start.column}`,
    gutter,
    ...excerptLines(diagnostic, lines, gutterWidth, style),
    ...notes.map((note) => remark("note", note)),
    ...(help === undefined ? [] : [remark("help", help)]),
  ].join("\n");
}
