/** What the readers of types and of fields hand to each other. */
import type { DocumentNode } from "../document/model.js";
import type { Attributes } from "./attributes.js";
import type { Block } from "./block.js";
import type { KeyTable } from "./keys.js";
import type { FieldType } from "./model.js";

export interface ResolvedType {
  readonly type: FieldType;
  readonly typeName?: string;
  readonly attributes: Attributes;
}

export interface TypedBlock<Key extends string> {
  readonly block: Block<Key>;
  /** Undefined when the type was reported. */
  readonly resolved: ResolvedType | undefined;
}

/** Reads a mapping with a `type` within the file at hand: its own keys, those of the type, and the shared ones. */
export type ReadTyped = <Table extends KeyTable>(
  node: DocumentNode,
  ownKeys: Table,
  what: string,
) => TypedBlock<keyof Table & string> | undefined;
