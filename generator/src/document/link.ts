/** One schema file → its document and those of every file that `include:` and `extends:` name, each read once. */
import { basename, dirname, join } from "node:path";
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import { decodeSource } from "./decode.js";
import { checkLanguage } from "./language.js";
import { reportCycle, reportPathFault, reportTooManyFiles, reportTwice, reportUnreadable } from "./link-errors.js";
import type { DocumentNode, FileRole, Include, LinkedDocument, MappingNode, SourceFile } from "./model.js";
import { readDocument } from "./read.js";

/** Files of one schema; a folder linked into itself has no end. */
const FILES_MAX_COUNT = 256;

export interface FileBytes {
  readonly bytes: Uint8Array;
  /** Equal for all paths that lead to the same file. */
  readonly identity: string;
}

/** Reads a file that a schema names, or says why it cannot. */
export type ReadFile = (path: string) => FileBytes | { readonly fault: string };

export interface LinkResult {
  /** Absent when the schema's own file is no document of this language. */
  readonly document?: LinkedDocument;
  /** Everything that was read, the schema's own file first, then in the order of reading. */
  readonly files: readonly SourceFile[];
}

interface OpenFile extends FileBytes {
  readonly path: string;
  readonly relativePath: string;
}

interface LinkContext {
  readonly collector: DiagnosticCollector;
  readonly readFile: ReadFile;
  readonly files: SourceFile[];
  readonly linked: Map<string, LinkedDocument | undefined>;
  /** The files being read, outermost first. */
  readonly chain: OpenFile[];
}

export function linkDocuments(
  source: FileBytes & { readonly path: string },
  readFile: ReadFile,
  collector: DiagnosticCollector,
): LinkResult {
  const context: LinkContext = { collector, readFile, files: [], linked: new Map(), chain: [] };
  const document = linkFile(context, { ...source, relativePath: basename(source.path) }, "schema");
  return document === undefined ? { files: context.files } : { document, files: context.files };
}

function linkFile(context: LinkContext, file: OpenFile, role: FileRole): LinkedDocument | undefined {
  const { collector, files, chain } = context;
  const { path, relativePath, bytes } = file;
  collector.startFile(path);
  const { text, isValid } = decodeSource(collector, path, bytes);
  files.push({ path, relativePath, bytes, text });
  const root = isValid ? readDocument({ path, text }, collector) : undefined;
  if (root === undefined || !checkLanguage(collector, root)) return undefined;
  chain.push(file);
  const links = { includes: followIncludes(context, root), ...(role === "types" ? { isBroken: false } : followExtends(context, root)) };
  chain.pop();
  const { includes, isBroken, base } = { base: undefined, ...links };
  const isIncomplete = isBroken || includes.includes(undefined);
  const found = withoutTwins(
    collector,
    includes.filter((include) => include !== undefined),
  );
  return { role, path, root, includes: found, isIncomplete, ...(base === undefined ? {} : { base }) };
}

/** One item for each path, undefined for those that lead nowhere. Items of other kinds are the schema stage's to report. */
function followIncludes(context: LinkContext, root: MappingNode): readonly (Include | undefined)[] {
  const list = valueOf(root, "include");
  if (list?.kind !== "sequence") return list === undefined ? [] : [undefined];
  return list.items.flatMap((node): (Include | undefined)[] => {
    const path = pathText(node);
    if (path === undefined) return [];
    const document = follow(context, path, node.span, "types");
    return [document === undefined ? undefined : { span: node.span, document }];
  });
}

function followExtends(context: LinkContext, root: MappingNode): { readonly base?: LinkedDocument; readonly isBroken: boolean } {
  const node = valueOf(root, "extends");
  const path = node === undefined ? undefined : pathText(node);
  if (node === undefined || path === undefined) return { isBroken: node !== undefined };
  const base = follow(context, path, node.span, "base");
  return base === undefined ? { isBroken: true } : { base, isBroken: base.isIncomplete };
}

function valueOf(root: MappingNode, key: string): DocumentNode | undefined {
  return root.entries.find((entry) => entry.key === key)?.value;
}

function pathText(node: DocumentNode): string | undefined {
  return node.kind === "scalar" && node.value.type === "text" ? node.value.value : undefined;
}

/** The document at a path as its author wrote it; undefined when it was reported. */
function follow(context: LinkContext, written: string, span: Span, role: FileRole): LinkedDocument | undefined {
  const { collector, readFile, linked, chain, files } = context;
  const from = chain.at(-1);
  if (from === undefined || !reportPathFault(collector, written, span)) return undefined;
  const path = join(dirname(from.path), written);
  const read = readFile(path);
  if ("fault" in read) return reportUnreadable(collector, { written, path, span, role }, read.fault);
  const start = chain.findIndex(({ identity }) => identity === read.identity);
  if (start >= 0) return reportCycle(collector, span, [...chain.slice(start).map((file) => file.path), path]);
  const key = `${role} ${read.identity}`;
  if (linked.has(key)) return linked.get(key);
  if (files.length >= FILES_MAX_COUNT) return reportTooManyFiles(collector, span, FILES_MAX_COUNT);
  const document = linkFile(context, { ...read, path, relativePath: join(dirname(from.relativePath), written) }, role);
  linked.set(key, document);
  return document;
}

function withoutTwins(collector: DiagnosticCollector, includes: readonly Include[]): readonly Include[] {
  const first = new Map<LinkedDocument, Include>();
  for (const include of includes) {
    const twin = first.get(include.document);
    if (twin === undefined) first.set(include.document, include);
    else reportTwice(collector, include.span, twin.span);
  }
  return [...first.values()];
}
