/** The descriptor itself: key-values, defaults, and what it says of the record. */
import type { RecordLayout } from "../layout/model.js";
import type { Schema } from "../schema/model.js";
import { fingerprintLiteral } from "./c-literals.js";
import type { CPlan } from "./c-model.js";
import type { CGlobals } from "./c-names.js";
import { levelOf, settingsText } from "./c-settings.js";
import type { CTexts } from "./c-texts.js";
import { stringLiteral } from "./escape.js";

export function planKeyValues(layout: RecordLayout, globals: CGlobals, texts: CTexts): CPlan["keyValues"] {
  return layout.keyValues.map(([key, value]) => ({
    key: texts.text(key, `${globals.prefix}_key`),
    value: texts.text(value, `${globals.prefix}_value`),
  }));
}

export function planSortingColumns(layout: RecordLayout): CPlan["sortingColumns"] {
  return layout.sorting.map(
    ({ columnIndex, descending, nullsFirst }) =>
      `{.column_index = ${columnIndex}, .is_descending = ${Number(descending)}, .is_nulls_first = ${Number(nullsFirst)}}`,
  );
}

export function planDefaults(schema: Schema, globals: CGlobals, texts: CTexts): readonly string[] {
  const { parquet, sink } = schema;
  return settingsText([
    ["path", sink.filePath === undefined ? undefined : texts.terminated(sink.filePath, `${globals.prefix}_path`)],
    ["manifest", sink.manifest === undefined ? undefined : texts.terminated(sink.manifest, `${globals.prefix}_manifest`)],
    ["row_group_bytes", parquet.rowGroupBytes],
    ["row_group_rows", parquet.rowGroupRows],
    ["ring_slots_count", sink.ringSlots],
    ["flush_interval_ns", sink.flushIntervalNs],
    ["rotate_bytes", sink.rotateBytes],
    ["rotate_rows", sink.rotateRows],
    ["rotate_interval_ns", sink.rotateIntervalNs],
    ["rotate_clock_ns", sink.rotateClockNs],
    ["journal_interval_ns", sink.journalIntervalNs],
    ["page_rows", parquet.pageRows],
    ["page_bytes", parquet.pageBytes],
    ["codec_level", levelOf(parquet.compression)],
    ["codec", parquet.compression === undefined ? "PQFLOW_CODEC_FROM_FILE" : `PQFLOW_CODEC_${parquet.compression.codec}`],
    ["profile", parquet.profile === undefined ? undefined : `PQFLOW_PROFILE_${parquet.profile.toUpperCase()}`],
    ["data_page_version", parquet.dataPageVersion],
    ["float_order", parquet.floatOrder === undefined ? undefined : `PQFLOW_FLOAT_ORDER_${parquet.floatOrder}`],
    ["encoder_threads", sink.encoderThreads],
    ["layout", sink.fileLayout === undefined ? undefined : `PQFLOW_FILE_LAYOUT_${sink.fileLayout.toUpperCase()}`],
    ["durability", sink.durability === undefined ? undefined : `PQFLOW_DURABILITY_${sink.durability.toUpperCase()}`],
    ["orphans", sink.orphans === undefined ? undefined : `PQFLOW_ORPHANS_${sink.orphans.toUpperCase()}`],
    ["ring_dir", sink.ringDir === undefined ? undefined : texts.terminated(sink.ringDir, `${globals.prefix}_ring_dir`)],
  ]);
}

export function planDescriptor(
  schema: Schema,
  layout: RecordLayout,
  globals: CGlobals,
  texts: CTexts,
  counts: { readonly fields: number; readonly unpacked: number },
): readonly string[] {
  const { names } = globals;
  const keyValueCount = layout.keyValues.length;
  return settingsText([
    ["abi_version", "PQFLOW_ABI_VERSION"],
    ["struct_size_bytes", "sizeof(pqflow_descriptor)"],
    ["field_size_bytes", "sizeof(pqflow_field)"],
    ["field_count", counts.fields],
    ["name", stringLiteral(schema.name)],
    ["fields", names.fields],
    ["key_values", keyValueCount > 0 ? names.keyValues : undefined],
    ["sorting_columns", layout.sorting.length > 0 ? names.sortingColumns : undefined],
    ["unpack", counts.unpacked > 0 ? names.unpack : undefined],
    ["schema_json", texts.text(layout.storedJson, `${globals.prefix}_schema_json`)],
    ["layout_fingerprint", fingerprintLiteral(layout.layoutFingerprint)],
    ["schema_fingerprint", fingerprintLiteral(layout.schemaFingerprint)],
    ["key_value_count", keyValueCount],
    ["schema_version", schema.version],
    ["record_size_bytes", `sizeof(${names.record})`],
    ["record_align_bytes", names.recordAlign],
    ["slot_size_bytes", names.slotSize],
    ["sorting_column_count", layout.sorting.length],
  ]);
}
