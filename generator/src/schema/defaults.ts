/** default_value of a field. */
import type { Attributes } from "./attributes.js";
import { type Block, nodeOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { isGroup } from "./groups.js";
import type { FieldType, SchemaValue } from "./model.js";
import { checkInside } from "./presence.js";
import { readConstant } from "./values.js";

/** Generated headers hold a default as one literal; C guarantees 4,095 bytes, of which a byte may take four. */
const DEFAULT_MAX_BYTES = 1024;

/** Undefined when there is none, or when it was reported. */
export function readDefault(
  context: SchemaContext,
  block: Block<"presence" | "default_value">,
  type: FieldType,
  attributes: Attributes,
): SchemaValue | undefined {
  const node = nodeOf(block, "default_value");
  if (isGroup(type) || type.kind === "unknown") reportNeedless(context, block, type);
  else if (textOf(block, "presence") === "constant") reportConstant(context, block);
  else if (node !== undefined) {
    const value = readConstant(context.collector, node, type);
    if (value === undefined) return undefined;
    checkInside(context, "default", value, node.span, type, attributes);
    const sizeBytes = sizeOf(value);
    if (sizeBytes > DEFAULT_MAX_BYTES) {
      context.collector.report("PQ2210", {
        message: `the default has ${sizeBytes} bytes`,
        span: node.span,
        label: `${DEFAULT_MAX_BYTES} at most`,
      });
    }
    return value;
  }
  return undefined;
}

function sizeOf(value: SchemaValue): number {
  if (typeof value === "string") return Buffer.byteLength(value, "utf8");
  return value instanceof Uint8Array ? value.length : 0;
}

function reportNeedless({ collector }: SchemaContext, block: Block<"default_value">, type: FieldType): void {
  const span = block.keySpanOf("default_value");
  if (span === undefined) return;
  collector.report("PQ2003", {
    message: `\`default_value\` does not apply to type \`${type.kind}\``,
    span,
    help: type.kind === "struct" ? "give its fields defaults" : undefined,
  });
}

function reportConstant({ collector }: SchemaContext, block: Block<"default_value">): void {
  const span = block.keySpanOf("default_value");
  if (span !== undefined) collector.report("PQ2209", { message: "a constant has no default", span, help: "remove `default_value`" });
}
