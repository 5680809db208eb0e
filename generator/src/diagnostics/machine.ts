/** Diagnostics for programs: JSON, one object a line, and GitHub's workflow commands. */
import type { Diagnostic, Position, Span } from "./model.js";

const place = ({ line, column, offset }: Position): object => ({ line, col: column, offset });
const range = ({ file, start, end }: Span): object => ({ file, start: place(start), end: place(end) });

/** Lines and columns count from 1, columns in UTF-16 units, offsets from 0; `end` is exclusive. */
export function jsonLine(diagnostic: Diagnostic): string {
  const { code, severity, message, span, label, related, notes, help } = diagnostic;
  return JSON.stringify({
    code,
    severity,
    message,
    ...range(span),
    label,
    related: related.map((item) => ({ ...range(item.span), message: item.label })),
    notes,
    fixes: help === undefined ? [] : [{ title: help, edits: [] }],
  });
}

export function githubLine({ code, severity, message, span, label, notes, help }: Diagnostic): string {
  const { file, start, end } = span;
  const isOneLine = start.line === end.line;
  const properties = [
    `file=${escapeProperty(file)}`,
    `line=${start.line}`,
    `endLine=${end.line}`,
    ...(isOneLine ? [`col=${start.column}`, `endColumn=${Math.max(start.column, end.column - 1)}`] : []),
    `title=${code}`,
  ];
  const text = [label === undefined ? message : `${message}: ${label}`, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join(
    "\n",
  );
  return `::${severity} ${properties.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
