/** The text of a schema as a tree with positions and without meaning. */
import type { Span } from "../diagnostics/model.js";

export type ScalarValue =
  | { readonly type: "null" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "text"; readonly value: string };

export interface ScalarNode {
  readonly kind: "scalar";
  readonly span: Span;
  readonly value: ScalarValue;
  /** As written, quotes included. */
  readonly source: string;
  /** Written without quotes and not as a block scalar. */
  readonly plain: boolean;
  /** The value is absent, and a comment stands where it is expected: `color: #fff`. */
  readonly swallowedByComment: boolean;
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly span: Span;
  readonly items: readonly DocumentNode[];
}

export interface MappingEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: DocumentNode;
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly span: Span;
  /** In the order written; keys are unique. */
  readonly entries: readonly MappingEntry[];
}

/** A node whose fault is already reported: later stages take it as present and say nothing more about it. */
export interface InvalidNode {
  readonly kind: "invalid";
  readonly span: Span;
}

export type DocumentNode = ScalarNode | SequenceNode | MappingNode | InvalidNode;

/** A schema file as text. `path` is what diagnostics print. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A file that a schema is made from, as it was read. */
export interface SourceFile extends SourceText {
  /** From the folder of the schema that is generated, with `/`: says the same wherever the project lies. */
  readonly relativePath: string;
  readonly bytes: Uint8Array;
}

/** `schema`: what is generated; `base`: named by `extends:`; `types`: named by `include:`. */
export type FileRole = "schema" | "base" | "types";

export interface Include {
  /** Where the path is written. */
  readonly span: Span;
  readonly document: LinkedDocument;
}

/** A document with those that it names. Each file is one object, however many ways lead to it. */
export interface LinkedDocument {
  readonly role: FileRole;
  readonly path: string;
  readonly root: MappingNode;
  readonly includes: readonly Include[];
  readonly base?: LinkedDocument;
  /** A file that it names could not be read: what seems to be missing may stand there. */
  readonly isIncomplete: boolean;
}
