/** schema → layout: offsets, columns, fingerprints. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Field, Schema } from "../schema/model.js";
import { columnTypeOf } from "./columns.js";
import { checkRecord } from "./checks.js";
import { checkEncoding, encodingOf } from "./encodings.js";
import { fingerprint } from "./fingerprint.js";
import type { LeafNode, NullEncoding, RecordLayout, RecordMember } from "./model.js";
import { hasNullBit, type PlacedField, type PlacedRecord, placeRecord } from "./record.js";
import { layoutPart, meaningPart, resolvedSchema } from "./resolved.js";
import { canonicalJson } from "./canonical-json.js";
import { commitOffsetBytes, slotSizeBytes } from "./slots.js";
import { memberSizeBytes } from "./storage.js";
import { constantBytes, sentinel } from "./value-bytes.js";

/** Undefined when a rule is broken; findings go to the collector. */
export function buildLayout(schema: Schema, collector: DiagnosticCollector): RecordLayout | undefined {
  const record = placeRecord(schema.fields, schema.layout);
  checkRecord(collector, schema, record);
  for (const field of schema.fields) checkEncoding(collector, field);
  if (collector.hasErrors) return undefined;
  const columns = columnsOf(schema, record);
  const members = membersOf(record, columns);
  const shape = {
    recordSizeBytes: record.recordSizeBytes,
    recordAlignBytes: record.recordAlignBytes,
    slotSizeBytes: slotSizeBytes(record.recordSizeBytes, record.recordAlignBytes),
    commitOffsetBytes: commitOffsetBytes(record.recordSizeBytes),
    members,
    columns,
  };
  const fingerprints = { layoutFingerprint: fingerprint(layoutPart(shape)), schemaFingerprint: fingerprint(meaningPart(schema, columns)) };
  return { ...shape, ...fingerprints, resolvedJson: canonicalJson(resolvedSchema(schema, { ...shape, ...fingerprints })) };
}

function columnsOf(schema: Schema, record: PlacedRecord): readonly LeafNode[] {
  const placed = new Map(record.fields.map((field) => [field.field, field]));
  const nullBits = new Map(schema.fields.filter(hasNullBit).map((field, index) => [field, index]));
  return schema.fields.map((field) => leafOf(field, placed.get(field), nullEncodingOf(field, record, nullBits.get(field))));
}

function leafOf(field: Field, placed: PlacedField | undefined, nullEncoding: NullEncoding): LeafNode {
  const isOptional = field.presence.kind === "optional";
  return {
    kind: "leaf",
    field,
    ...columnTypeOf(field.type),
    repetition: isOptional ? "OPTIONAL" : "REQUIRED",
    storage: placed?.storage ?? "NONE",
    offsetBytes: placed?.offsetBytes ?? 0,
    widthBytes: placed?.widthBytes ?? 0,
    nullEncoding,
    encoding: encodingOf(field),
    ...(field.presence.kind === "constant" ? { constantBytes: constantBytes(field.type, field.presence.value) } : {}),
    maxDefinitionLevel: isOptional ? 1 : 0,
    maxRepetitionLevel: 0,
  };
}

function nullEncodingOf({ presence, type }: Field, { valid }: PlacedRecord, bit: number | undefined): NullEncoding {
  if (presence.kind !== "optional") return { kind: "NEVER" };
  if (presence.nullBy === "value") return sentinel(type, presence.nullValue);
  const index = bit ?? 0;
  return { kind: "BIT", byteOffsetBytes: (valid?.offsetBytes ?? 0) + Math.floor(index / 8), bitIndex: index % 8 };
}

function membersOf(record: PlacedRecord, columns: readonly LeafNode[]): readonly RecordMember[] {
  const nodes = new Map(columns.map((node) => [node.field, node]));
  const fields = record.fields.flatMap((placed): RecordMember[] => {
    const node = nodes.get(placed.field);
    const { offsetBytes, alignBytes } = placed;
    return node === undefined ? [] : [{ kind: "field", node, offsetBytes, sizeBytes: memberSizeBytes(placed), alignBytes }];
  });
  const valid: readonly RecordMember[] = record.valid === undefined ? [] : [{ kind: "valid", ...record.valid }];
  const pads = record.pads.map((pad, padIndex): RecordMember => ({ kind: "pad", padIndex, ...pad }));
  return [...fields, ...valid, ...pads].toSorted((left, right) => left.offsetBytes - right.offsetBytes);
}
