/** Diagnostics as text for people. */
import { shortText } from "./display.js";
import { excerptLines, marksOf } from "./excerpt.js";
import type { Diagnostic } from "./model.js";
import type { Style } from "./style.js";

/** Text by path of every file that spans may refer to. */
export type SourceTexts = ReadonlyMap<string, string>;

/** One block per diagnostic, an empty line between them; no line break at the end. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], texts: SourceTexts, style: Style): string {
  const lines = new Map(Array.from(texts, ([path, text]) => [path, text.split("\n")]));
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, lines, style)).join("\n\n");
}

function renderDiagnostic(diagnostic: Diagnostic, lines: ReadonlyMap<string, readonly string[]>, style: Style): string {
  const { severity, code, message, notes, help } = diagnostic;
  const marks = marksOf(diagnostic);
  const gutterWidth = String(Math.max(...marks.map(({ span }) => span.start.line))).length;
  const blank = " ".repeat(gutterWidth);
  const paint = style[severity];
  const remark = (kind: string, remarkText: string): string =>
    `${blank} ${style.gutter("=")} ${style.strong(`${kind}:`)} ${shortText(remarkText)}`;
  return [
    `${paint(`${severity}[${code}]`)}${style.strong(`: ${shortText(message)}`)}`,
    ...filesOf(diagnostic).flatMap((file) => {
      const inFile = marks.filter(({ span }) => span.file === file);
      const [first] = inFile.toSorted((left, right) => Number(right.primary) - Number(left.primary));
      const place = `${shortText(file)}:${first?.span.start.line ?? 1}:${first?.span.start.column ?? 1}`;
      return [
        `${style.gutter(`${blank} ┌─`)} ${place}`,
        style.gutter(`${blank} │`),
        ...excerptLines(inFile, lines.get(file) ?? [], { gutterWidth, paint, style }),
      ];
    }),
    ...notes.map((note) => remark("note", note)),
    ...(help === undefined ? [] : [remark("help", help)]),
  ].join("\n");
}

/** The file of the finding first. */
function filesOf({ span, related }: Diagnostic): readonly string[] {
  return [...new Set([span.file, ...related.map((item) => item.span.file)])];
}
