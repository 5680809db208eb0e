/** schema → layout: offsets, columns, fingerprints. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import { innerFields, isGroup } from "../schema/groups.js";
import type { Field, FieldType, Schema } from "../schema/model.js";
import { arrowSchema } from "./arrow-schema.js";
import { arrowFields } from "./arrow-types.js";
import { checkRecord } from "./checks.js";
import { checkBloomFilter, checkEncoding, checkFileEncoding } from "./encodings.js";
import { fingerprint } from "./fingerprint.js";
import type { ColumnNode, RecordLayout } from "./model.js";
import { placeRecord } from "./record.js";
import { layoutPart, meaningPart, resolvedSchema } from "./resolved.js";
import { canonicalJson } from "./canonical-json.js";
import { sortedLeaves } from "./sorting.js";
import { commitOffsetBytes, slotSizeBytes } from "./slots.js";
import { storedSchema } from "./stored-schema.js";
import { columnsOf, leavesOf } from "./tree.js";

/** Undefined when a rule is broken; findings go to the collector. */
export function buildLayout(schema: Schema, collector: DiagnosticCollector): RecordLayout | undefined {
  const record = placeRecord(schema.fields, schema.layout);
  checkRecord(collector, schema, record);
  checkEncodings(collector, schema.fields, new Set());
  if (collector.hasErrors) return undefined;
  const columns = columnsOf(schema.fields, record);
  checkFileEncoding(collector, schema, leavesOf(columns));
  const sorting = sortedLeaves(collector, schema, columns);
  if (collector.hasErrors) return undefined;
  const shape = {
    recordSizeBytes: record.sizeBytes,
    recordAlignBytes: record.alignBytes,
    slotSizeBytes: slotSizeBytes(record.sizeBytes, record.alignBytes),
    commitOffsetBytes: commitOffsetBytes(record.sizeBytes),
    members: record.members,
    columns,
    sorting,
    keyValues: keyValuesOf(schema, columns),
  };
  const fingerprints = { layoutFingerprint: fingerprint(layoutPart(shape)), schemaFingerprint: fingerprint(meaningPart(schema, columns)) };
  const resolved = resolvedSchema(schema, { ...shape, ...fingerprints });
  return { ...shape, ...fingerprints, resolvedJson: canonicalJson(resolved), storedJson: canonicalJson(storedSchema(resolved)) };
}

function keyValuesOf({ parquet }: Schema, columns: readonly ColumnNode[]): RecordLayout["keyValues"] {
  const { keyValueMetadata } = parquet;
  return parquet.arrowSchema === true ? [...keyValueMetadata, ["ARROW:schema", arrowSchema(arrowFields(columns))]] : keyValueMetadata;
}

/** Fields of a named type are looked at once. */
function checkEncodings(collector: DiagnosticCollector, fields: readonly Field[], visited: Set<FieldType>): void {
  for (const field of fields) {
    const { type } = field;
    if (!isGroup(type)) {
      checkEncoding(collector, field, type);
      checkBloomFilter(collector, field, type);
    } else if (!visited.has(type)) {
      visited.add(type);
      checkEncodings(collector, innerFields(type), visited);
    }
  }
}
