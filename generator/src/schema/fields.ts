/** The list of fields, and the rules between fields: names, ids, C names. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { DocumentNode, SequenceNode } from "../document/model.js";
import type { Attributes } from "./attributes.js";
import { type Block, compact, nodeOf, numberOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { fieldKeys } from "./keys.js";
import type { Field } from "./model.js";
import { readTyped, type TypeTable } from "./named-types.js";
import { checkCName, checkName } from "./names.js";
import { readDefault } from "./defaults.js";
import { readPresence } from "./presence.js";
import { policyOf } from "./unknown-codes.js";
import type { Reserved } from "./reserved.js";
import { readDeprecated, readSinceVersion } from "./versions.js";

const FIELDS_MAX_COUNT = 4096;

type FieldBlock = Block<keyof typeof fieldKeys>;

/** What is known of a field even when its type is faulty: enough to compare names and ids. */
interface FieldIdentity {
  readonly name?: { readonly text: string; readonly span: Span };
  readonly id?: { readonly number: number; readonly span: Span };
  readonly cName?: { readonly text: string; readonly span: Span };
}

interface ReadField {
  readonly identity: FieldIdentity;
  readonly field?: Field;
}

/** The list of one file, with what its fields are read by. */
export interface FieldList {
  readonly context: SchemaContext;
  readonly types: TypeTable;
  readonly list: SequenceNode | undefined;
}

/** The fields that could be read, list after list; every fault is reported. */
export function readFields(collector: DiagnosticCollector, lists: readonly FieldList[], reserved: Reserved): readonly Field[] {
  if (!checkCounts(collector, lists)) return [];
  const read = lists.flatMap(({ context, types, list }) => list?.items.flatMap((item) => readField(context, types, item) ?? []) ?? []);
  const identities = read.map(({ identity }) => identity);
  reportTwins(collector, identities, reserved);
  reportCNameClashes(collector, identities);
  return read.map(({ field }) => field).filter((field) => field !== undefined);
}

/** False when there are too many to be worth reading, or none. */
function checkCounts(collector: DiagnosticCollector, lists: readonly FieldList[]): boolean {
  for (const { list } of lists)
    if (list?.items.length === 0)
      collector.report("PQ2013", { message: "`fields` is empty", span: list.span, label: "one field at least" });
  const items = lists.flatMap(({ list }) => list?.items ?? []);
  const excess = items[FIELDS_MAX_COUNT];
  if (excess !== undefined)
    collector.report("PQ2014", { message: `${items.length} fields; ${FIELDS_MAX_COUNT} are allowed`, span: excess.span });
  return items.length > 0 && excess === undefined;
}

function readField(context: SchemaContext, types: TypeTable, node: DocumentNode): ReadField | undefined {
  const typed = readTyped(context, types, node, fieldKeys, "a field");
  if (typed === undefined) return undefined;
  const { block, resolved } = typed;
  const identity = readIdentity(context, block);
  const sinceVersion = readSinceVersion(context, block);
  const deprecated = readDeprecated(context, block);
  if (resolved === undefined) return { identity };
  const { typeName, attributes } = resolved;
  reportSwappedLimits(context, attributes);
  const presence = readPresence(context, block, resolved.type, attributes);
  const type = policyOf(context, block, resolved.type, presence);
  const defaultValue = readDefault(context, block, type, attributes);
  if (identity.name === undefined || identity.id === undefined || presence === undefined) return { identity };
  const field: Field = compact({
    name: identity.name.text,
    cName: identity.cName?.text,
    id: identity.id.number,
    type,
    typeName,
    presence,
    defaultValue,
    minValue: attributes.minValue?.value,
    maxValue: attributes.maxValue?.value,
    description: attributes.description,
    unitOfMeasure: attributes.unitOfMeasure,
    semanticType: attributes.semanticType,
    sinceVersion,
    deprecated,
    parquet: attributes.parquet ?? {},
    span: identity.name.span,
  });
  return { identity, field };
}

function readIdentity({ collector }: SchemaContext, block: FieldBlock): FieldIdentity {
  const [name, nameNode] = [textOf(block, "name"), nodeOf(block, "name")];
  const [id, idNode] = [numberOf(block, "id"), nodeOf(block, "id")];
  const [cName, cNameNode] = [textOf(block, "c_name"), nodeOf(block, "c_name")];
  return compact({
    name:
      name !== undefined && nameNode !== undefined && checkName(collector, name, "snake", nameNode.span)
        ? { text: name, span: nameNode.span }
        : undefined,
    id: id !== undefined && idNode !== undefined ? { number: id, span: idNode.span } : undefined,
    cName:
      cName !== undefined && cNameNode !== undefined && checkCName(collector, cName, cNameNode.span)
        ? { text: cName, span: cNameNode.span }
        : undefined,
  });
}

function reportSwappedLimits({ collector }: SchemaContext, { minValue, maxValue }: Attributes): void {
  if (minValue === undefined || maxValue === undefined || minValue.value <= maxValue.value) return;
  collector.report("PQ2206", {
    message: `min_value ${minValue.value} is greater than max_value ${maxValue.value}`,
    span: maxValue.span,
    related: [{ span: minValue.span, label: "min_value" }],
  });
}

function reportTwins(collector: DiagnosticCollector, identities: readonly FieldIdentity[], reserved: Reserved): void {
  const names = new Map<string, Span>();
  const ids = new Map<number, Span>();
  for (const { name, id } of identities) {
    if (name !== undefined) {
      const first = names.get(name.text) ?? reserved.names.get(name.text);
      const code = names.has(name.text) ? "PQ2009" : "PQ2011";
      const message = names.has(name.text) ? `field \`${name.text}\` appears twice` : `name \`${name.text}\` is reserved`;
      if (first === undefined) names.set(name.text, name.span);
      else
        collector.report(code, {
          message,
          span: name.span,
          related: [{ span: first, label: code === "PQ2009" ? "first here" : "reserved here" }],
        });
    }
    if (id !== undefined) {
      const first = ids.get(id.number) ?? reserved.ids.get(id.number);
      const code = ids.has(id.number) ? "PQ2010" : "PQ2011";
      const message = ids.has(id.number) ? `id ${id.number} appears twice` : `id ${id.number} is reserved`;
      if (first === undefined) ids.set(id.number, id.span);
      else
        collector.report(code, {
          message,
          span: id.span,
          related: [{ span: first, label: code === "PQ2010" ? "first here" : "reserved here" }],
        });
    }
  }
}

/** Names that the generated struct itself uses. */
function isStructName(name: string): boolean {
  return name === "valid" || /^_?pad_?[0-9]+_?$/.test(name);
}

function reportCNameClashes(collector: DiagnosticCollector, identities: readonly FieldIdentity[]): void {
  const owners = new Map<string, Span>();
  for (const { name, cName } of identities) if (cName === undefined && name !== undefined) owners.set(name.text, name.span);
  for (const { cName } of identities) {
    if (cName === undefined) continue;
    const owner = owners.get(cName.text);
    if (isStructName(cName.text))
      collector.report("PQ2012", {
        message: `c_name \`${cName.text}\` is a member of every record`,
        span: cName.span,
        help: "choose another `c_name`",
      });
    else if (owner === undefined) owners.set(cName.text, cName.span);
    else {
      collector.report("PQ2012", {
        message: `two members would have the C name \`${cName.text}\``,
        span: cName.span,
        related: [{ span: owner, label: "first here" }],
        help: "choose another `c_name`",
      });
    }
  }
}
