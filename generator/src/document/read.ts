/** text → document: limits, YAML parsing, and the traps of YAML that need no knowledge of the schema language. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import { findExcessiveNesting, NESTING_MAX_COUNT, SCHEMA_SIZE_MAX_BYTES } from "./limits.js";
import type { DocumentNode, MappingEntry, MappingNode, ScalarNode, ScalarValue, SourceText } from "./model.js";
import { checkScalar } from "./scalar-checks.js";
import { SourceMap } from "./source-map.js";
import { reportYamlError } from "./yaml-errors.js";

interface ReadContext {
  readonly text: string;
  readonly map: SourceMap;
  readonly collector: DiagnosticCollector;
}

/** The root mapping, or undefined when the text is no YAML mapping; findings go to the collector. */
export function readDocument(source: SourceText, collector: DiagnosticCollector): MappingNode | undefined {
  const context: ReadContext = { text: source.text, map: new SourceMap(source.path), collector };
  if (!checkLimits(context)) return undefined;
  const document = parseDocument(source.text, {
    version: "1.2",
    intAsBigInt: true,
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    lineCounter: context.map.lineCounter,
  });
  if (!checkSyntax(context, document)) return undefined;
  return readRoot(context, document.contents);
}

function checkLimits({ text, map, collector }: ReadContext): boolean {
  const sizeBytes = Buffer.byteLength(text, "utf8");
  if (sizeBytes > SCHEMA_SIZE_MAX_BYTES) {
    collector.report("PQ1001", {
      message: `the schema has ${sizeBytes} bytes; ${SCHEMA_SIZE_MAX_BYTES} are allowed`,
      span: map.span(0, 0),
    });
    return false;
  }
  const offset = findExcessiveNesting(text);
  if (offset === undefined) return true;
  countLines(map, text);
  collector.report("PQ1002", {
    message: `mappings and sequences are nested more than ${NESTING_MAX_COUNT} deep`,
    span: map.span(offset, offset + 1),
  });
  return false;
}

/** Only needed where the parser, which otherwise feeds the counter, does not run. */
function countLines(map: SourceMap, text: string): void {
  map.lineCounter.addNewLine(0);
  for (let offset = text.indexOf("\n"); offset >= 0; offset = text.indexOf("\n", offset + 1)) map.lineCounter.addNewLine(offset + 1);
}

/** Warnings are errors: after one of them a value is not what its author meant. */
function checkSyntax({ text, map, collector }: ReadContext, document: Document.Parsed): boolean {
  for (const error of [...document.errors, ...document.warnings]) {
    const [start, end] = error.pos;
    reportYamlError(
      collector,
      error,
      map.span(Math.min(start, text.length), Math.min(Math.max(start + 1, lineEnd(text, start, end)), text.length)),
    );
  }
  const version = document.directives?.yaml;
  if (version?.explicit === true && version.version !== "1.2") reportYamlVersion({ text, map, collector }, version.version);
  return document.errors.length === 0 && document.warnings.length === 0 && version?.version === "1.2";
}

/** A caret marks one line at most. */
function lineEnd(text: string, start: number, end: number): number {
  const lineBreak = text.indexOf("\n", start);
  return lineBreak < 0 ? end : Math.min(end, lineBreak);
}

function reportYamlVersion({ text, map, collector }: ReadContext, version: string): void {
  const start = Math.max(0, text.search(/^%YAML/m));
  collector.report("PQ1005", {
    message: `schemas are YAML 1.2, not ${version}`,
    span: map.span(start, lineEnd(text, start, text.length)),
    notes: ["under YAML 1.1 `NO` is a boolean, `017` is 15 and `12:30:00` is 45000"],
    help: "remove the directive",
  });
}

function readRoot(context: ReadContext, contents: ParsedNode | null): MappingNode | undefined {
  const { map, collector } = context;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    collector.report("PQ1014", { message: "the schema is empty", span: map.span(0, 0), help: "start with `pqflow: 1`" });
    return undefined;
  }
  const root = readNode(context, contents);
  if (root.kind === "mapping") return root;
  if (root.kind !== "invalid")
    collector.report("PQ1205", { message: "a schema is a mapping", span: firstLine(context, root.span), help: "start with `pqflow: 1`" });
  return undefined;
}

function firstLine({ text, map }: ReadContext, span: Span): Span {
  return map.span(span.start.offset, lineEnd(text, span.start.offset, span.end.offset));
}

function readNode(context: ReadContext, node: ParsedNode): DocumentNode {
  const span = context.map.span(node.range[0], node.range[1]);
  if (isAlias(node)) return reportReference(context, span, "alias");
  if (node.anchor !== undefined) return reportReference(context, firstLine(context, span), "anchor");
  if (node.tag !== undefined) return reportTag(context, firstLine(context, span), node.tag);
  if (isMap(node)) return readMapping(context, node, span);
  if (isSeq(node)) return { kind: "sequence", span, items: node.items.map((item) => readNode(context, item)) };
  return readScalar(context, node, span);
}

function reportReference({ collector }: ReadContext, span: Span, what: "alias" | "anchor"): DocumentNode {
  collector.report("PQ1007", {
    message: `YAML ${what === "alias" ? "aliases are" : "anchors are"} not part of the schema language`,
    span,
    help: "share definitions through `types:`",
  });
  return { kind: "invalid", span };
}

function reportTag({ collector }: ReadContext, span: Span, tag: string): DocumentNode {
  collector.report("PQ1010", {
    message: "YAML tags are not part of the schema language",
    span,
    label: `tagged \`${tag}\``,
    help: "remove the tag: the type of a value follows from its key",
  });
  return { kind: "invalid", span };
}

function readMapping(context: ReadContext, node: YAMLMap.Parsed, span: Span): MappingNode {
  const entries = new Map<string, MappingEntry>();
  for (const pair of node.items) {
    const entry = readEntry(context, pair);
    if (entry === undefined) continue;
    const first = entries.get(entry.key);
    if (first === undefined) entries.set(entry.key, entry);
    else reportDuplicateKey(context, first, entry);
  }
  return { kind: "mapping", span, entries: [...entries.values()] };
}

function reportDuplicateKey({ collector }: ReadContext, first: MappingEntry, second: MappingEntry): void {
  collector.report("PQ1003", {
    message: `key \`${first.key}\` appears twice in this mapping`,
    span: second.keySpan,
    label: "second here",
    related: [{ span: first.keySpan, label: "first here" }],
    notes: ["many YAML tools would keep only the last one without a word"],
  });
}

function readEntry(context: ReadContext, pair: Pair<ParsedNode, ParsedNode | null>): MappingEntry | undefined {
  const keySpan = firstLine(context, context.map.span(pair.key.range[0], Math.max(pair.key.range[1], pair.key.range[0] + 1)));
  const key = readKey(context, pair.key, keySpan);
  const value = pair.value === null ? emptyScalar(context, pair.key.range[1]) : readNode(context, pair.value);
  return key === undefined ? undefined : { key, keySpan, value };
}

function readKey({ collector }: ReadContext, key: ParsedNode, span: Span): string | undefined {
  if (isScalar(key) && typeof key.value === "string") {
    if (key.value !== "<<") return key.value;
    collector.report("PQ1006", {
      message: "`<<` does not merge in YAML 1.2",
      span,
      label: "only YAML 1.1 has merge keys",
      help: "share definitions through `types:`",
    });
    return undefined;
  }
  collector.report("PQ1008", {
    message: "keys are strings",
    span,
    label: isScalar(key) ? `read as ${describeKey(key.value)}` : "not a scalar",
    notes: isScalar(key) ? ['`1` and `"1"` would be two keys here and one key in many tools'] : [],
    help: "quote the key",
  });
  return undefined;
}

function describeKey(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "boolean" ? "a boolean" : "a number";
}

function emptyScalar(context: ReadContext, offset: number): ScalarNode {
  return {
    kind: "scalar",
    span: context.map.span(offset, offset),
    value: { type: "null" },
    source: "",
    plain: true,
    swallowedByComment: false,
  };
}

function readScalar(context: ReadContext, node: Scalar.Parsed, span: Span): DocumentNode {
  const source = context.text.slice(node.range[0], node.range[1]);
  const plain = node.type === "PLAIN" || node.type === undefined;
  const value = scalarValue(node.value);
  if (!checkScalar(context.collector, { value, source, plain, span: firstLine(context, span) })) return { kind: "invalid", span };
  const swallowedByComment = source === "" && /^[ \t]*#/.test(context.text.slice(node.range[0], node.range[2]));
  return { kind: "scalar", span: firstLine(context, span), value, source, plain, swallowedByComment };
}

function scalarValue(value: unknown): ScalarValue {
  if (typeof value === "bigint") return { type: "int", value };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "boolean") return { type: "bool", value };
  return typeof value === "string" ? { type: "text", value } : { type: "null" };
}
