/** text → document → schema → layout, with every finding of the three stages. Pure. */
import { isUtf8 } from "node:buffer";
import { DiagnosticCollector } from "./diagnostics/collector.js";
import type { Diagnostic, Span } from "./diagnostics/model.js";
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

export interface SchemaBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** loadSchema for a file as it was read, with its text for excerpts. A byte order mark is taken off. */
export function loadSchemaBytes({ path, bytes }: SchemaBytes): LoadedSchema & { readonly text: string } {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (isUtf8(bytes)) return { ...loadSchema({ path, text }), text };
  const collector = new DiagnosticCollector();
  collector.report("PQ1015", { message: "the file is not UTF-8", span: firstBadCharacter(path, text), label: "not a character of UTF-8" });
  return { diagnostics: collector.diagnostics, text };
}

/** Decoding leaves U+FFFD where bytes are no character. */
function firstBadCharacter(file: string, text: string): Span {
  const offset = Math.max(0, text.indexOf("\ufffd"));
  const before = text.slice(0, offset).split("\n");
  const position = { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
  return { file, start: position, end: { ...position, column: position.column + 1, offset: offset + 1 } };
}
