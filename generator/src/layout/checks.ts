/** Rules of the language that need bytes. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Field, Schema } from "../schema/model.js";
import type { FieldMember, MemberShape, StructLayout } from "./model.js";
import { naturalAlignBytes, paddingBytes, placeRecord } from "./record.js";
import { slotSizeBytes } from "./slots.js";

/** PQFLOW_RECORD_SIZE_MAX_BYTES. */
const RECORD_SIZE_MAX_BYTES = 1 << 20;
const RING_SIZE_MAX_BYTES = 2 ** 40;
const RING_SLOTS_DEFAULT_COUNT = 262_144;
/** Less is not worth a word. */
const PADDING_SAVED_MIN_BYTES = 8;

export function checkRecord(collector: DiagnosticCollector, schema: Schema, record: StructLayout): void {
  reportEmptyStructs(collector, record, new Set());
  if (record.sizeBytes === 0) reportEmpty(collector, schema);
  else if (record.sizeBytes > RECORD_SIZE_MAX_BYTES) reportTooLarge(collector, schema, record);
  else checkRing(collector, schema, record);
  checkAlign(collector, schema);
  checkPadding(collector, schema, record);
}

function reportEmpty(collector: DiagnosticCollector, { span }: Schema): void {
  collector.report("PQ3105", {
    message: "the record has no bytes: every field is a constant or unknown",
    span,
    help: "add a field that is not constant",
  });
}

/** A struct of C has a member. */
function reportEmptyStructs(collector: DiagnosticCollector, { members }: StructLayout, visited: Set<StructLayout>): void {
  for (const member of members) {
    const inner = member.kind === "field" ? innerStruct(member.shape) : undefined;
    if (member.kind !== "field" || inner === undefined || visited.has(inner)) continue;
    visited.add(inner);
    reportEmptyStructs(collector, inner, visited);
    if (inner.sizeBytes > 0 || member.shape.kind !== "struct") continue;
    collector.report("PQ3105", {
      message: "the struct has no bytes: every field is a constant or unknown",
      span: member.field.span,
      help: "add a field that is not constant",
    });
  }
}

function innerStruct(shape: MemberShape): StructLayout | undefined {
  if (shape.kind === "struct") return shape.struct;
  return shape.kind === "array" ? shape.element : undefined;
}

function reportTooLarge(collector: DiagnosticCollector, { span }: Schema, record: StructLayout): void {
  const { path, field, sizeBytes } = largestField(record, "");
  collector.report("PQ3101", {
    message: `the record has ${record.sizeBytes} bytes; ${RECORD_SIZE_MAX_BYTES} are allowed`,
    span,
    related: [{ span: field.span, label: `\`${path}\` alone has ${sizeBytes}` }],
    help: lowerWhat(field),
  });
}

interface LargestField {
  readonly path: string;
  readonly field: Field;
  readonly sizeBytes: number;
}

/** The field that takes most; of a struct, that within it. */
function largestField({ members }: StructLayout, prefix: string): LargestField {
  const fields = members.filter((member): member is FieldMember => member.kind === "field");
  const largest = fields.reduce((most, member) => (member.sizeBytes > most.sizeBytes ? member : most));
  const path = `${prefix}${largest.field.name}`;
  if (largest.shape.kind === "struct") return largestField(largest.shape.struct, `${path}.`);
  return { path, field: largest.field, sizeBytes: largest.sizeBytes };
}

function lowerWhat({ type: { kind } }: Field): string | undefined {
  if (kind === "list" || kind === "map") return "lower its `max_count`, or what an element takes";
  return kind === "fixed" || kind === "string" ? "lower its length" : "lower its `max_length`";
}

function checkRing(collector: DiagnosticCollector, schema: Schema, record: StructLayout): void {
  const slots = schema.sink.ringSlots ?? RING_SLOTS_DEFAULT_COUNT;
  const slotBytes = slotSizeBytes(record.sizeBytes, record.alignBytes);
  const sizeBytes = slots * slotBytes;
  if (sizeBytes <= RING_SIZE_MAX_BYTES) return;
  collector.report("PQ3102", {
    message: `the ring would have ${sizeBytes} bytes; ${RING_SIZE_MAX_BYTES} are allowed`,
    span: schema.span,
    label: `${slots} slots of ${slotBytes} bytes`,
    help: "lower `sink.ring.slots`",
  });
}

function checkAlign(collector: DiagnosticCollector, { fields, layout, span }: Schema): void {
  const naturalBytes = naturalAlignBytes(fields, layout);
  if (layout.alignBytes === undefined || layout.alignBytes >= naturalBytes) return;
  collector.report("PQ3103", {
    message: `\`align\` cannot be ${layout.alignBytes}`,
    span: layout.alignSpan ?? span,
    label: `the widest member is aligned to ${naturalBytes}`,
    help: `use \`align: ${naturalBytes}\` or more, or \`packing: packed\``,
  });
}

function checkPadding(collector: DiagnosticCollector, { fields, layout, span }: Schema, record: StructLayout): void {
  if (layout.reorder || layout.packing === "packed") return;
  const reordered = placeRecord(fields, { ...layout, reorder: true });
  if (record.sizeBytes - reordered.sizeBytes < PADDING_SAVED_MIN_BYTES) return;
  const bytes = paddingBytes(record);
  collector.report("PQ3104", {
    message: `${bytes} bytes of padding in ${record.sizeBytes} (${((100 * bytes) / record.sizeBytes).toFixed(1)} %)`,
    span: layout.reorderSpan ?? span,
    help: `\`layout: {reorder: true}\` gives ${reordered.sizeBytes} bytes; the Parquet column order stays as written`,
  });
}
