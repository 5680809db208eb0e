/** bytes → document → schema → layout, with every finding of the three stages. Pure, but for the files that `readFile` brings. */
import { DiagnosticCollector } from "./diagnostics/collector.js";
import type { Diagnostic } from "./diagnostics/model.js";
import { linkDocuments, type ReadFile } from "./document/link.js";
import type { SourceFile, SourceText } from "./document/model.js";
import { buildLayout } from "./layout/build.js";
import type { RecordLayout } from "./layout/model.js";
import type { Schema } from "./schema/model.js";
import { readSchema } from "./schema/read.js";

export interface LoadedSchema {
  readonly schema?: Schema;
  readonly layout?: RecordLayout;
  /** File by file, in the order of the text. `schema` and `layout` are absent when one of them is an error. */
  readonly diagnostics: readonly Diagnostic[];
  /** The schema's own file first, then those that it includes and extends. */
  readonly files: readonly SourceFile[];
}

/** A schema as it was read; `identity` as in FileBytes, the path where it is absent. */
export interface SchemaBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly identity?: string;
}

/** For schemas that stand alone. */
export const noFiles: ReadFile = () => ({ fault: "only the schema itself was given" });

export function loadSchemaBytes({ path, bytes, identity = path }: SchemaBytes, readFile: ReadFile = noFiles): LoadedSchema {
  const collector = new DiagnosticCollector();
  const { document, files } = linkDocuments({ path, bytes, identity }, readFile, collector);
  const schema = document === undefined ? undefined : readSchema(document, collector);
  const layout = schema === undefined ? undefined : buildLayout(schema, collector);
  const { diagnostics } = collector;
  return schema === undefined || layout === undefined ? { diagnostics, files } : { schema, layout, diagnostics, files };
}

export function loadSchema({ path, text }: SourceText, readFile: ReadFile = noFiles): LoadedSchema {
  return loadSchemaBytes({ path, bytes: new TextEncoder().encode(text) }, readFile);
}
