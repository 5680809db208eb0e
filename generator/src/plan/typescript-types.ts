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
    case "struct":
    case "map":
      return names.groupOf(field);
    case "list":
      return listType(type.element, names, imports);
    default:
      return isWideInteger(type) ? "bigint | number" : "number";
  }
}

function orNull(field: Field, type: string): string {
  return field.presence.kind === "optional" ? `${type} | null` : type;
}

/** Numbers may come in typed arrays. */
function listType(element: Field, names: TypeScriptNames, imports: TypeScriptImports): string {
  const type = orNull(element, valueType(element, names, imports));
  if (numericKinds.has(element.type.kind)) return `ArrayLike<${type}>`;
  return `readonly ${type.includes(" | ") ? `(${type})` : type}[]`;
}

const numericKinds: ReadonlySet<FieldType["kind"]> = new Set([
  "integer",
  "float16",
  "float",
  "double",
  "decimal",
  "date",
  "time",
  "timestamp",
  "int96",
  "set",
]);

/** Keys that an object may have. */
export function hasTextKeys({ key }: Extract<FieldType, { kind: "map" }>): boolean {
  return key.type.kind === "string" || key.type.kind === "enum";
}

/** Key and value of a map's entries. */
export function entryTypes({ key, value }: Extract<FieldType, { kind: "map" }>, names: TypeScriptNames, imports: TypeScriptImports) {
  return { key: valueType(key, names, imports), value: orNull(value, valueType(value, names, imports)) };
}

/** What a map may be given as. */
export function mapTypes(type: Extract<FieldType, { kind: "map" }>, names: TypeScriptNames, imports: TypeScriptImports): readonly string[] {
  const { key, value } = entryTypes(type, names, imports);
  const map = `ReadonlyMap<${key}, ${value}>`;
  if (!hasTextKeys(type)) return [map];
  const record = type.key.type.kind === "enum" ? `Partial<Record<${names.choicesOf(type.key)}, ${value}>>` : `Record<string, ${value}>`;
  return [map, `Readonly<${record}>`];
}
