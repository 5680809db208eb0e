/** Does a node have the kind of value its key wants? */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { DocumentNode, MappingEntry, ScalarNode } from "../document/model.js";
import type { ValueKind } from "./keys.js";

const wanted: Readonly<Record<ValueKind, string>> = {
  text: "text",
  integer: "an integer",
  boolean: "`true` or `false`",
  mapping: "a mapping",
  sequence: "a list",
  scalar: "a single value",
  "scalar or mapping": "a single value or a mapping",
  "text or mapping": "text or a mapping",
  "integer or text": "an integer or text",
  "boolean or text": "`true`, `false` or a word",
  "boolean or mapping": "`true`, `false` or a mapping",
};

function matches(node: DocumentNode, kind: ValueKind): boolean {
  if (kind === "mapping" || kind === "sequence") return node.kind === kind;
  if (node.kind === "mapping") return kind.endsWith("or mapping");
  if (node.kind !== "scalar") return false;
  const { type } = node.value;
  if (kind === "scalar" || kind === "scalar or mapping") return type !== "null";
  if (kind === "boolean or text") return type === "bool" || type === "text";
  if (kind.startsWith("boolean")) return type === "bool";
  return (type === "text" && kind !== "integer") || (type === "int" && kind.startsWith("integer"));
}

/** False when the entry was reported, here or by the document stage. */
export function checkKind(collector: DiagnosticCollector, entry: MappingEntry, kind: ValueKind): boolean {
  const { key, value: node } = entry;
  if (node.kind === "invalid") return false;
  if (matches(node, kind)) return true;
  if (node.kind === "scalar" && node.source === "") reportEmpty(collector, entry, node);
  else if (node.kind === "scalar" && kind.startsWith("integer") && isForeignNumber(node)) reportForeignNumber(collector, node);
  else {
    collector.report("PQ1205", {
      message: `\`${key}\` is ${wanted[kind]}, not ${describeNode(node)}`,
      span: node.span,
      help: helpFor(entry, kind),
    });
  }
  return false;
}

/** Lists whose entries are mappings with a name. */
const namedEntries: ReadonlySet<string> = new Set(["fields", "values"]);

function helpFor({ key, value: node }: MappingEntry, kind: ValueKind): string | undefined {
  if (node.kind === "mapping") return kind === "sequence" && namedEntries.has(key) ? entryHelp(node.entries[0]?.key) : undefined;
  if (node.kind === "sequence") return kind === "text" ? onlyItemHelp(key, node.items) : undefined;
  if (node.kind !== "scalar") return undefined;
  if (kind === "text") return `write \`"${node.source}"\` if the text is meant`;
  if (node.value.type !== "text") return undefined;
  if (kind === "sequence" && !namedEntries.has(key)) return `write \`${key}: [${node.source}]\``;
  return kind === "integer" && /^[-+]?[0-9]+$/.test(node.value.value) ? `write \`${node.value.value}\` without quotes` : undefined;
}

function entryHelp(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `write each entry as \`- {name: ${name}, …}\``;
}

function onlyItemHelp(key: string, [item, ...others]: readonly DocumentNode[]): string | undefined {
  return item?.kind === "scalar" && others.length === 0 ? `write \`${key}: ${item.source}\`` : undefined;
}

function reportEmpty(collector: DiagnosticCollector, { key, keySpan }: MappingEntry, node: ScalarNode): void {
  collector.report("PQ1016", {
    message: `\`${key}\` has no value`,
    span: keySpan,
    label: node.swallowedByComment ? "what follows is a comment" : "a value is expected",
    help: node.swallowedByComment ? "quote the `#`: a text that starts with it must stand in quotes" : undefined,
  });
}

/** Numbers of YAML 1.1, C or Python that YAML 1.2 reads as text. */
export function isForeignNumber(node: ScalarNode): boolean {
  return (
    node.plain &&
    node.value.type === "text" &&
    /^[-+]?(0[bB][01_]+|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|[0-9][0-9_]*_[0-9_]*)[uUlL]*$/.test(node.source)
  );
}

export function reportForeignNumber(collector: DiagnosticCollector, node: ScalarNode): void {
  const digits = node.source.replaceAll("_", "");
  const binary = /^([-+]?)0[bB]([01]+)$/.exec(digits);
  collector.report("PQ1202", {
    message: `\`${node.source}\` is not a number in YAML 1.2`,
    span: node.span,
    label: "read as text",
    help: `write \`${binary === null ? digits.replace(/[uUlL]+$/, "") : `${binary[1] ?? ""}${BigInt(`0b${binary[2] ?? "0"}`)}`}\``,
  });
}

export function describeNode(node: DocumentNode): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  if (node.kind === "invalid") return "an invalid value";
  const names = { null: "null", bool: "a boolean", int: "an integer", float: "a number with a fraction", text: "text" } as const;
  return names[node.value.type];
}
