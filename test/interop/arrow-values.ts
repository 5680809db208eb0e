/** Records of any schema, for files that are compared with each other: what a field holds matters less than that rows differ. */
import type { Field, FieldType } from "../../generator/src/schema/model.js";

type Bytes = Uint8Array;

function lengthOf(type: Extract<FieldType, { readonly kind: "string" | "json" }>): number {
  return type.length.mode === "fixed" ? type.length.lengthBytes : type.length.maxLengthBytes;
}

function bytesOf(lengthBytes: number, row: number): Bytes {
  return Uint8Array.from({ length: lengthBytes }, (_, index) => (row * 31 + index * 7) % 256);
}

/** As the generated class takes it. */
function valueOf(type: FieldType, row: number): unknown {
  switch (type.kind) {
    case "bool":
      return row % 2 === 0;
    case "integer":
      return type.bits === 64 ? BigInt(row) : row % 5;
    case "float16":
    case "float":
    case "double":
      return row / 4;
    case "decimal":
      return BigInt(row * 7 - 20);
    case "date":
      return 20_000 + row;
    case "time":
      return type.unit === "ms" ? row : BigInt(row) * 1000n; // Python has no nanoseconds.
    case "timestamp":
    case "int96":
      return 1_767_623_400_000n + BigInt(row) * 1000n;
    case "interval":
      return { months: 0, days: row, milliseconds: row * 10 };
    case "string":
      return "abcdefgh".slice(0, Math.min(lengthOf(type), (row % 3) + 1));
    case "json":
      return JSON.stringify(row);
    case "bson":
      return Uint8Array.of(5, 0, 0, 0, 0);
    case "bytes":
      return bytesOf(Math.min(type.maxLengthBytes, row % 6), row);
    case "fixed":
      return bytesOf(type.lengthBytes, row);
    case "uuid":
      return bytesOf(16, row);
    case "enum":
      return type.values[row % type.values.length]?.name;
    case "set":
      return type.storage === "uint64" ? BigInt(row % 2) : row % 2;
    case "unknown":
      return undefined;
    case "struct":
      return recordOf(type.fields, row);
    case "list":
      return Array.from({ length: Math.min(type.maxCount, row % 4) }, (_, index) => fieldValue(type.element, row + index));
    case "map":
      return new Map(
        Array.from({ length: Math.min(type.maxCount, row % 3) }, (_, index) => [
          fieldValue(type.key, index),
          fieldValue(type.value, row + index),
        ]),
      );
  }
}

function fieldValue(field: Field, row: number): unknown {
  return field.presence.kind === "optional" && row % 3 === 1 ? null : valueOf(field.type, row);
}

const isLogged = ({ presence, type, source }: Field): boolean =>
  presence.kind !== "constant" && type.kind !== "unknown" && source === undefined;

export function recordOf(fields: readonly Field[], row: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.filter(isLogged).map((field) => [field.name, fieldValue(field, row)]));
}
