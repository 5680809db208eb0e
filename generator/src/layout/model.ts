/** The bytes of a record and of its Parquet columns; no target language. Names of the string unions are those of the enumerations in pqflow/descriptor.h. */
import type { EncodingName, Field } from "../schema/model.js";

export type Storage =
  | "NONE"
  | "BOOL"
  | "INT8"
  | "INT16"
  | "INT32"
  | "INT64"
  | "UINT8"
  | "UINT16"
  | "UINT32"
  | "UINT64"
  | "FLOAT16"
  | "FLOAT"
  | "DOUBLE"
  | "FIXED_BYTES"
  | "PADDED_TEXT"
  | "COUNTED_8"
  | "COUNTED_16";

export type PhysicalType = "BOOLEAN" | "INT32" | "INT64" | "INT96" | "FLOAT" | "DOUBLE" | "BYTE_ARRAY" | "FIXED_LEN_BYTE_ARRAY";

export type LogicalType =
  | { readonly kind: "NONE" }
  | { readonly kind: "STRING" | "JSON" | "BSON" | "UUID" | "DATE" | "INTERVAL" | "FLOAT16" | "UNKNOWN" | "LIST" | "MAP" }
  | { readonly kind: "DECIMAL"; readonly precision: number; readonly scale: number }
  | { readonly kind: "TIME" | "TIMESTAMP"; readonly unit: "MILLIS" | "MICROS" | "NANOS"; readonly isAdjustedToUtc: boolean }
  | { readonly kind: "INTEGER"; readonly bitWidth: 8 | 16 | 32 | 64; readonly isSigned: boolean };

/** Byte offsets count from the start of the record in a column, from that of the struct in a struct's member. */
export type NullEncoding =
  | { readonly kind: "NEVER" }
  /** Type `unknown`: no row has a value. */
  | { readonly kind: "ALWAYS" }
  /** 1 = present, in generated records. */
  | { readonly kind: "BIT"; readonly byteOffsetBytes: number; readonly bitIndex: number }
  /** The sentinel's bits as they lie in the record, as an unsigned little-endian integer. */
  | { readonly kind: "SENTINEL"; readonly bits: bigint }
  | { readonly kind: "NAN" };

/** AUTO: the writer chooses by the data of a chunk's first page. */
export type ColumnEncoding = EncodingName | "AUTO" | "AUTO_NO_DICTIONARY";

/** A leaf column of the file. */
export interface LeafNode {
  readonly kind: "leaf";
  readonly field: Field;
  readonly physicalType: PhysicalType;
  readonly logicalType: LogicalType;
  /** FIXED_LEN_BYTE_ARRAY only, else 0. */
  readonly typeLengthBytes: number;
  readonly repetition: "REQUIRED" | "OPTIONAL";
  readonly storage: Storage;
  /** From the start of the record, for element 0 of every list and map around; 0 where there are no bytes. */
  readonly offsetBytes: number;
  /** Bytes that carry the value, length prefix included; 0 for a constant or a column of nulls. */
  readonly widthBytes: number;
  readonly nullEncoding: NullEncoding;
  readonly encoding: ColumnEncoding;
  /** presence: constant. PLAIN bytes without a length prefix. */
  readonly constantBytes?: Uint8Array;
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
}

/** A group of the file (LogicalTypes.md, "Nested Types"); its children follow it in the descriptor. */
export type GroupNode = StructNode | ArrayNode;

interface GroupBytes {
  readonly kind: "group";
  readonly field: Field;
  readonly repetition: "REQUIRED" | "OPTIONAL";
  readonly nullEncoding: NullEncoding;
  /** All its bytes in the record, as offsets of leaves count. */
  readonly offsetBytes: number;
  readonly widthBytes: number;
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
}

export interface StructNode extends GroupBytes {
  readonly groupOf: "struct";
  readonly children: readonly ColumnNode[];
}

/** A list or map: the group itself, whose only child is the repeated one. */
export interface ArrayNode extends GroupBytes {
  readonly groupOf: "list" | "map";
  readonly repeated: RepeatedNode;
}

/** The REPEATED group within a list or map: the count, and where its elements lie. */
export interface RepeatedNode {
  readonly name: "list" | "key_value";
  readonly storage: "UINT8" | "UINT16";
  readonly offsetBytes: number;
  readonly widthBytes: number;
  readonly maxElementCount: number;
  readonly elementStrideBytes: number;
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
  /** `element`, or `key` and `value`. */
  readonly children: readonly ColumnNode[];
}

export type ColumnNode = LeafNode | GroupNode;

/** A column that rows are sorted by. */
export interface SortedLeaf {
  /** Position among the leaves of the file. */
  readonly columnIndex: number;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** How a value lies in its place. */
export type MemberShape =
  | { readonly kind: "value"; readonly storage: Storage; readonly widthBytes: number }
  | { readonly kind: "struct"; readonly struct: StructLayout }
  /** Of a list: `element` has one field, `value`, and perhaps its null bit; of a map `key` and `value`. */
  | {
      readonly kind: "array";
      readonly maxCount: number;
      readonly strideBytes: number;
      readonly element: StructLayout;
      /** False: an element is the field's bytes alone, and no struct of its own in C. */
      readonly isStruct: boolean;
    };

/** One member of a struct, in struct order. Together they cover every byte of the struct exactly once. Offsets count from its start. */
export type StructMember =
  | {
      readonly kind: "field";
      readonly field: Field;
      readonly shape: MemberShape;
      readonly nullEncoding: NullEncoding;
      readonly offsetBytes: number;
      /** sizeof the C member: the column's width, and a pad byte within the member of a text of odd length with two bytes of length. */
      readonly sizeBytes: number;
      readonly alignBytes: number;
    }
  /** How many elements of a list or map are in use. */
  | {
      readonly kind: "count";
      readonly field: Field;
      readonly storage: "UINT8" | "UINT16";
      readonly offsetBytes: number;
      readonly sizeBytes: number;
      readonly alignBytes: number;
    }
  /** The bitmap of optional fields: bit i of byte i/8 belongs to the i-th optional-by-bit field. */
  | { readonly kind: "valid"; readonly offsetBytes: number; readonly sizeBytes: number }
  | { readonly kind: "pad"; readonly padIndex: number; readonly offsetBytes: number; readonly sizeBytes: number };

export type FieldMember = Extract<StructMember, { readonly kind: "field" }>;

/** The bytes of a struct: the record itself, a struct in it, an element. Two fields of one named type share the object. */
export interface StructLayout {
  readonly sizeBytes: number;
  readonly alignBytes: number;
  readonly members: readonly StructMember[];
}

export interface RecordLayout {
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly slotSizeBytes: number;
  readonly commitOffsetBytes: number;
  readonly members: readonly StructMember[];
  /** Column tree in file order. */
  readonly columns: readonly ColumnNode[];
  /** What rows are sorted by, the first deciding; empty: nothing. */
  readonly sorting: readonly SortedLeaf[];
  /** What files carry beside the resolved schema: the schema's own entries in the order written, then `ARROW:schema` where it is wanted. */
  readonly keyValues: readonly (readonly [key: string, value: string])[];
  /** First 64 bits of SHA-256 over the canonical layout part of the resolved schema. */
  readonly layoutFingerprint: bigint;
  /** Likewise over its meaning: names, ids, types, units, scales. */
  readonly schemaFingerprint: bigint;
  /** Canonical resolved schema: the text of NAME.pqflow.json, one line, no spaces. */
  readonly resolvedJson: string;
  /** The part of it that goes into the file's key-value metadata. */
  readonly storedJson: string;
}
