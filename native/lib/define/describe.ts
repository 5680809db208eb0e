/** The descriptor of a schema defined at run time: the same values as a generated class has. */
import { binding } from "../binding.js";
import type { Descriptor, FieldDescriptor } from "../descriptor.js";
import { canonicalJson } from "./canonical-json.js";
import type { Layout, PlacedField } from "./layout.js";
import { fingerprintsOf, storedSchema, type SchemaHead } from "./resolved.js";

function nullEntries({ isOptional, nullBit, nullValue }: PlacedField): Partial<FieldDescriptor> {
  if (nullValue !== undefined)
    return { ...(nullValue.isNan ? { nullKind: "NAN" } : { nullKind: "SENTINEL", nullValueBits: nullValue.bits }), maxDefinitionLevel: 1 };
  if (!isOptional || nullBit === undefined) return {};
  return {
    nullKind: "BIT",
    nullByteOffsetBytes: nullBit.byteOffsetBytes,
    nullBitIndex: nullBit.bitIndex,
    nullBitWhenPresent: 1,
    maxDefinitionLevel: 1,
  };
}

function fieldDescriptor(field: PlacedField): FieldDescriptor {
  const { type } = field;
  return {
    name: field.name,
    fieldId: field.fieldId,
    repetition: field.isOptional ? "OPTIONAL" : "REQUIRED",
    ...type.column,
    storage: type.storage,
    offsetBytes: field.offsetBytes,
    widthBytes: type.widthBytes,
    ...nullEntries(field),
    ...field.settings,
  };
}

export function describe(head: SchemaHead, layout: Layout): Descriptor {
  const fingerprints = fingerprintsOf(head, layout);
  return {
    abiVersion: binding().abiVersion,
    name: head.name,
    schemaVersion: head.version,
    recordSizeBytes: layout.recordSizeBytes,
    recordAlignBytes: layout.recordAlignBytes,
    slotSizeBytes: layout.slotSizeBytes,
    layoutFingerprint: fingerprints.layout,
    schemaFingerprint: fingerprints.schema,
    fields: layout.fields.map(fieldDescriptor),
    keyValues: head.keyValues,
    ...(head.sortingColumns.length !== 0 && { sortingColumns: head.sortingColumns }),
    defaults: head.path === undefined ? head.defaults : { path: head.path, ...head.defaults },
    schemaJson: canonicalJson(storedSchema(head, layout, fingerprints)),
  };
}
