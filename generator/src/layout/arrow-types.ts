/** The Arrow type of each column (Arrow's Schema.fbs): what a reader makes of it that goes by the `ARROW:schema` of a file. */
import type { ColumnNode, LeafNode, LogicalType } from "./model.js";
import { childrenOf } from "./tree.js";

export type ArrowUnit = "MILLIS" | "MICROS" | "NANOS";

export type ArrowType =
  | { readonly kind: "null" | "bool" | "binary" | "utf8" | "date" | "list" | "struct" | "map" }
  | { readonly kind: "int"; readonly bitWidth: 8 | 16 | 32 | 64; readonly isSigned: boolean }
  | { readonly kind: "float"; readonly bitWidth: 16 | 32 | 64 }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "fixed_size_binary"; readonly byteWidth: number }
  | { readonly kind: "time"; readonly unit: ArrowUnit }
  | { readonly kind: "timestamp"; readonly unit: ArrowUnit; readonly timezone?: string };

export interface ArrowField {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: ArrowType;
  /** Values are looked up by int32 in a dictionary. Of whole columns alone: pyarrow refuses dictionaries within structs, lists and maps. */
  readonly isDictionary: boolean;
  /** Extension types of Arrow's own list; their name is in the field's metadata. */
  readonly extensionName?: string;
  readonly children: readonly ArrowField[];
}

/** Nodes in file order. */
export function arrowFields(columns: readonly ColumnNode[]): readonly ArrowField[] {
  return fieldsOf(columns).map((field, index) => ({ ...field, isDictionary: isNamedEnum(columns[index]) }));
}

function isNamedEnum(node: ColumnNode | undefined): boolean {
  const type = node?.field.type;
  return type?.kind === "enum" && type.storedAs === "name";
}

function fieldsOf(columns: readonly ColumnNode[]): readonly ArrowField[] {
  return columns.map((node) => arrowField(node, node.field.name));
}

/** Names of what lists and maps hold are Parquet's (LogicalTypes.md, "Nested Types"), as readers of the file without this schema have them. */
function arrowField(node: ColumnNode, name: string): ArrowField {
  const nullable = node.repetition === "OPTIONAL";
  if (node.kind === "leaf") return leafField(node, name, nullable);
  const group = { name, nullable, isDictionary: false };
  if (node.groupOf === "struct") return { ...group, type: { kind: "struct" }, children: fieldsOf(node.children) };
  const [first, second] = childrenOf(node);
  if (first === undefined) throw new Error(`${name} holds nothing`);
  if (node.groupOf === "list") return { ...group, type: { kind: "list" }, children: [arrowField(first, "element")] };
  if (second === undefined) throw new Error(`${name} has keys without values`);
  const entries = [arrowField(first, "key"), arrowField(second, "value")];
  return { ...group, type: { kind: "map" }, children: [structField("key_value", entries)] };
}

function structField(name: string, children: readonly ArrowField[]): ArrowField {
  return { name, nullable: false, type: { kind: "struct" }, isDictionary: false, children };
}

function leafField(node: LeafNode, name: string, nullable: boolean): ArrowField {
  const field = { name, nullable, type: leafType(node), isDictionary: false, children: [] };
  const { kind } = node.logicalType;
  return kind === "UUID" || kind === "JSON" ? { ...field, extensionName: `arrow.${kind.toLowerCase()}` } : field;
}

function leafType(node: LeafNode): ArrowType {
  const { logicalType } = node;
  switch (logicalType.kind) {
    case "INTEGER":
      return { kind: "int", bitWidth: logicalType.bitWidth, isSigned: logicalType.isSigned };
    case "DECIMAL":
      return { kind: "decimal", precision: logicalType.precision, scale: logicalType.scale };
    case "TIME":
      return { kind: "time", unit: logicalType.unit };
    case "TIMESTAMP":
      return logicalType.isAdjustedToUtc
        ? { kind: "timestamp", unit: logicalType.unit, timezone: "UTC" }
        : { kind: "timestamp", unit: logicalType.unit };
    case "NONE":
      return physicalType(node);
    default:
      return annotatedType(logicalType, node);
  }
}

function annotatedType({ kind }: LogicalType, { typeLengthBytes }: LeafNode): ArrowType {
  switch (kind) {
    case "DATE":
      return { kind: "date" };
    case "FLOAT16":
      return { kind: "float", bitWidth: 16 };
    case "STRING":
    case "JSON":
      return { kind: "utf8" };
    case "UNKNOWN":
      return { kind: "null" };
    case "INTERVAL": // As pyarrow has it; arrow-rs takes it for its own interval type all the same.
    case "UUID":
      return { kind: "fixed_size_binary", byteWidth: typeLengthBytes };
    default:
      return { kind: "binary" };
  }
}

function physicalType({ physicalType: physical, typeLengthBytes }: LeafNode): ArrowType {
  switch (physical) {
    case "BOOLEAN":
      return { kind: "bool" };
    case "INT32":
      return { kind: "int", bitWidth: 32, isSigned: true };
    case "INT64":
      return { kind: "int", bitWidth: 64, isSigned: true };
    case "INT96":
      return { kind: "timestamp", unit: "NANOS" };
    case "FLOAT":
      return { kind: "float", bitWidth: 32 };
    case "DOUBLE":
      return { kind: "float", bitWidth: 64 };
    case "FIXED_LEN_BYTE_ARRAY":
      return { kind: "fixed_size_binary", byteWidth: typeLengthBytes };
    default:
      return { kind: "binary" };
  }
}
