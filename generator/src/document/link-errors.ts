/** What can be wrong with a path under `include:` or `extends:`. */
import { isAbsolute } from "node:path";
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { FileRole } from "./model.js";

/** False when the path was reported. */
export function reportPathFault(collector: DiagnosticCollector, written: string, span: Span): boolean {
  const fault = pathFault(written);
  if (fault === undefined) return true;
  collector.report("PQ6003", {
    message: `\`${written}\` is not a path that a schema may name`,
    span,
    label: fault,
    help: "write a path relative to this file, with `/`",
  });
  return false;
}

function pathFault(path: string): string | undefined {
  if (path === "" || path.endsWith("/")) return "names no file";
  if (path.includes("\0")) return "contains a NUL";
  if (path.includes("\\")) return "contains a backslash";
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return "starts with a drive or a scheme";
  return isAbsolute(path) ? "is absolute: the schema would mean something else on another machine" : undefined;
}

interface Named {
  readonly written: string;
  readonly path: string;
  readonly span: Span;
  readonly role: FileRole;
}

export function reportUnreadable(collector: DiagnosticCollector, { written, path, span, role }: Named, fault: string): undefined {
  const isName = role === "base" && /^[A-Za-z]\w*$/.test(written);
  collector.report("PQ6001", {
    message: `cannot read \`${path}\``,
    span,
    label: fault,
    notes: ["the path is relative to the file it is written in"],
    help: isName ? `\`extends\` takes the path of a file: \`${written.toLowerCase()}.yaml\`?` : undefined,
  });
}

/** `chain` starts and ends with the same file. */
export function reportCycle(collector: DiagnosticCollector, span: Span, chain: readonly string[]): undefined {
  collector.report("PQ6002", { message: `files name each other in a circle: ${chain.join(" → ")}`, span, label: "leads back" });
}

export function reportTwice(collector: DiagnosticCollector, span: Span, first: Span): void {
  collector.report("PQ6007", {
    message: "the same file is included twice",
    span,
    label: "second here",
    related: [{ span: first, label: "first here" }],
  });
}

export function reportTooManyFiles(collector: DiagnosticCollector, span: Span, limit: number): undefined {
  collector.report("PQ6008", { message: `the schema is made of more than ${limit} files`, span });
}
