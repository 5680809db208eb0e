/** Rules of the language that need bytes. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Schema } from "../schema/model.js";
import { naturalAlignBytes, paddingBytes, type PlacedRecord, placeRecord } from "./record.js";
import { slotSizeBytes } from "./slots.js";

/** PQFLOW_RECORD_SIZE_MAX_BYTES. */
const RECORD_SIZE_MAX_BYTES = 1 << 20;
const RING_SIZE_MAX_BYTES = 2 ** 40;
const RING_SLOTS_DEFAULT_COUNT = 262_144;
/** Less is not worth a word. */
const PADDING_SAVED_MIN_BYTES = 8;

export function checkRecord(collector: DiagnosticCollector, schema: Schema, record: PlacedRecord): void {
  if (record.recordSizeBytes === 0) reportEmpty(collector, schema);
  else if (record.recordSizeBytes > RECORD_SIZE_MAX_BYTES) reportTooLarge(collector, schema, record);
  else checkRing(collector, schema, record);
  checkAlign(collector, schema);
  checkPadding(collector, schema, record);
}

function reportEmpty(collector: DiagnosticCollector, { span }: Schema): void {
  collector.report("PQ3105", {
    message: "the record has no bytes: every field is a constant",
    span,
    help: "add a field that is not constant",
  });
}

function reportTooLarge(collector: DiagnosticCollector, { span }: Schema, { recordSizeBytes }: PlacedRecord): void {
  collector.report("PQ3101", { message: `the record has ${recordSizeBytes} bytes; ${RECORD_SIZE_MAX_BYTES} are allowed`, span });
}

function checkRing(collector: DiagnosticCollector, schema: Schema, { recordSizeBytes, recordAlignBytes }: PlacedRecord): void {
  const slots = schema.sink.ringSlots ?? RING_SLOTS_DEFAULT_COUNT;
  const sizeBytes = slots * slotSizeBytes(recordSizeBytes, recordAlignBytes);
  if (sizeBytes <= RING_SIZE_MAX_BYTES) return;
  collector.report("PQ3102", {
    message: `the ring would have ${sizeBytes} bytes; ${RING_SIZE_MAX_BYTES} are allowed`,
    span: schema.span,
    label: `${slots} slots of ${slotSizeBytes(recordSizeBytes, recordAlignBytes)} bytes`,
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

function checkPadding(collector: DiagnosticCollector, { fields, layout, span }: Schema, record: PlacedRecord): void {
  if (layout.reorder || layout.packing === "packed") return;
  const reordered = placeRecord(fields, { ...layout, reorder: true });
  if (record.recordSizeBytes - reordered.recordSizeBytes < PADDING_SAVED_MIN_BYTES) return;
  const bytes = paddingBytes(record);
  collector.report("PQ3104", {
    message: `${bytes} bytes of padding in ${record.recordSizeBytes} (${((100 * bytes) / record.recordSizeBytes).toFixed(1)} %)`,
    span: layout.reorderSpan ?? span,
    help: `\`layout: {reorder: true}\` gives ${reordered.recordSizeBytes} bytes; the Parquet column order stays as written`,
  });
}
