/** One initializer per node of the column tree, and the tables of codes they refer to. */
import { bloomFilterInFile, encodingInFile } from "../layout/encodings.js";
import type { ColumnNode, GroupNode, LeafNode, LogicalType, NullEncoding, RepeatedNode } from "../layout/model.js";
import type { Field, FieldType, Schema } from "../schema/model.js";
import { padByteOf } from "./c-columns.js";
import { doubleLiteral, hexLiteral, integerLiteral } from "./c-literals.js";
import type { CEnumTable, CFieldInitializer } from "./c-model.js";
import type { CGlobals } from "./c-names.js";
import { levelOf, type Settings, settingsText } from "./c-settings.js";
import type { CTexts } from "./c-texts.js";
import { stringLiteral } from "./escape.js";

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

function nullSettings(encoding: NullEncoding): Settings {
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

function constantSettings({ constantBytes: bytes }: LeafNode, globals: CGlobals, texts: CTexts): Settings {
  if (bytes === undefined) {
    return [];
  }
  return [
    ["constant_value", texts.bytes(bytes, `${globals.prefix}_constant`)],
    ["constant_length_bytes", bytes.length],
  ];
}

function storageSettings(node: LeafNode): Settings {
  return [
    ["storage", `PQFLOW_STORAGE_${node.storage}`],
    ["offset_bytes", node.offsetBytes],
    ["width_bytes", node.widthBytes],
    ["pad_byte", node.storage === "PADDED_TEXT" ? padByteOf(node) : 0],
  ];
}

function parquetSettings(schema: Schema, node: LeafNode): Settings {
  const own = node.field.parquet;
  const statistics = own.statistics ?? schema.parquet.statistics;
  const bloomFilter = bloomFilterInFile(node, schema);
  return [
    ["codec", own.compression === undefined ? "PQFLOW_CODEC_FROM_FILE" : `PQFLOW_CODEC_${own.compression.codec}`],
    ["codec_level", levelOf(own.compression)],
    ["statistics", `PQFLOW_COLUMN_STATISTICS_${statistics.toUpperCase()}`],
    ["encoding", `PQFLOW_ENCODING_${encodingInFile(node, schema)}`],
    ["bloom_filter_fpp", bloomFilter === undefined ? undefined : doubleLiteral(bloomFilter.fpp)],
    ["bloom_filter_ndv", bloomFilter?.ndv],
  ];
}

function columnSettings(node: LeafNode): Settings {
  return [
    ["physical_type", `PQFLOW_PHYSICAL_${node.physicalType}`],
    ["type_length_bytes", node.typeLengthBytes],
    ["repetition", `PQFLOW_REPETITION_${node.repetition}`],
    ...levelSettings(node),
  ];
}

function levelSettings(node: Pick<LeafNode, "maxDefinitionLevel" | "maxRepetitionLevel">): Settings {
  return [
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

export function planEnumTables(globals: CGlobals, leaves: readonly LeafNode[], texts: CTexts): CEnumTables {
  const tables = new Map<string | FieldType, CEnumTable>();
  const keyOf = ({ field }: LeafNode): string | FieldType => field.typeName ?? field.type;
  for (const node of leaves.filter(hasCodeTable)) {
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

/** What every initializer needs to know. */
export interface FieldContext {
  readonly schema: Schema;
  readonly globals: CGlobals;
  readonly tables: CEnumTables;
  readonly texts: CTexts;
  /** Members of the record by field. */
  readonly members: ReadonlyMap<Field, string>;
}

/** Depth first, parents before children. */
export function planFieldInitializers(nodes: readonly ColumnNode[], context: FieldContext): readonly CFieldInitializer[] {
  return nodes.flatMap((node) => initializersOf(node, context).map((settings) => ({ settings: settingsText(settings) })));
}

function initializersOf(node: ColumnNode, context: FieldContext): readonly Settings[] {
  if (node.kind === "leaf") {
    return [leafSettings(node, context)];
  }
  if (node.groupOf === "struct") {
    return [groupSettings(node, context, node.children.length), ...node.children.flatMap((child) => initializersOf(child, context))];
  }
  const { repeated } = node;
  const children = repeated.children.flatMap((child) => initializersOf(child, context));
  return [groupSettings(node, context, 1), repeatedSettings(repeated), ...children];
}

function leafSettings(node: LeafNode, { schema, globals, tables, texts, members }: FieldContext): Settings {
  return [
    ...nameSettings(node.field, members),
    ...storageSettings(node),
    ...nullSettings(node.nullEncoding),
    ...constantSettings(node, globals, texts),
    ...enumSettings(node, tables),
    ...columnSettings(node),
    ...logicalSettings(node.logicalType),
    ...parquetSettings(schema, node),
  ];
}

function nameSettings(field: Field, members: ReadonlyMap<Field, string>): Settings {
  const member = members.get(field);
  return [
    ["name", stringLiteral(field.name)],
    ["member", member === undefined ? undefined : stringLiteral(member)],
    ["field_id", field.id ?? "PQFLOW_FIELD_ID_NONE"],
  ];
}

function groupSettings(node: GroupNode, { members }: FieldContext, childCount: number): Settings {
  return [
    ...nameSettings(node.field, members),
    ["child_count", childCount],
    ["offset_bytes", node.offsetBytes],
    ["width_bytes", node.widthBytes],
    ...nullSettings(node.nullEncoding),
    ["physical_type", "PQFLOW_PHYSICAL_NONE"],
    ["repetition", `PQFLOW_REPETITION_${node.repetition}`],
    ...levelSettings(node),
    ["logical_type", node.groupOf === "struct" ? undefined : `PQFLOW_LOGICAL_${node.groupOf.toUpperCase()}`],
  ];
}

function repeatedSettings(node: RepeatedNode): Settings {
  return [
    ["name", stringLiteral(node.name)],
    ["field_id", "PQFLOW_FIELD_ID_NONE"],
    ["child_count", node.children.length],
    ["storage", `PQFLOW_STORAGE_${node.storage}`],
    ["offset_bytes", node.offsetBytes],
    ["width_bytes", node.widthBytes],
    ["max_element_count", node.maxElementCount],
    ["element_stride_bytes", node.elementStrideBytes],
    ["physical_type", "PQFLOW_PHYSICAL_NONE"],
    ["repetition", "PQFLOW_REPETITION_REPEATED"],
    ...levelSettings(node),
  ];
}
