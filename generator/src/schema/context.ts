import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";

/** What every reader of the schema stage needs. */
export interface SchemaContext {
  readonly collector: DiagnosticCollector;
  /** The schema's `version`, when it is readable. */
  readonly version?: { readonly number: number; readonly span: Span } | undefined;
}
