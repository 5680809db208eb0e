/** reserved: ids and names that were once used. */
import type { Span } from "../diagnostics/model.js";
import type { DocumentNode, SequenceNode } from "../document/model.js";
import { type Block, sequenceOf, subBlock } from "./block.js";
import type { SchemaContext } from "./context.js";
import { checkInteger } from "./integers.js";
import { reservedKeys } from "./keys.js";
import { describeNode } from "./kinds.js";

export interface Reserved {
  readonly ids: ReadonlyMap<number, Span>;
  readonly names: ReadonlyMap<string, Span>;
}

export function readReserved(context: SchemaContext, root: Block<"reserved">): Reserved {
  const block = subBlock(context.collector, root, "reserved", reservedKeys);
  if (block === undefined) return { ids: new Map(), names: new Map() };
  return { ids: readIds(context, sequenceOf(block, "ids")), names: readNames(context, sequenceOf(block, "names")) };
}

/** What a base reserves stays reserved. */
export function mergeReserved(parts: readonly Reserved[]): Reserved {
  return { ids: new Map(parts.flatMap(({ ids }) => [...ids])), names: new Map(parts.flatMap(({ names }) => [...names])) };
}

function readIds(context: SchemaContext, list: SequenceNode | undefined): ReadonlyMap<number, Span> {
  const ids = new Map<number, Span>();
  for (const node of list?.items ?? []) {
    if (node.kind === "scalar" && node.value.type === "int") {
      const range = { name: "an id", min: 1n, max: 2n ** 31n - 1n };
      if (checkInteger(context.collector, node.value.value, range, node.span)) ids.set(Number(node.value.value), node.span);
    } else reportItem(context, node, "an integer");
  }
  return ids;
}

function readNames(context: SchemaContext, list: SequenceNode | undefined): ReadonlyMap<string, Span> {
  const names = new Map<string, Span>();
  for (const node of list?.items ?? []) {
    if (node.kind === "scalar" && node.value.type === "text") names.set(node.value.value, node.span);
    else reportItem(context, node, "a name");
  }
  return names;
}

function reportItem({ collector }: SchemaContext, node: DocumentNode, wanted: string): void {
  if (node.kind !== "invalid") collector.report("PQ1205", { message: `expected ${wanted}, found ${describeNode(node)}`, span: node.span });
}
