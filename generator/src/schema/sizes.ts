/** Sizes in bytes: an integer, or one with KiB, MiB or GiB. */
import type { ScalarNode } from "../document/model.js";
import { type Block, nodeOf } from "./block.js";
import type { SchemaContext } from "./context.js";

const unitBytes: Readonly<Record<string, bigint>> = { B: 1n, KiB: 1n << 10n, MiB: 1n << 20n, GiB: 1n << 30n };

export function readSizeBytes<Key extends string>(
  context: SchemaContext,
  block: Block<Key>,
  key: Key,
  min: bigint,
  max: bigint,
): number | undefined {
  const node = nodeOf(block, key);
  if (node?.kind !== "scalar") return undefined;
  const bytes = parseSize(node);
  if (bytes === undefined) return reportUnreadable(context, node);
  if (bytes >= min && bytes <= max) return Number(bytes);
  context.collector.report("PQ1206", {
    message: `\`${key}\` cannot be ${node.source}`,
    span: node.span,
    label: bytes < min ? `${formatSize(min)} at least` : `${formatSize(max)} at most`,
  });
  return undefined;
}

function parseSize(node: ScalarNode): bigint | undefined {
  if (node.value.type === "int") return node.value.value;
  const match = node.value.type === "text" ? /^([1-9][0-9]{0,17}) ?(B|KiB|MiB|GiB)$/.exec(node.value.value) : null;
  const unit = unitBytes[match?.[2] ?? ""];
  return match === null || unit === undefined ? undefined : BigInt(match[1] ?? "0") * unit;
}

function reportUnreadable({ collector }: SchemaContext, node: ScalarNode): undefined {
  const decimal = /^([0-9]+) ?([kKmMgG])[bB]?$/.exec(node.source);
  collector.report("PQ4203", {
    message: `\`${node.source}\` is not a size`,
    span: node.span,
    label: "an integer of bytes, or one with KiB, MiB or GiB",
    help: decimal === null ? undefined : `write \`${decimal[1] ?? ""}${(decimal[2] ?? "").toUpperCase()}iB\``,
  });
  return undefined;
}

function formatSize(bytes: bigint): string {
  const unit = Object.entries(unitBytes).findLast(([, size]) => bytes % size === 0n);
  return unit === undefined ? `${bytes} B` : `${bytes / unit[1]} ${unit[0]}`;
}
