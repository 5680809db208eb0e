/** Named types of all files of a schema: a name means one type in all of them, and each file sees its own, its base's and the included ones. */
import type { MappingEntry } from "../document/model.js";
import type { SchemaContext } from "./context.js";
import { nodeOf } from "./block.js";
import { type SchemaFile, visibleFrom } from "./files.js";
import { readNamedType, type TypeTable } from "./named-types.js";
import { checkName } from "./names.js";
import type { ResolvedType } from "./resolved-type.js";

/** Each type of a chain is read while those before it wait. */
const CHAIN_MAX_COUNT = 64;

interface Declaration {
  readonly entry: MappingEntry;
  readonly file: SchemaFile;
}

interface Program {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly tables: Map<SchemaFile, TypeTable>;
  readonly resolved: Map<string, ResolvedType | undefined>;
  readonly open: string[];
}

/** Reads every type of every file, faults reported once each, and says which includes serve nobody. */
export function readTypeTables(root: SchemaFile): (file: SchemaFile) => TypeTable {
  const files = [...visibleFrom(root)];
  const program: Program = {
    declarations: collectDeclarations(files),
    tables: new Map(),
    resolved: new Map(),
    open: [],
  };
  for (const file of files) program.tables.set(file, createTable(program, file));
  for (const [name, { entry, file }] of program.declarations) {
    checkName(file.context.collector, name, "pascal", entry.keySpan);
    resolve(program, name);
  }
  return (file) => program.tables.get(file) ?? createTable(program, file);
}

function collectDeclarations(files: readonly SchemaFile[]): ReadonlyMap<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const file of files) {
    const node = nodeOf(file.block, "types");
    for (const entry of node?.kind === "mapping" ? node.entries : []) {
      const other = declarations.get(entry.key);
      if (other === undefined) declarations.set(entry.key, { entry, file });
      else if (other.file.document.path !== file.document.path) reportTwin(file, entry, other);
    }
  }
  return declarations;
}

function reportTwin({ context, document }: SchemaFile, entry: MappingEntry, other: Declaration): void {
  context.collector.report("PQ6005", {
    message: `type \`${entry.key}\` is declared in ${other.file.document.path} and in ${document.path}`,
    span: entry.keySpan,
    label: "second here",
    related: [{ span: other.entry.keySpan, label: "first here" }],
    help: "rename one of the two",
  });
}

function createTable(program: Program, file: SchemaFile): TypeTable {
  const visible = visibleFrom(file);
  const references = new Set<string>();
  const isVisible = (name: string): boolean => {
    const declaration = program.declarations.get(name);
    return declaration !== undefined && visible.has(declaration.file);
  };
  return {
    names: [...program.declarations.keys()].filter(isVisible),
    ownNames: [...program.declarations].filter(([, declaration]) => declaration.file === file).map(([name]) => name),
    references,
    isIncomplete: [...visible].some(({ document }) => document.isIncomplete),
    has: isVisible,
    hiddenIn: (name) => (isVisible(name) ? undefined : program.declarations.get(name)?.file.document.path),
    resolve: (name) => {
      if (!isVisible(name)) return undefined;
      references.add(name);
      return resolve(program, name);
    },
  };
}

function resolve(program: Program, name: string): ResolvedType | undefined {
  const { declarations, tables, resolved, open } = program;
  const declaration = declarations.get(name);
  const table = declaration === undefined ? undefined : tables.get(declaration.file);
  if (declaration === undefined || table === undefined || resolved.has(name)) return resolved.get(name);
  const { entry, file } = declaration;
  if (open.includes(name)) return reportCycle(file.context, entry, [...open.slice(open.indexOf(name)), name]);
  if (open.length >= CHAIN_MAX_COUNT) return reportChain(file.context, entry);
  open.push(name);
  const type = readNamedType(file.context, table, entry);
  open.pop();
  resolved.set(name, type);
  return type;
}

function reportChain({ collector }: SchemaContext, entry: MappingEntry): undefined {
  collector.report("PQ2504", {
    message: `type \`${entry.key}\` is the end of a chain of ${CHAIN_MAX_COUNT + 1} types`,
    span: entry.keySpan,
    label: `${CHAIN_MAX_COUNT} types may refer to each other in a row`,
  });
}

function reportCycle({ collector }: SchemaContext, entry: MappingEntry, path: readonly string[]): undefined {
  collector.report("PQ2102", { message: `type \`${entry.key}\` refers to itself`, span: entry.keySpan, label: path.join(" → ") });
}
