/** The type of a field or of an entry of `types:`, named types resolved. Each named type is read once; its faults are reported once, not at every use. */
import type { Span } from "../diagnostics/model.js";
import type { DocumentNode, MappingEntry, MappingNode } from "../document/model.js";
import { mergeAttributes, readAttributes } from "./attributes.js";
import { type Block, readBlock } from "./block.js";
import type { SchemaContext } from "./context.js";
import { foreignTypeHelp } from "./foreign-words.js";
import { type BuiltInType, builtInTypes, groupTypes, type KeyTable, sharedKeys, typeKeys, valueKeys } from "./keys.js";
import { readGroupType } from "./nested.js";
import type { ReadTyped, ResolvedType, TypedBlock } from "./resolved-type.js";
import { didYouMean } from "./suggest.js";
import { readLeafType } from "./types.js";
import { isOneOf } from "./words.js";

export interface TypeTable {
  /** Undefined when the type was reported. */
  resolve(name: string): ResolvedType | undefined;
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Declared in this file itself. */
  readonly ownNames: readonly string[];
  /** Names resolved for this file so far. */
  readonly references: ReadonlySet<string>;
  /** A file with further types could not be read. */
  readonly isIncomplete: boolean;
  /** Path of the file that declares the type, where this one does not see it. */
  hiddenIn(name: string): string | undefined;
}

const anyTypeKeys: KeyTable = Object.assign({}, ...Object.values(typeKeys)) as KeyTable;

export function readNamedType(context: SchemaContext, table: TypeTable, entry: MappingEntry): ResolvedType | undefined {
  const read = readTyped(context, table, entry.value, { type: { kind: "text", required: true } }, `type \`${entry.key}\``);
  return read?.resolved === undefined ? undefined : { ...read.resolved, typeName: entry.key };
}

/** Reads a mapping that has a `type`: its own keys, those of the type, and the shared ones. */
export function readTyped<Table extends KeyTable>(
  context: SchemaContext,
  table: TypeTable,
  node: DocumentNode,
  ownKeys: Table,
  what: string,
): TypedBlock<keyof Table & string> | undefined {
  const uncut = node.kind === "mapping" ? withoutCutType(context, node) : node;
  const typeNode = uncut.kind === "mapping" ? uncut.entries.find(({ key }) => key === "type")?.value : undefined;
  const word = typeNode?.kind === "scalar" && typeNode.value.type === "text" ? typeNode.value.value : undefined;
  const keys = { ...sharedKeys, ...valueKeys, ...ownKeys, ...keysOfType(word) };
  const block = readBlock(context.collector, uncut, keys, {
    what,
    explainUnknown: (entry) => explainForeignKey(context, table, entry, word),
  });
  if (block === undefined) return undefined;
  const resolved = word === undefined || typeNode === undefined ? undefined : resolveType(context, table, block, word, typeNode.span);
  return { block, resolved };
}

/** All keys of all types where the type is unknown or not yet available: its finding is enough. */
function keysOfType(word: string | undefined): KeyTable {
  if (word === undefined) return {};
  if (isBuiltIn(word)) return typeKeys[word];
  return {};
}

function isBuiltIn(word: string): word is BuiltInType {
  return Object.hasOwn(typeKeys, word);
}

function resolveType(context: SchemaContext, table: TypeTable, block: Block, word: string, span: Span): ResolvedType | undefined {
  const base = isBuiltIn(word)
    ? builtIn(context, table, word, block, span)
    : table.has(word)
      ? table.resolve(word)
      : reportUnknownType(context, table, word, span);
  if (base === undefined) return undefined;
  return { ...base, attributes: mergeAttributes(base.attributes, readAttributes(context, block, base.type)) };
}

function builtIn(context: SchemaContext, table: TypeTable, word: BuiltInType, block: Block, span: Span): ResolvedType | undefined {
  if (word === "int96") reportInt96(context, span);
  const read: ReadTyped = (node, ownKeys, what) => readTyped(context, table, node, ownKeys, what);
  const type = isOneOf(groupTypes, word) ? readGroupType(context, word, block, read) : readLeafType(context, word, block);
  return type === undefined ? undefined : { type, attributes: {} };
}

function reportInt96({ collector }: SchemaContext, span: Span): void {
  collector.report("PQ2404", {
    message: "int96 is a legacy timestamp",
    span,
    label: "deprecated by Parquet; its columns have no statistics",
    help: "use `type: timestamp, unit: ns` unless a reader needs INT96",
  });
}

function reportUnknownType({ collector }: SchemaContext, table: TypeTable, word: string, span: Span): undefined {
  if (table.isIncomplete && /^[A-Z]/.test(word)) return undefined;
  const hiddenIn = table.hiddenIn(word);
  const decimal = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(word);
  collector.report("PQ2101", {
    message: `unknown type \`${word}\``,
    span,
    label: "not a built-in type and not in `types:`",
    notes: hiddenIn === undefined ? [] : [`${hiddenIn} declares it, but is not included here`],
    help:
      decimal === null
        ? (foreignTypeHelp(word) ?? didYouMean(word, [...builtInTypes, ...table.names]))
        : `write \`type: decimal, precision: ${decimal[1] ?? ""}, scale: ${decimal[2] ?? ""}\``,
  });
  return undefined;
}

/** A key the table of this type does not have, but another type has. True when that was said. */
function explainForeignKey({ collector }: SchemaContext, table: TypeTable, entry: MappingEntry, word: string | undefined): boolean {
  if (!Object.hasOwn(anyTypeKeys, entry.key)) return false;
  if (word === undefined || (!isBuiltIn(word) && !table.has(word))) return true;
  if (isBuiltIn(word)) collector.report("PQ2003", { message: `\`${entry.key}\` does not apply to type \`${word}\``, span: entry.keySpan });
  else {
    collector.report("PQ2015", {
      message: `\`${entry.key}\` is fixed by type \`${word}\``,
      span: entry.keySpan,
      label: "cannot be changed here",
      help: "declare another type under `types:`",
    });
  }
  return true;
}

/** `{type: decimal(18, 9)}` parses without error to `{type: "decimal(18", "9)": null}`: says so and drops both halves. */
function withoutCutType({ collector }: SchemaContext, node: MappingNode): MappingNode {
  const index = node.entries.findIndex(({ key, value }) => key === "type" && value.kind === "scalar" && /^\w+\([^)]*$/.test(value.source));
  const type = node.entries[index];
  const rest = node.entries[index + 1];
  if (type?.value.kind !== "scalar" || rest === undefined || !/^[^(]*\)$/.test(rest.key)) return node;
  const decimal = /^decimal\(\s*(\d+)$/.exec(type.value.source);
  const scale = /^(\d+)\s*\)$/.exec(rest.key);
  collector.report("PQ2107", {
    message: `\`${type.value.source}\` is cut at the comma`,
    span: { ...type.value.span, end: rest.keySpan.end },
    label: "inside { } a comma starts the next key",
    help:
      decimal === null || scale === null
        ? "write the parts of the type as keys of their own"
        : `write \`type: decimal, precision: ${decimal[1] ?? ""}, scale: ${scale[1] ?? ""}\``,
  });
  const invalid: MappingEntry = { key: "type", keySpan: type.keySpan, value: { kind: "invalid", span: type.value.span } };
  return { ...node, entries: node.entries.map((entry) => (entry === type ? invalid : entry)).filter((entry) => entry !== rest) };
}
