/** The Parquet types of each field (parquet.thrift: Type, LogicalType). */
import type { FieldType, TimeUnit } from "../schema/model.js";
import type { LogicalType, PhysicalType } from "./model.js";
import type { LeafType } from "./storage.js";

export interface ColumnType {
  readonly physicalType: PhysicalType;
  readonly logicalType: LogicalType;
  /** FIXED_LEN_BYTE_ARRAY only, else 0. */
  readonly typeLengthBytes: number;
}

const none: LogicalType = { kind: "NONE" };
const parquetUnits = { ms: "MILLIS", us: "MICROS", ns: "NANOS" } as const satisfies Readonly<Record<TimeUnit, string>>;

function column(physicalType: PhysicalType, logicalType: LogicalType = none, typeLengthBytes = 0): ColumnType {
  return { physicalType, logicalType, typeLengthBytes };
}

/** INT32 and INT64 need no annotation for the signed integers of their own width. */
function integerColumn(bitWidth: 8 | 16 | 32 | 64, isSigned: boolean): ColumnType {
  const physicalType = bitWidth === 64 ? "INT64" : "INT32";
  return column(physicalType, isSigned && bitWidth >= 32 ? none : { kind: "INTEGER", bitWidth, isSigned });
}

const storageColumns = {
  char: integerColumn(8, false),
  int8: integerColumn(8, true),
  int16: integerColumn(16, true),
  int32: integerColumn(32, true),
  int64: integerColumn(64, true),
  uint8: integerColumn(8, false),
  uint16: integerColumn(16, false),
  uint32: integerColumn(32, false),
  uint64: integerColumn(64, false),
} as const;

function decimalColumn({ precision, scale, storage, lengthBytes, storedAs }: Extract<FieldType, { kind: "decimal" }>): ColumnType {
  const logicalType: LogicalType = { kind: "DECIMAL", precision, scale };
  if (storedAs !== undefined) return column(storedAs, logicalType);
  if (storage === "fixed") return column("FIXED_LEN_BYTE_ARRAY", logicalType, lengthBytes);
  return column(storage === "int32" ? "INT32" : "INT64", logicalType);
}

export function columnTypeOf(type: LeafType): ColumnType {
  switch (type.kind) {
    case "bool":
      return column("BOOLEAN");
    case "integer":
      return integerColumn(type.bits, type.signed);
    case "float16":
      return column("FIXED_LEN_BYTE_ARRAY", { kind: "FLOAT16" }, 2);
    case "float":
      return column("FLOAT");
    case "double":
      return column("DOUBLE");
    case "decimal":
      return decimalColumn(type);
    case "date":
      return column("INT32", { kind: "DATE" });
    case "time":
      return column(type.unit === "ms" ? "INT32" : "INT64", { kind: "TIME", unit: parquetUnits[type.unit], isAdjustedToUtc: type.utc });
    case "timestamp":
      return column("INT64", { kind: "TIMESTAMP", unit: parquetUnits[type.unit], isAdjustedToUtc: type.utc });
    case "int96":
      return column("INT96");
    case "interval":
      return column("FIXED_LEN_BYTE_ARRAY", { kind: "INTERVAL" }, 12);
    case "string":
      return column("BYTE_ARRAY", { kind: "STRING" });
    case "json":
      return column("BYTE_ARRAY", { kind: "JSON" });
    case "bson":
      return column("BYTE_ARRAY", { kind: "BSON" });
    case "bytes":
      return column("BYTE_ARRAY");
    case "fixed":
      return column("FIXED_LEN_BYTE_ARRAY", none, type.lengthBytes);
    case "uuid":
      return column("FIXED_LEN_BYTE_ARRAY", { kind: "UUID" }, 16);
    case "enum":
      return type.storedAs === "name" ? column("BYTE_ARRAY", { kind: "STRING" }) : storageColumns[type.storage];
    case "set":
      return storageColumns[type.storage];
    case "unknown":
      return column("INT32", { kind: "UNKNOWN" });
  }
}
