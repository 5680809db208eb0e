/** Reads one mapping by its key table: unknown, unavailable and missing keys and values of the wrong kind are reported here, once for all blocks. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { DocumentNode, MappingEntry, MappingNode, ScalarNode, SequenceNode } from "../document/model.js";
import { foreignKeyHelp } from "./foreign-words.js";
import { checkKind, describeNode } from "./kinds.js";
import type { KeyRule, KeyTable } from "./keys.js";
import { didYouMean, listWords } from "./suggest.js";

/** A mapping whose values have the kinds of its table. Values that were reported are absent. */
export interface Block<Key extends string = string> {
  readonly span: Span;
  readonly entries: { get(key: Key): MappingEntry | undefined };
  /** Keys written at all, faulty values included. */
  readonly written: ReadonlySet<string>;
  /** Where a written key stands; any key, for findings. */
  keySpanOf(key: string): Span | undefined;
}

export interface BlockName {
  /** "a field", "`layout`": completes "… is not a key of". */
  readonly what: string;
  /** Called for keys outside the table; true when it has reported the key itself. */
  readonly explainUnknown?: (entry: MappingEntry) => boolean;
}

export function readBlock<Table extends KeyTable>(
  collector: DiagnosticCollector,
  node: DocumentNode,
  table: Table,
  name: BlockName,
): Block<keyof Table & string> | undefined {
  if (node.kind !== "mapping") {
    if (node.kind !== "invalid")
      collector.report("PQ1205", { message: `${name.what} is a mapping, not ${describeNode(node)}`, span: node.span });
    return undefined;
  }
  const entries = new Map<keyof Table & string, MappingEntry>();
  for (const entry of node.entries) {
    const rule = Object.hasOwn(table, entry.key) ? table[entry.key] : undefined;
    if (rule === undefined) reportUnknown(collector, entry, table, name);
    else if (rule === "later") reportLater(collector, entry.keySpan, entry.key);
    else if (checkEntry(collector, entry, rule)) entries.set(entry.key, entry);
  }
  const written = new Set(node.entries.map((entry) => entry.key));
  reportMissing(collector, node, table, written, name);
  return { span: node.span, entries, written, keySpanOf: (key) => node.entries.find((entry) => entry.key === key)?.keySpan };
}

/** The one sentence for everything that comes with a later version. */
function reportLater(collector: DiagnosticCollector, span: Span, word: string, label?: string): void {
  collector.report("PQ2004", { message: `\`${word}\` is part of the language but not available in this version`, span, label });
}

function reportUnknown(collector: DiagnosticCollector, entry: MappingEntry, table: KeyTable, name: BlockName): void {
  if (name.explainUnknown?.(entry) === true) return;
  const known = Object.keys(table);
  collector.report("PQ2001", {
    message: `unknown key \`${entry.key}\``,
    span: entry.keySpan,
    label: `not a key of ${name.what}`,
    help: foreignKeyHelp(entry.key, known) ?? didYouMean(entry.key, known),
  });
}

function reportMissing(
  collector: DiagnosticCollector,
  node: MappingNode,
  table: KeyTable,
  written: ReadonlySet<string>,
  name: BlockName,
): void {
  for (const [key, rule] of Object.entries(table)) {
    if (rule === "later" || rule.required !== true || written.has(key)) continue;
    collector.report("PQ2002", {
      message: `${name.what} needs \`${key}\``,
      span: node.entries[0]?.keySpan ?? node.span,
      label: `\`${key}\` is missing`,
      help: rule.help ?? (rule.choices === undefined ? undefined : `use ${listWords(rule.choices)}`),
    });
  }
}

function checkEntry(collector: DiagnosticCollector, entry: MappingEntry, rule: KeyRule): boolean {
  if (!checkKind(collector, entry, rule.kind)) return false;
  const { value } = entry;
  if (value.kind !== "scalar") return true;
  if (value.value.type === "text" && rule.choices !== undefined) return checkChoice(collector, entry.key, value, rule);
  return value.value.type !== "int" || checkRange(collector, entry.key, value.span, value.value.value, rule);
}

function checkChoice(collector: DiagnosticCollector, key: string, node: ScalarNode, rule: KeyRule): boolean {
  const word = node.value.type === "text" ? node.value.value : "";
  const choices = rule.choices ?? [];
  if (choices.includes(word)) return true;
  if (rule.laterChoices?.includes(word) === true) reportLater(collector, node.span, `${key}: ${word}`, `use ${listWords(choices)}`);
  else {
    collector.report("PQ2006", {
      message: `\`${key}\` cannot be \`${word}\``,
      span: node.span,
      label: `use ${listWords(choices)}`,
      help: didYouMean(word, choices),
    });
  }
  return false;
}

function checkRange(collector: DiagnosticCollector, key: string, span: Span, value: bigint, { min, max }: KeyRule): boolean {
  const below = min !== undefined && value < min;
  if (!below && (max === undefined || value <= max)) return true;
  collector.report("PQ1206", { message: `\`${key}\` cannot be ${value}`, span, label: below ? `${min} at least` : `${max} at most` });
  return false;
}

export function nodeOf<Key extends string>(block: Block<Key>, key: Key): DocumentNode | undefined {
  return block.entries.get(key)?.value;
}

export function textOf<Key extends string>(block: Block<Key>, key: Key): string | undefined {
  const node = nodeOf(block, key);
  return node?.kind === "scalar" && node.value.type === "text" ? node.value.value : undefined;
}

export function bigintOf<Key extends string>(block: Block<Key>, key: Key): bigint | undefined {
  const node = nodeOf(block, key);
  return node?.kind === "scalar" && node.value.type === "int" ? node.value.value : undefined;
}

/** For keys whose table limits them to safe integers. */
export function numberOf<Key extends string>(block: Block<Key>, key: Key): number | undefined {
  const value = bigintOf(block, key);
  return value === undefined ? undefined : Number(value);
}

export function booleanOf<Key extends string>(block: Block<Key>, key: Key): boolean | undefined {
  const node = nodeOf(block, key);
  return node?.kind === "scalar" && node.value.type === "bool" ? node.value.value : undefined;
}

export function sequenceOf<Key extends string>(block: Block<Key>, key: Key): SequenceNode | undefined {
  const node = nodeOf(block, key);
  return node?.kind === "sequence" ? node : undefined;
}

/** Reads the mapping under `key`; undefined when the key is absent or faulty. */
export function subBlock<Key extends string, Table extends KeyTable>(
  collector: DiagnosticCollector,
  block: Block<Key>,
  key: Key,
  table: Table,
): Block<keyof Table & string> | undefined {
  const node = nodeOf(block, key);
  return node === undefined ? undefined : readBlock(collector, node, table, { what: `\`${key}\`` });
}

/** An object without the keys whose value is undefined, as exactOptionalPropertyTypes wants it. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
