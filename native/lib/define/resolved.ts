/** The schema as JSON, key for key as the generator writes it: a schema of the same fields has the same text and the same fingerprints. */
import type { DescriptorDefaults, FieldDescriptor, SortingColumn } from "../descriptor.js";
import { fingerprint, type Json } from "./canonical-json.js";
import { type Layout, memberSizeBytes, type PlacedField } from "./layout.js";

type JsonObject = { readonly [key: string]: Json };

/** What the schema says beside its layout. */
export interface SchemaHead {
  readonly name: string;
  readonly version: number;
  readonly description?: string | undefined;
  readonly path?: string | undefined;
  readonly defaults: Omit<DescriptorDefaults, "path">;
  readonly sortingColumns: readonly SortingColumn[];
  readonly keyValues: readonly { readonly key: string; readonly value: string }[];
  /** Of fields, by name. */
  readonly texts: ReadonlyMap<string, { readonly description?: string | undefined; readonly unitOfMeasure?: string | undefined }>;
}

export interface Fingerprints {
  readonly layout: bigint;
  readonly schema: bigint;
}

function nullPart({ nullBit, nullValue }: PlacedField): JsonObject {
  if (nullValue !== undefined) return nullValue.isNan ? { kind: "NAN" } : { kind: "SENTINEL", bits: `0x${nullValue.bits.toString(16)}` };
  if (nullBit === undefined) return { kind: "NEVER" };
  return { kind: "BIT", byte_offset_bytes: nullBit.byteOffsetBytes, bit_index: nullBit.bitIndex, when_present: 1 };
}

function members({ fields, valid, pads }: Layout): readonly JsonObject[] {
  const placed = [
    ...fields.map((field) => ({
      kind: "field",
      name: field.name,
      offset_bytes: field.offsetBytes,
      size_bytes: memberSizeBytes(field.type),
      storage: field.type.storage,
      null: nullPart(field),
    })),
    ...(valid === undefined ? [] : [{ kind: "valid", offset_bytes: valid.offsetBytes, size_bytes: valid.sizeBytes }]),
    ...pads.map(({ offsetBytes, sizeBytes }) => ({ kind: "pad", offset_bytes: offsetBytes, size_bytes: sizeBytes })),
  ];
  return placed.toSorted((left, right) => left.offset_bytes - right.offset_bytes);
}

function logicalPart(column: Partial<FieldDescriptor>): JsonObject {
  const kind = column.logicalType ?? "NONE";
  switch (kind) {
    case "DECIMAL":
      return { kind, precision: column.decimalPrecision, scale: column.decimalScale };
    case "TIME":
    case "TIMESTAMP":
      return { kind, unit: column.timeUnit, is_adjusted_to_utc: column.isAdjustedToUtc };
    case "INTEGER":
      return { kind, bit_width: column.integerBitWidth, is_signed: column.integerIsSigned };
    default:
      return { kind };
  }
}

const presence = ({ isOptional }: PlacedField): string => (isOptional ? "optional" : "required");

function meaningOf(field: PlacedField, { texts }: SchemaHead): JsonObject {
  const { type } = field;
  return {
    name: field.name,
    id: field.fieldId,
    type: type.meaning,
    presence: presence(field),
    unit_of_measure: texts.get(field.name)?.unitOfMeasure,
    physical_type: type.column.physicalType,
    logical_type: logicalPart(type.column),
  };
}

function storedColumn(field: PlacedField, { texts }: SchemaHead): JsonObject {
  const { type } = field;
  return {
    name: field.name,
    id: field.fieldId,
    type: type.meaning,
    presence: presence(field),
    null_value: field.nullValue?.text,
    ...type.limits,
    description: texts.get(field.name)?.description,
    unit_of_measure: texts.get(field.name)?.unitOfMeasure,
  };
}

export function fingerprintsOf(head: SchemaHead, layout: Layout): Fingerprints {
  const record = { size_bytes: layout.recordSizeBytes, align_bytes: layout.recordAlignBytes, members: members(layout) };
  const meaning = { name: head.name, columns: layout.fields.map((field) => meaningOf(field, head)) };
  return { layout: fingerprint(record), schema: fingerprint(meaning) };
}

const fingerprintText = (value: bigint): string => value.toString(16).padStart(16, "0");

/** What each file carries: names, meaning and fingerprints. */
export function storedSchema(head: SchemaHead, { fields }: Layout, fingerprints: Fingerprints): Json {
  return {
    pqflow: 1,
    name: head.name,
    version: head.version,
    description: head.description,
    layout_fingerprint: fingerprintText(fingerprints.layout),
    schema_fingerprint: fingerprintText(fingerprints.schema),
    columns: fields.map((field) => storedColumn(field, head)),
  };
}
