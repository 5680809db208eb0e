/** A place in a source text. Lines and columns count from 1, columns in UTF-16 code units; offsets count from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Span {
  readonly file: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export type Severity = "error" | "warning";

export interface RelatedSpan {
  readonly span: Span;
  readonly label: string;
}

/** One finding. The same object feeds the text rendering and any machine form. */
export interface Diagnostic {
  /** `PQ` and four digits; each code is listed with an example in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Printed after the carets. */
  readonly label?: string;
  readonly related: readonly RelatedSpan[];
  readonly notes: readonly string[];
  /** What to do, e.g. "did you mean `int64`?". */
  readonly help?: string;
}
