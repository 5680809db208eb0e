/** The resolved schema as plain data: what is written to NAME.pqflow.json and hashed into the two fingerprints. */
import type { BloomFilter, Compression, Field, FieldType, Presence, Schema, SchemaValue, SortingColumn } from "../schema/model.js";
import type { JsonValue } from "./canonical-json.js";
import { fingerprintText } from "./fingerprint.js";
import type { ColumnNode, LogicalType, MemberShape, NullEncoding, RecordLayout, RepeatedNode, StructMember } from "./model.js";
import { childrenOf } from "./tree.js";

type JsonObject = { readonly [key: string]: JsonValue };
type Shape = Pick<RecordLayout, "recordSizeBytes" | "recordAlignBytes" | "slotSizeBytes" | "commitOffsetBytes" | "members" | "columns">;

/** Where every byte of the record lies. Another value means: code compiled for one record must not meet the other. */
export function layoutPart({ recordSizeBytes, recordAlignBytes, members }: Shape): JsonValue {
  return { size_bytes: recordSizeBytes, align_bytes: recordAlignBytes, members: members.map(memberPart) };
}

function memberPart(member: StructMember): JsonObject {
  const place = { offset_bytes: member.offsetBytes, size_bytes: member.sizeBytes };
  if (member.kind === "count") return { kind: member.kind, name: member.field.name, ...place, storage: member.storage };
  if (member.kind !== "field") return { kind: member.kind, ...place };
  const { shape } = member;
  const storage = shape.kind === "value" ? shape.storage : undefined;
  return { kind: member.kind, name: member.field.name, ...place, storage, null: nullPart(member.nullEncoding), ...insidePart(shape) };
}

/** Offsets within a struct or an element count from its own start. */
function insidePart(shape: MemberShape): JsonObject {
  if (shape.kind === "value") return {};
  if (shape.kind === "struct") return { members: shape.struct.members.map(memberPart) };
  return {
    max_count: shape.maxCount,
    stride_bytes: shape.strideBytes,
    is_struct: shape.isStruct,
    element: shape.element.members.map(memberPart),
  };
}

function nullPart(encoding: NullEncoding): JsonObject {
  if (encoding.kind === "BIT")
    return { kind: encoding.kind, byte_offset_bytes: encoding.byteOffsetBytes, bit_index: encoding.bitIndex, when_present: 1 };
  if (encoding.kind === "SENTINEL") return { kind: encoding.kind, bits: `0x${encoding.bits.toString(16)}` };
  return { kind: encoding.kind };
}

/** What the values mean. Another value means: rows of the one must not be appended to files of the other. */
export function meaningPart(schema: Schema, columns: readonly ColumnNode[]): JsonValue {
  return { name: schema.name, columns: columns.map(columnMeaning) };
}

function columnMeaning(node: ColumnNode): JsonObject {
  const { field } = node;
  return {
    name: field.name,
    id: field.id,
    type: typePart(field.type),
    presence: field.presence.kind,
    value: field.presence.kind === "constant" ? valuePart(field.presence.value) : undefined,
    unit_of_measure: field.unitOfMeasure,
    semantic_type: field.semanticType,
    ...(node.kind === "leaf"
      ? { physical_type: node.physicalType, logical_type: logicalPart(node.logicalType) }
      : { columns: childrenOf(node).map(columnMeaning) }),
  };
}

function valuePart(value: SchemaValue): JsonValue {
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString("hex")}` : value;
}

function typePart(type: FieldType): JsonObject {
  switch (type.kind) {
    case "integer":
      return { kind: `${type.signed ? "int" : "uint"}${type.bits}` };
    case "decimal":
      return { kind: type.kind, precision: type.precision, scale: type.scale, storage: type.storage, stored_as: type.storedAs };
    case "time":
    case "timestamp":
      return { kind: type.kind, unit: type.unit, utc: type.utc };
    case "string":
    case "json":
      return type.length.mode === "fixed"
        ? { kind: type.kind, length: type.length.lengthBytes, pad_byte: type.length.padByte, charset: charsetPart(type) }
        : { kind: type.kind, max_length: type.length.maxLengthBytes, charset: charsetPart(type) };
    case "bson":
    case "bytes":
      return { kind: type.kind, max_length: type.maxLengthBytes };
    case "fixed":
      return { kind: type.kind, length: type.lengthBytes };
    case "enum":
      return {
        kind: type.kind,
        storage: type.storage,
        stored_as: type.storedAs,
        unknown: unknownPart(type),
        values: type.values.map(({ name, value }) => ({ name, value })),
      };
    case "set":
      return { kind: type.kind, storage: type.storage, values: type.choices.map(({ name, bit }) => ({ name, bit })) };
    case "list":
    case "map":
      return { kind: type.kind, max_count: type.maxCount };
    default:
      return { kind: type.kind };
  }
}

/** What is the default is left out: a schema that does not name it keeps its fingerprint. */
function charsetPart(type: Extract<FieldType, { kind: "string" | "json" }>): JsonValue {
  return type.kind === "string" && type.charset === "ascii" ? type.charset : undefined;
}

function unknownPart({ storedAs, unknown }: Extract<FieldType, { kind: "enum" }>): JsonValue {
  return unknown === (storedAs === "name" ? "reject" : "keep") ? undefined : unknown;
}

function logicalPart(logicalType: LogicalType): JsonValue {
  switch (logicalType.kind) {
    case "DECIMAL":
      return { kind: logicalType.kind, precision: logicalType.precision, scale: logicalType.scale };
    case "TIME":
    case "TIMESTAMP":
      return { kind: logicalType.kind, unit: logicalType.unit, is_adjusted_to_utc: logicalType.isAdjustedToUtc };
    case "INTEGER":
      return { kind: logicalType.kind, bit_width: logicalType.bitWidth, is_signed: logicalType.isSigned };
    default:
      return { kind: logicalType.kind };
  }
}

type Fingerprints = Pick<RecordLayout, "layoutFingerprint" | "schemaFingerprint">;

/** Everything, in a fixed order of keys. */
export function resolvedSchema(schema: Schema, layout: Shape & Fingerprints): JsonObject {
  return {
    pqflow: 1,
    name: schema.name,
    id: schema.id,
    version: schema.version,
    namespace: schema.namespace?.join("."),
    description: schema.description,
    layout_fingerprint: fingerprintText(layout.layoutFingerprint),
    schema_fingerprint: fingerprintText(layout.schemaFingerprint),
    record: recordPart(schema, layout),
    columns: layout.columns.map(columnPart),
    reserved: { ids: schema.reserved.ids, names: schema.reserved.names },
    parquet: fileParquetPart(schema),
    sink: sinkPart(schema),
  };
}

function sinkPart({ sink }: Schema): JsonValue {
  return {
    ring_slots: sink.ringSlots,
    ring_dir: sink.ringDir,
    durability: sink.durability,
    orphans: sink.orphans,
    file_path: sink.filePath,
    flush_interval_ns: sink.flushIntervalNs,
    encoder_threads: sink.encoderThreads,
    file_layout: sink.fileLayout,
    manifest: sink.manifest,
    rotate_bytes: sink.rotateBytes,
    rotate_rows: sink.rotateRows,
    rotate_interval_ns: sink.rotateIntervalNs,
    rotate_clock_ns: sink.rotateClockNs,
    journal_interval_ns: sink.journalIntervalNs,
  };
}

function recordPart(schema: Schema, layout: Shape): JsonValue {
  return {
    size_bytes: layout.recordSizeBytes,
    align_bytes: layout.recordAlignBytes,
    slot_size_bytes: layout.slotSizeBytes,
    commit_offset_bytes: layout.commitOffsetBytes,
    packing: schema.layout.packing,
    reorder: schema.layout.reorder,
    members: layout.members.map(memberPart),
  };
}

function columnPart(node: ColumnNode): JsonValue {
  const { field } = node;
  return {
    name: field.name,
    c_name: field.cName,
    id: field.id,
    type: describedTypePart(field.type),
    type_name: field.typeName,
    ...presencePart(field.presence),
    source: field.source,
    default_value: field.defaultValue === undefined ? undefined : valuePart(field.defaultValue),
    min_value: field.minValue,
    max_value: field.maxValue,
    description: field.description,
    unit_of_measure: field.unitOfMeasure,
    semantic_type: field.semanticType,
    since_version: field.sinceVersion,
    deprecated: field.deprecated === undefined ? undefined : { since_version: field.deprecated.sinceVersion, note: field.deprecated.note },
    parquet: fieldParquetPart(field),
    repetition: node.repetition,
    ...(node.kind === "leaf"
      ? {
          physical_type: node.physicalType,
          logical_type: logicalPart(node.logicalType),
          type_length_bytes: node.typeLengthBytes,
          storage: node.storage,
          offset_bytes: node.offsetBytes,
          width_bytes: node.widthBytes,
          null: nullPart(node.nullEncoding),
          max_definition_level: node.maxDefinitionLevel,
          max_repetition_level: node.maxRepetitionLevel,
        }
      : {
          logical_type: { kind: node.groupOf === "struct" ? "NONE" : node.groupOf.toUpperCase() },
          offset_bytes: node.offsetBytes,
          width_bytes: node.widthBytes,
          null: nullPart(node.nullEncoding),
          max_definition_level: node.maxDefinitionLevel,
          max_repetition_level: node.maxRepetitionLevel,
          children: node.groupOf === "struct" ? node.children.map(columnPart) : [repeatedPart(node.repeated)],
        }),
  };
}

function repeatedPart(node: RepeatedNode): JsonValue {
  return {
    name: node.name,
    repetition: "REPEATED",
    storage: node.storage,
    offset_bytes: node.offsetBytes,
    width_bytes: node.widthBytes,
    max_element_count: node.maxElementCount,
    element_stride_bytes: node.elementStrideBytes,
    max_definition_level: node.maxDefinitionLevel,
    max_repetition_level: node.maxRepetitionLevel,
    children: node.children.map(columnPart),
  };
}

/** Like typePart, with the texts of the values. */
function describedTypePart(type: FieldType): JsonValue {
  const part = typePart(type);
  if (type.kind === "enum") {
    return {
      ...part,
      values: type.values.map(({ name, value, description, sinceVersion }) => ({ name, value, description, since_version: sinceVersion })),
    };
  }
  if (type.kind !== "set") return part;
  return {
    ...part,
    values: type.choices.map(({ name, bit, description, sinceVersion }) => ({ name, bit, description, since_version: sinceVersion })),
  };
}

function presencePart(presence: Presence): JsonObject {
  if (presence.kind === "constant") return { presence: presence.kind, value: valuePart(presence.value) };
  if (presence.kind === "optional" && presence.nullBy === "value") {
    return { presence: presence.kind, null_value: presence.nullValue === "nan" ? ".nan" : presence.nullValue };
  }
  return { presence: presence.kind };
}

function compressionPart(compression: Compression | undefined): JsonValue {
  return compression === undefined ? undefined : { codec: compression.codec, level: compression.level };
}

function bloomFilterPart(bloomFilter: BloomFilter | undefined): JsonValue {
  return bloomFilter === undefined ? undefined : { fpp: bloomFilter.fpp, ndv: bloomFilter.ndv };
}

function fieldParquetPart({ parquet }: Field): JsonValue {
  return {
    compression: compressionPart(parquet.compression),
    encoding: parquet.encoding,
    dictionary: parquet.dictionary,
    statistics: parquet.statistics,
    bloom_filter: parquet.bloomFilter === "none" ? false : bloomFilterPart(parquet.bloomFilter),
  };
}

function sortingPart({ field, descending, nullsFirst }: SortingColumn): JsonValue {
  return { field, descending, nulls_first: nullsFirst };
}

function fileParquetPart({ parquet }: Schema): JsonValue {
  return {
    profile: parquet.profile,
    compression: compressionPart(parquet.compression),
    statistics: parquet.statistics,
    data_page_rows: parquet.pageRows,
    data_page_size: parquet.pageBytes,
    data_page_version: parquet.dataPageVersion,
    float_order: parquet.floatOrder,
    row_group_rows: parquet.rowGroupRows,
    row_group_bytes: parquet.rowGroupBytes,
    encoding: parquet.encoding,
    dictionary: parquet.dictionary,
    bloom_filter: bloomFilterPart(parquet.bloomFilter),
    sorting_columns: parquet.sortingColumns.length === 0 ? undefined : parquet.sortingColumns.map(sortingPart),
    arrow_schema: parquet.arrowSchema,
    key_value_metadata: parquet.keyValueMetadata.map(([key, value]) => ({ key, value })),
  };
}
