/** text → document → schema → layout, with every finding of the three stages. Pure. */
import { DiagnosticCollector } from "./diagnostics/collector.js";
import type { Diagnostic } from "./diagnostics/model.js";
import type { SourceText } from "./document/model.js";
import { readDocument } from "./document/read.js";
import { buildLayout } from "./layout/build.js";
import type { RecordLayout } from "./layout/model.js";
import type { Schema } from "./schema/model.js";
import { readSchema } from "./schema/read.js";

export interface LoadedSchema {
  readonly schema?: Schema;
  readonly layout?: RecordLayout;
  /** In the order of the text. `schema` and `layout` are absent when one of them is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

export function loadSchema(source: SourceText): LoadedSchema {
  const collector = new DiagnosticCollector();
  const root = readDocument(source, collector);
  const schema = root === undefined ? undefined : readSchema(root, collector);
  const layout = schema === undefined ? undefined : buildLayout(schema, collector);
  const { diagnostics } = collector;
  return schema === undefined || layout === undefined ? { diagnostics } : { schema, layout, diagnostics };
}
