/** The TypeScript type in which a field's value is logged. */
import type { Field, FieldType } from "../schema/model.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";

/** True where the value lies in eight bytes and may be a bigint. */
export function isWideInteger(type: FieldType): boolean {
  switch (type.kind) {
    case "integer":
      return type.bits === 64;
    case "timestamp":
    case "int96":
      return true;
    case "time":
      return type.unit !== "ms";
    case "decimal":
      return type.storage === "int64";
    case "set":
      return type.storage === "uint64";
    default:
      return false;
  }
}

export function isWideEnum(type: FieldType): boolean {
  return type.kind === "enum" && (type.storage === "int64" || type.storage === "uint64");
}

export function valueType(field: Field, names: TypeScriptNames, imports: TypeScriptImports): string {
  const { type } = field;
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "date":
      return "number | Date";
    case "timestamp":
    case "int96":
      return "bigint | number | Date";
    case "interval":
      return imports.useType("Interval");
    case "decimal":
      return "bigint | number";
    case "string":
      return "string";
    case "json":
      return "string | object";
    case "fixed":
    case "bson":
    case "bytes":
      return "Uint8Array";
    case "uuid":
      return "string | Uint8Array";
    case "enum":
      return `${names.choicesOf(field)} | ${isWideEnum(type) ? "bigint" : "number"}`;
    default:
      return isWideInteger(type) ? "bigint | number" : "number";
  }
}
