/** source: fields that the runtime fills when a record is logged. */
import { describeType } from "./attributes.js";
import { type Block, nodeOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import type { Field, FieldType, Source } from "./model.js";

type SourceBlock = Block<"source" | "presence">;

/** What a source leaves nothing to say about. */
const needlessKeys = ["default_value", "null_value", "min_value", "max_value"] as const;

/** Undefined when there is none, or when it was reported. */
export function readSource(context: SchemaContext, block: SourceBlock, type: FieldType): Source | undefined {
  const word = textOf(block, "source");
  const node = nodeOf(block, "source");
  if ((word !== "clock" && word !== "sequence") || node === undefined) return undefined;
  if (!canFill(word, type)) {
    context.collector.report("PQ2211", {
      message: `\`source: ${word}\` cannot fill a field of type \`${describeType(type)}\``,
      span: node.span,
      label: word === "clock" ? "a timestamp, time, date or int96" : "an int64 or uint64",
    });
    return undefined;
  }
  const faults = contradictions(block);
  for (const { key, what } of faults)
    context.collector.report("PQ2211", {
      message: `a field with a source has no ${what}`,
      span: block.keySpanOf(key) ?? node.span,
      help: `remove \`${key}\`: \`${word}\` fills every record`,
    });
  return faults.length === 0 ? word : undefined;
}

function canFill(source: Source, type: FieldType): boolean {
  if (source === "sequence") return type.kind === "integer" && type.bits === 64;
  return type.kind === "timestamp" || type.kind === "time" || type.kind === "date" || type.kind === "int96";
}

function contradictions(block: SourceBlock): readonly { readonly key: string; readonly what: string }[] {
  const presence = textOf(block, "presence");
  return [
    ...(presence === undefined || presence === "required" ? [] : [{ key: "presence", what: `\`presence: ${presence}\`` }]),
    ...needlessKeys.filter((key) => block.written.has(key)).map((key) => ({ key, what: `\`${key}\`` })),
  ];
}

/** True where nothing is left that a caller could log. */
export function isFilledAlone(fields: readonly Field[]): boolean {
  return (
    fields.some(({ source }) => source !== undefined) &&
    fields.every(({ source, presence }) => source !== undefined || presence.kind === "constant")
  );
}
