/** document → schema: every rule of the language that needs no bytes. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { DocumentNode, MappingNode } from "../document/model.js";
import { type Block, compact, nodeOf, numberOf, readBlock, sequenceOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { readFields } from "./fields.js";
import { rootKeys } from "./keys.js";
import type { Schema } from "./model.js";
import { readTypes } from "./named-types.js";
import { checkCName, checkName } from "./names.js";
import { readFileParquet } from "./parquet.js";
import { readReserved } from "./reserved.js";
import { readLayout, readSink } from "./sink.js";

type RootBlock = Block<keyof typeof rootKeys>;

/** The schema, or undefined when anything is wrong; every fault is reported. */
export function readSchema(root: MappingNode, collector: DiagnosticCollector): Schema | undefined {
  if (!checkLanguage(collector, root)) return undefined;
  const block = readBlock(collector, root, rootKeys, { what: "a schema" });
  if (block === undefined) return undefined;
  const context = schemaContext(collector, block);
  const types = readTypes(context, nodeOf(block, "types"));
  const reserved = readReserved(context, block);
  const fields = readFields(context, types, reserved, sequenceOf(block, "fields"));
  const name = readName(context, block);
  const schema = {
    id: numberOf(block, "id"),
    namespace: readNamespace(context, block),
    description: textOf(block, "description"),
    fields,
    reserved: { ids: [...reserved.ids.keys()], names: [...reserved.names.keys()] },
    layout: readLayout(context, block),
    parquet: readFileParquet(context, block),
    sink: readSink(context, block),
  };
  if (collector.hasErrors || name === undefined || context.version === undefined) return undefined;
  return compact({ ...schema, name: name.text, span: name.node.span, version: context.version.number });
}

/** Another version of the language may mean anything: nothing else is said about such a file. */
function checkLanguage(collector: DiagnosticCollector, root: MappingNode): boolean {
  const node = root.entries.find(({ key }) => key === "pqflow")?.value;
  if (node?.kind !== "scalar" || node.value.type === "null") return true;
  if (node.value.type === "int" && node.value.value === 1n) return true;
  const isFraction = node.value.type === "float";
  collector.report("PQ2005", {
    message: `\`pqflow: ${node.source}\` is not a version of the schema language`,
    span: node.span,
    label: "this generator reads version 1",
    notes: isFraction ? ["the version is an integer: YAML reads 1.10 as 1.1"] : [],
    help: "write `pqflow: 1`",
  });
  return false;
}

function schemaContext(collector: DiagnosticCollector, block: RootBlock): SchemaContext {
  const number = numberOf(block, "version");
  const node = nodeOf(block, "version");
  return number === undefined || node === undefined ? { collector } : { collector, version: { number, span: node.span } };
}

function readName({ collector }: SchemaContext, block: RootBlock): { readonly text: string; readonly node: DocumentNode } | undefined {
  const text = textOf(block, "name");
  const node = nodeOf(block, "name");
  return text !== undefined && node !== undefined && checkName(collector, text, "snake", node.span) ? { text, node } : undefined;
}

function readNamespace({ collector }: SchemaContext, block: RootBlock): readonly string[] | undefined {
  const text = textOf(block, "namespace");
  const node = nodeOf(block, "namespace");
  if (text === undefined || node === undefined) return undefined;
  const segments = text.split(".");
  return segments.every((segment) => checkCName(collector, segment === "" ? text : segment, node.span)) ? segments : undefined;
}
