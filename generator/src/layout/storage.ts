/** How the value of each type lies in the record. */
import type { EnumStorage, FieldType, GroupType, SetStorage } from "../schema/model.js";
import type { Storage } from "./model.js";
import { roundUp } from "./slots.js";

export interface StorageShape {
  readonly storage: Storage;
  /** Bytes that carry the value, length prefix included. A member takes up to the next multiple of its alignment: memberSizeBytes(). */
  readonly widthBytes: number;
  readonly alignBytes: number;
}

const integerStorage: Readonly<Record<EnumStorage | SetStorage, StorageShape>> = {
  char: { storage: "UINT8", widthBytes: 1, alignBytes: 1 },
  int8: { storage: "INT8", widthBytes: 1, alignBytes: 1 },
  int16: { storage: "INT16", widthBytes: 2, alignBytes: 2 },
  int32: { storage: "INT32", widthBytes: 4, alignBytes: 4 },
  int64: { storage: "INT64", widthBytes: 8, alignBytes: 8 },
  uint8: { storage: "UINT8", widthBytes: 1, alignBytes: 1 },
  uint16: { storage: "UINT16", widthBytes: 2, alignBytes: 2 },
  uint32: { storage: "UINT32", widthBytes: 4, alignBytes: 4 },
  uint64: { storage: "UINT64", widthBytes: 8, alignBytes: 8 },
};

function bytes(storage: Storage, widthBytes: number): StorageShape {
  return { storage, widthBytes, alignBytes: 1 };
}

/** The number of elements in use. */
export function countShape(maxCount: number): StorageShape & { readonly storage: "UINT8" | "UINT16" } {
  return maxCount <= COUNT_8_MAX ? { storage: "UINT8", widthBytes: 1, alignBytes: 1 } : { storage: "UINT16", widthBytes: 2, alignBytes: 2 };
}

const COUNT_8_MAX = 255;

/** Longest text of COUNTED_8. */
const COUNTED_8_MAX_BYTES = 255;

function counted(maxLengthBytes: number): StorageShape {
  if (maxLengthBytes <= COUNTED_8_MAX_BYTES) return bytes("COUNTED_8", 1 + maxLengthBytes);
  return { storage: "COUNTED_16", widthBytes: 2 + maxLengthBytes, alignBytes: 2 };
}

/** sizeof the C member: a text of odd length behind an aligned uint16_t is followed by a pad byte, which is none of the column's. */
export function memberSizeBytes({ widthBytes, alignBytes }: Pick<StorageShape, "widthBytes" | "alignBytes">): number {
  return roundUp(widthBytes, alignBytes);
}

/** Types with one column. */
export type LeafType = Exclude<FieldType, GroupType>;

export function storageOf(type: LeafType): StorageShape {
  switch (type.kind) {
    case "bool":
      return bytes("BOOL", 1);
    case "integer":
      return integerStorage[`${type.signed ? "int" : "uint"}${type.bits}`];
    case "float16":
      return { storage: "FLOAT16", widthBytes: 2, alignBytes: 2 };
    case "float":
      return { storage: "FLOAT", widthBytes: 4, alignBytes: 4 };
    case "double":
      return { storage: "DOUBLE", widthBytes: 8, alignBytes: 8 };
    case "decimal":
      return type.storage === "fixed" ? bytes("FIXED_BYTES", type.lengthBytes) : integerStorage[type.storage];
    case "date":
      return integerStorage.int32;
    case "time":
      return type.unit === "ms" ? integerStorage.int32 : integerStorage.int64;
    case "timestamp":
    case "int96":
      return integerStorage.int64;
    case "interval":
      return { storage: "FIXED_BYTES", widthBytes: 12, alignBytes: 4 };
    case "string":
    case "json":
      return type.length.mode === "fixed" ? bytes("PADDED_TEXT", type.length.lengthBytes) : counted(type.length.maxLengthBytes);
    case "bson":
    case "bytes":
      return counted(type.maxLengthBytes);
    case "fixed":
      return bytes("FIXED_BYTES", type.lengthBytes);
    case "uuid":
      return bytes("FIXED_BYTES", 16);
    case "enum":
    case "set":
      return integerStorage[type.storage];
    case "unknown":
      return bytes("NONE", 0);
  }
}
