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
  | { readonly kind: "STRING" | "JSON" | "BSON" | "UUID" | "DATE" | "INTERVAL" | "FLOAT16" }
  | { readonly kind: "DECIMAL"; readonly precision: number; readonly scale: number }
  | { readonly kind: "TIME" | "TIMESTAMP"; readonly unit: "MILLIS" | "MICROS" | "NANOS"; readonly isAdjustedToUtc: boolean }
  | { readonly kind: "INTEGER"; readonly bitWidth: 8 | 16 | 32 | 64; readonly isSigned: boolean };

export type NullEncoding =
  | { readonly kind: "NEVER" }
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
  /** From the start of the record; 0 for a constant. */
  readonly offsetBytes: number;
  /** Bytes that carry the value, length prefix included; 0 for a constant. */
  readonly widthBytes: number;
  readonly nullEncoding: NullEncoding;
  readonly encoding: ColumnEncoding;
  /** presence: constant. PLAIN bytes without a length prefix. */
  readonly constantBytes?: Uint8Array;
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
}

export interface GroupNode {
  readonly kind: "group";
  readonly field: Field;
  readonly repetition: "REQUIRED" | "OPTIONAL";
  readonly children: readonly ColumnNode[];
}

export type ColumnNode = LeafNode | GroupNode;

/** One member of the record struct, in struct order. Together they cover every byte of the record exactly once. */
export type RecordMember =
  | {
      readonly kind: "field";
      readonly node: ColumnNode;
      readonly offsetBytes: number;
      /** sizeof the C member: the column's width, and a pad byte within the member of a text of odd length with two bytes of length. */
      readonly sizeBytes: number;
      readonly alignBytes: number;
    }
  /** The bitmap of optional fields: bit i of byte i/8 belongs to the i-th optional-by-bit field. */
  | { readonly kind: "valid"; readonly offsetBytes: number; readonly sizeBytes: number }
  | { readonly kind: "pad"; readonly padIndex: number; readonly offsetBytes: number; readonly sizeBytes: number };

export interface RecordLayout {
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly slotSizeBytes: number;
  readonly commitOffsetBytes: number;
  readonly members: readonly RecordMember[];
  /** Column tree in file order. */
  readonly columns: readonly ColumnNode[];
  /** First 64 bits of SHA-256 over the canonical layout part of the resolved schema. */
  readonly layoutFingerprint: bigint;
  /** Likewise over its meaning: names, ids, types, units, scales. */
  readonly schemaFingerprint: bigint;
  /** Canonical resolved schema (the text of NAME.pqflow.json, one line, no spaces); goes into the file's key-value metadata. */
  readonly resolvedJson: string;
}
