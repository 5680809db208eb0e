/** The descriptor's tables: one initializer per field, enumeration tables, key-values, defaults, and the columns of the unpack kernel. */
import type { LeafNode, LogicalType, RecordLayout } from "../layout/model.js";
import type { Compression, Schema } from "../schema/model.js";
import type { CColumn } from "./c-columns.js";
import { padByteOf } from "./c-fields.js";
import { fingerprintLiteral, hexLiteral, integerLiteral } from "./c-literals.js";
import type { CEnumTable, CFieldInitializer, CPlan, CUnpackColumn } from "./c-model.js";
import type { CGlobals } from "./c-names.js";
import type { CTexts } from "./c-texts.js";
import { stringLiteral } from "./escape.js";
import { createNameScope } from "./identifiers.js";

type Settings = readonly (readonly [name: string, value: string | number | undefined])[];

/** `.name = value` for everything that is not zero. */
function settingsText(settings: Settings): readonly string[] {
  return settings.filter(([, value]) => value !== undefined && value !== 0 && value !== "").map(([name, value]) => `.${name} = ${value}`);
}

function levelOf(compression: Compression | undefined): number | string | undefined {
  return compression === undefined ? undefined : (compression.level ?? "PQFLOW_CODEC_LEVEL_DEFAULT");
}

/** Codes that are written as names, or looked up. */
function hasCodeTable(node: LeafNode): boolean {
  const { type } = node.field;
  return type.kind === "enum" && (type.storedAs === "name" || type.unknown !== "keep") && node.constantBytes === undefined;
}

function logicalSettings(logical: LogicalType): Settings {
  switch (logical.kind) {
    case "NONE":
      return [];
    case "DECIMAL":
      return [
        ["logical_type", "PQFLOW_LOGICAL_DECIMAL"],
        ["decimal_precision", logical.precision],
        ["decimal_scale", logical.scale],
      ];
    case "TIME":
    case "TIMESTAMP":
      return [
        ["logical_type", `PQFLOW_LOGICAL_${logical.kind}`],
        ["time_unit", `PQFLOW_UNIT_${logical.unit}`],
        ["is_adjusted_to_utc", Number(logical.isAdjustedToUtc)],
      ];
    case "INTEGER":
      return [
        ["logical_type", "PQFLOW_LOGICAL_INTEGER"],
        ["integer_bit_width", logical.bitWidth],
        ["integer_is_signed", Number(logical.isSigned)],
      ];
    default:
      return [["logical_type", `PQFLOW_LOGICAL_${logical.kind}`]];
  }
}

function nullSettings(node: LeafNode): Settings {
  const encoding = node.nullEncoding;
  switch (encoding.kind) {
    case "NEVER":
      return [];
    case "NAN":
    case "ALWAYS":
      return [["null_kind", `PQFLOW_NULL_${encoding.kind}`]];
    case "SENTINEL":
      return [
        ["null_kind", "PQFLOW_NULL_SENTINEL"],
        ["null_value_bits", `UINT64_C(${hexLiteral(encoding.bits)})`],
      ];
    case "BIT":
      return [
        ["null_kind", "PQFLOW_NULL_BIT"],
        ["null_byte_offset_bytes", encoding.byteOffsetBytes],
        ["null_bit_index", encoding.bitIndex],
        ["null_bit_when_present", 1],
      ];
  }
}

function constantSettings(column: CColumn, globals: CGlobals, texts: CTexts): Settings {
  const bytes = column.node.constantBytes;
  if (bytes === undefined) {
    return [];
  }
  return [
    ["constant_value", texts.bytes(bytes, `${globals.prefix}_constant`)],
    ["constant_length_bytes", bytes.length],
  ];
}

function storageSettings(column: CColumn): Settings {
  const node = column.node;
  return [
    ["storage", `PQFLOW_STORAGE_${node.storage}`],
    ["offset_bytes", node.offsetBytes],
    ["width_bytes", node.widthBytes],
    ["pad_byte", node.storage === "PADDED_TEXT" ? padByteOf(column) : 0],
  ];
}

function parquetSettings(schema: Schema, node: LeafNode): Settings {
  const own = node.field.parquet;
  const statistics = own.statistics ?? schema.parquet.statistics;
  return [
    ["codec", own.compression === undefined ? "PQFLOW_CODEC_FROM_FILE" : `PQFLOW_CODEC_${own.compression.codec}`],
    ["codec_level", levelOf(own.compression)],
    ["statistics", `PQFLOW_COLUMN_STATISTICS_${statistics.toUpperCase()}`],
    ["encoding", `PQFLOW_ENCODING_${node.encoding}`],
  ];
}

function columnSettings(node: LeafNode): Settings {
  return [
    ["physical_type", `PQFLOW_PHYSICAL_${node.physicalType}`],
    ["type_length_bytes", node.typeLengthBytes],
    ["repetition", `PQFLOW_REPETITION_${node.repetition}`],
    ["max_definition_level", node.maxDefinitionLevel],
    ["max_repetition_level", node.maxRepetitionLevel],
  ];
}

/** One table per named type whose codes are looked up. */
export interface CEnumTables {
  readonly tables: readonly CEnumTable[];
  nameOf(node: LeafNode): string | undefined;
}

function planEnumTable(node: LeafNode, name: string, texts: CTexts): CEnumTable {
  const type = node.field.type;
  const values = type.kind === "enum" ? type.values : [];
  return {
    name,
    values: values.map((value) => ({ code: integerLiteral(BigInt.asIntN(64, value.value)), text: texts.text(value.name, `${name}_text`) })),
  };
}

export function planEnumTables(globals: CGlobals, columns: readonly CColumn[], texts: CTexts): CEnumTables {
  const tables = new Map<string, CEnumTable>();
  const keyOf = (node: LeafNode): string => node.field.typeName ?? `field ${node.field.name}`;
  for (const { node } of columns.filter((column) => hasCodeTable(column.node))) {
    if (!tables.has(keyOf(node))) {
      tables.set(keyOf(node), planEnumTable(node, globals.scope.claim(`${globals.prefix}_codes`), texts));
    }
  }
  return { tables: [...tables.values()], nameOf: (node) => (hasCodeTable(node) ? tables.get(keyOf(node))?.name : undefined) };
}

function enumSettings(node: LeafNode, tables: CEnumTables): Settings {
  const name = tables.nameOf(node);
  const { type } = node.field;
  const count = type.kind === "enum" ? type.values.length : 0;
  const isNull = type.kind === "enum" && type.unknown === "null";
  return name === undefined
    ? []
    : [
        ["enum_values", name],
        ["enum_value_count", count],
        ["unknown_code", isNull ? "PQFLOW_UNKNOWN_CODE_NULL" : undefined],
      ];
}

export function planFieldInitializers(
  schema: Schema,
  globals: CGlobals,
  columns: readonly CColumn[],
  tables: CEnumTables,
  texts: CTexts,
): readonly CFieldInitializer[] {
  return columns.map((column) => ({
    settings: settingsText([
      ["name", stringLiteral(column.node.field.name)],
      ["member", column.member === "" ? undefined : stringLiteral(column.member)],
      ["field_id", column.node.field.id === 0 ? "0" : column.node.field.id],
      ...storageSettings(column),
      ...nullSettings(column.node),
      ...constantSettings(column, globals, texts),
      ...enumSettings(column.node, tables),
      ...columnSettings(column.node),
      ...logicalSettings(column.node.logicalType),
      ...parquetSettings(schema, column.node),
    ]),
  }));
}

/** Columns of the unpack kernel; its local names end in `_values` and `_valid` and so differ from every other name. */
export function planUnpackColumns(columns: readonly CColumn[]): readonly CUnpackColumn[] {
  const stored = columns.filter((column) => column.member !== "");
  const scope = createNameScope();
  return stored.map((column) => {
    const encoding = column.node.nullEncoding;
    const bit = encoding.kind === "BIT" ? encoding : undefined;
    return {
      index: column.index.toString(),
      values: scope.claim(`${column.node.field.name}_values`),
      widthBytes: column.node.widthBytes.toString(),
      offsetBytes: column.node.offsetBytes.toString(),
      hasBit: bit !== undefined,
      valid: scope.claim(`${column.node.field.name}_valid`),
      nullByteOffsetBytes: (bit?.byteOffsetBytes ?? 0).toString(),
      nullBitIndex: (bit?.bitIndex ?? 0).toString(),
    };
  });
}

export function planKeyValues(schema: Schema, globals: CGlobals, texts: CTexts): CPlan["keyValues"] {
  return schema.parquet.keyValueMetadata.map(([key, value]) => ({
    key: texts.text(key, `${globals.prefix}_key`),
    value: texts.text(value, `${globals.prefix}_value`),
  }));
}

export function planDefaults(schema: Schema, globals: CGlobals, texts: CTexts): readonly string[] {
  const { parquet, sink } = schema;
  return settingsText([
    ["path", sink.filePath === undefined ? undefined : texts.terminated(sink.filePath, `${globals.prefix}_path`)],
    ["row_group_bytes", parquet.rowGroupBytes],
    ["row_group_rows", parquet.rowGroupRows],
    ["ring_slots_count", sink.ringSlots],
    ["flush_interval_ns", sink.flushIntervalNs],
    ["rotate_bytes", sink.rotateBytes],
    ["rotate_rows", sink.rotateRows],
    ["rotate_interval_ns", sink.rotateIntervalNs],
    ["page_rows", parquet.pageRows],
    ["codec_level", levelOf(parquet.compression)],
    ["codec", parquet.compression === undefined ? "PQFLOW_CODEC_FROM_FILE" : `PQFLOW_CODEC_${parquet.compression.codec}`],
  ]);
}

export function planDescriptor(
  schema: Schema,
  layout: RecordLayout,
  globals: CGlobals,
  texts: CTexts,
  columnCount: number,
): readonly string[] {
  const { names } = globals;
  const keyValueCount = schema.parquet.keyValueMetadata.length;
  return settingsText([
    ["abi_version", "PQFLOW_ABI_VERSION"],
    ["struct_size_bytes", "sizeof(pqflow_descriptor)"],
    ["field_size_bytes", "sizeof(pqflow_field)"],
    ["field_count", columnCount],
    ["name", stringLiteral(schema.name)],
    ["fields", names.fields],
    ["key_values", keyValueCount > 0 ? names.keyValues : undefined],
    ["unpack", names.unpack],
    ["schema_json", texts.text(layout.resolvedJson, `${globals.prefix}_schema_json`)],
    ["layout_fingerprint", fingerprintLiteral(layout.layoutFingerprint)],
    ["schema_fingerprint", fingerprintLiteral(layout.schemaFingerprint)],
    ["key_value_count", keyValueCount],
    ["schema_version", schema.version],
    ["record_size_bytes", `sizeof(${names.record})`],
    ["record_align_bytes", names.recordAlign],
    ["slot_size_bytes", names.slotSize],
  ]);
}
