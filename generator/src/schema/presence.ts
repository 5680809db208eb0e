/** presence, value and null_value of a field. */
import { type Attributes, describeType } from "./attributes.js";
import type { Span } from "../diagnostics/model.js";
import { type Block, nodeOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { isGroup } from "./groups.js";
import type { FieldType, Presence, SchemaValue } from "./model.js";
import { readConstant } from "./values.js";

type PresenceBlock = Block<"presence" | "value">;

/** Undefined when the presence was reported. */
export function readPresence(context: SchemaContext, block: PresenceBlock, type: FieldType, attributes: Attributes): Presence | undefined {
  if (type.kind === "unknown") return readUnknownPresence(context, block);
  const word = textOf(block, "presence") ?? (block.written.has("presence") ? undefined : "required");
  if (word === "constant" && isGroup(type)) return reportConstantGroup(context, block, type);
  if (word !== "constant" && type.kind !== "map") reportNeedlessValue(context, block);
  if (word !== "optional") reportNeedlessNull(context, block);
  if (word === "optional") {
    const { nullValue } = attributes;
    return nullValue === undefined
      ? { kind: "optional", nullBy: "bit" }
      : { kind: "optional", nullBy: "value", nullValue: nullValue.value };
  }
  if (word === "constant") return readConstantPresence(context, block, type, attributes);
  return word === "required" ? { kind: "required" } : undefined;
}

function readUnknownPresence({ collector }: SchemaContext, block: PresenceBlock): Presence {
  const node = nodeOf(block, "presence");
  if (node !== undefined && textOf(block, "presence") !== "optional") {
    collector.report("PQ2505", {
      message: "a field of type `unknown` is null in every row",
      span: node.span,
      label: "it can only be optional",
      help: "remove `presence`",
    });
  }
  reportNeedlessValue({ collector }, block);
  return { kind: "optional", nullBy: "always" };
}

function reportConstantGroup({ collector }: SchemaContext, block: PresenceBlock, type: FieldType): undefined {
  collector.report("PQ2503", {
    message: `a ${type.kind} cannot be constant`,
    span: nodeOf(block, "presence")?.span ?? block.span,
    help: type.kind === "struct" ? "make its fields constant" : undefined,
  });
  return undefined;
}

function reportNeedlessValue({ collector }: SchemaContext, block: PresenceBlock): void {
  const span = block.keySpanOf("value");
  if (span === undefined) return;
  collector.report("PQ2202", { message: "`value` belongs to a constant", span, help: "add `presence: constant`" });
}

/** A sentinel that comes with a named type is no fault: the type serves optional fields too. */
function reportNeedlessNull({ collector }: SchemaContext, block: PresenceBlock): void {
  const span = block.keySpanOf("null_value");
  if (span === undefined) return;
  collector.report("PQ2203", { message: "`null_value` belongs to an optional field", span, help: "add `presence: optional`" });
}

function readConstantPresence(context: SchemaContext, block: PresenceBlock, type: FieldType, attributes: Attributes): Presence | undefined {
  const node = nodeOf(block, "value");
  if (node === undefined) {
    if (!block.written.has("value")) {
      context.collector.report("PQ2201", {
        message: "a constant needs `value`",
        span: block.keySpanOf("presence") ?? block.span,
        label: "`value` is missing",
      });
    }
    return undefined;
  }
  const value = readConstant(context.collector, node, type);
  if (value === undefined) return undefined;
  checkInside(context, "constant", value, node.span, type, attributes);
  return { kind: "constant", value };
}

/** Constants and defaults obey min_value and max_value. */
export function checkInside(
  { collector }: SchemaContext,
  what: "constant" | "default",
  value: SchemaValue,
  span: Span,
  type: FieldType,
  { minValue, maxValue }: Attributes,
): void {
  if (typeof value !== "bigint" && typeof value !== "number") return;
  if ((minValue === undefined || value >= minValue.value) && (maxValue === undefined || value <= maxValue.value)) return;
  collector.report("PQ2208", {
    message: `${what} ${String(value)} of type \`${describeType(type)}\` is outside its limits`,
    span,
    label: `${minValue?.value ?? ""} … ${maxValue?.value ?? ""}`.trim(),
  });
}
