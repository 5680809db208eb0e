/** Gathers the findings of one run; every stage reports here and goes on, so that all errors are seen at once. */
import { type DiagnosticCode, diagnosticCodes } from "./codes.js";
import type { Diagnostic, RelatedSpan, Span } from "./model.js";

export interface Finding {
  readonly message: string;
  readonly span: Span;
  readonly label?: string | undefined;
  readonly related?: readonly RelatedSpan[];
  readonly notes?: readonly string[];
  readonly help?: string | undefined;
}

/** A file of garbage has hundreds of thousands of faults; nobody reads more than these. */
const FINDINGS_MAX_COUNT = 1000;

export class DiagnosticCollector {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #files = new Map<string, number>();

  /** Findings are sorted by the order in which their files were started. */
  startFile(path: string): void {
    if (!this.#files.has(path)) this.#files.set(path, this.#files.size);
  }

  /** Severity follows from the code. Findings beyond the first thousand are not kept. */
  report(code: DiagnosticCode, finding: Finding): void {
    if (this.#diagnostics.length >= FINDINGS_MAX_COUNT) return;
    const { message, span, label, help } = finding;
    this.#diagnostics.push({
      code,
      severity: diagnosticCodes[code].severity,
      message,
      span,
      ...(label === undefined ? {} : { label }),
      related: finding.related ?? [],
      notes: finding.notes ?? [],
      ...(help === undefined ? {} : { help }),
    });
  }

  get hasErrors(): boolean {
    return this.#diagnostics.some((diagnostic) => diagnostic.severity === "error");
  }

  /** File by file, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.toSorted(
      (left, right) =>
        this.#rankOf(left) - this.#rankOf(right) ||
        left.span.start.offset - right.span.start.offset ||
        left.code.localeCompare(right.code, "en"),
    );
  }

  #rankOf({ span }: Diagnostic): number {
    return this.#files.get(span.file) ?? 0;
  }
}
