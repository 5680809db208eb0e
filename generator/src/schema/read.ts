/** document → schema: every rule of the language that needs no bytes. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { DocumentNode, LinkedDocument } from "../document/model.js";
import { compact, nodeOf, numberOf, sequenceOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { readFields } from "./fields.js";
import { readSchemaFiles, type RootBlock, type SchemaFile, withBases } from "./files.js";
import type { Schema } from "./model.js";
import { checkNesting } from "./nested-checks.js";
import { checkCName, checkName } from "./names.js";
import { readFileParquet } from "./parquet.js";
import { mergeReserved, readReserved } from "./reserved.js";
import { readLayout, readSink } from "./sink.js";
import { readTypeTables } from "./type-tables.js";
import { reportUnusedIncludes } from "./unused-includes.js";

/** The schema, or undefined when anything is wrong; every fault is reported. */
export function readSchema(document: LinkedDocument, collector: DiagnosticCollector): Schema | undefined {
  const file = readSchemaFiles(document, collector);
  if (file === undefined) return undefined;
  const { block, context } = file;
  const tableOf = readTypeTables(file);
  const parts = withBases(file).map((part) => ({
    context: part.context,
    types: tableOf(part),
    list: sequenceOf(part.block, "fields"),
    block: part.block,
  }));
  const reserved = mergeReserved(parts.map((part) => readReserved(part.context, part.block)));
  const fields = readFields(collector, parts, reserved);
  const name = readName(context, block);
  checkBases(withBases(file).slice(0, -1));
  if (!collector.hasErrors) checkNesting(collector, fields, reserved);
  if (!collector.hasErrors) reportUnusedIncludes(file, tableOf);
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

/** A base may be a schema of its own: its name then follows the same rule. */
function checkBases(bases: readonly SchemaFile[]): void {
  for (const { context, block } of bases) readName(context, block);
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
