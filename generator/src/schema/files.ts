/** The files of a schema as blocks: which keys each may have, and what `version` its `since_version` counts in. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { FileRole, LinkedDocument } from "../document/model.js";
import { type Block, nodeOf, numberOf, readBlock, sequenceOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { baseKeys, includedKeys, type KeyTable, rootKeys } from "./keys.js";
import { describeNode } from "./kinds.js";

export type RootBlock = Block<keyof typeof rootKeys>;

export interface SchemaFile {
  readonly document: LinkedDocument;
  readonly block: RootBlock;
  readonly context: SchemaContext;
  readonly includes: readonly SchemaFile[];
  readonly base?: SchemaFile;
}

const roles: Readonly<Record<FileRole, { readonly keys: KeyTable; readonly what: string }>> = {
  schema: { keys: rootKeys, what: "a schema" },
  base: { keys: baseKeys, what: "a base" },
  types: { keys: includedKeys, what: "an included file" },
};

/** A file with those it names, each read once. Undefined when it is no block at all. */
export function readSchemaFiles(document: LinkedDocument, collector: DiagnosticCollector): SchemaFile | undefined {
  return readFile(document, { collector }, new Map());
}

function readFile(
  document: LinkedDocument,
  outer: SchemaContext,
  done: Map<LinkedDocument, SchemaFile | undefined>,
): SchemaFile | undefined {
  if (done.has(document)) return done.get(document);
  const block = readFileBlock(document, outer.collector);
  if (block === undefined) return undefined;
  checkIncludes(outer.collector, block);
  const context = contextOf(document, block, outer);
  const base = document.base === undefined ? undefined : readFile(document.base, context, done);
  const typesContext = { collector: outer.collector };
  const includes = document.includes.flatMap((include) => readFile(include.document, typesContext, done) ?? []);
  const file = { document, block, context, includes, ...(base === undefined ? {} : { base }) };
  done.set(document, file);
  return file;
}

function readFileBlock({ role, root }: LinkedDocument, collector: DiagnosticCollector): RootBlock | undefined {
  const { keys, what } = roles[role];
  const block = readBlock(collector, root, keys, {
    what,
    explainUnknown: ({ key, keySpan }) => {
      if (!Object.hasOwn(rootKeys, key)) return false;
      collector.report("PQ6004", {
        message: `${what} cannot have \`${key}\``,
        span: keySpan,
        label: role === "types" ? "only types are included" : "belongs to the schema that is generated",
        help: role === "types" && key === "fields" ? "to reuse fields, name this file under `extends:`" : undefined,
      });
      return true;
    },
  });
  return block as RootBlock | undefined;
}

function checkIncludes(collector: DiagnosticCollector, block: RootBlock): void {
  for (const node of sequenceOf(block, "include")?.items ?? []) {
    if (node.kind === "invalid" || (node.kind === "scalar" && node.value.type === "text")) continue;
    collector.report("PQ1205", { message: `expected the path of a file, found ${describeNode(node)}`, span: node.span });
  }
}

/** A base without a version of its own counts in that of the schema; an included file, which many schemas share, in none. */
function contextOf({ role }: LinkedDocument, block: RootBlock, outer: SchemaContext): SchemaContext {
  const number = numberOf(block, "version");
  const node = nodeOf(block, "version");
  if (number !== undefined && node !== undefined) return { collector: outer.collector, version: { number, span: node.span } };
  return role === "base" ? outer : { collector: outer.collector };
}

/** The file and its bases, the outermost base first: the order of their fields. */
export function withBases(file: SchemaFile): readonly SchemaFile[] {
  return file.base === undefined ? [file] : [...withBases(file.base), file];
}

/** Every file whose types this one sees, those it names before itself. */
export function visibleFrom(file: SchemaFile): ReadonlySet<SchemaFile> {
  const visited = new Set<SchemaFile>();
  const ordered = new Set<SchemaFile>();
  const visit = (next: SchemaFile): void => {
    if (visited.has(next)) return;
    visited.add(next);
    if (next.base !== undefined) visit(next.base);
    next.includes.forEach(visit);
    ordered.add(next);
  };
  visit(file);
  return ordered;
}
