/** Statements that give a record the default values of its fields. */
import { float16Bits } from "../layout/float16.js";
import type { SchemaValue } from "../schema/model.js";
import { hasLength, type CColumn, type CLeaf } from "./c-columns.js";
import type { CAccessors } from "./c-fields.js";
import { doubleLiteral, integerLiteral } from "./c-literals.js";
import { stringLiteralOf } from "./escape.js";

function numberLiteral(node: CLeaf, value: number): string {
  switch (node.storage) {
    case "FLOAT16":
      return `0x${float16Bits(value).toString(16).padStart(4, "0")}U`;
    case "FLOAT":
      return `PQFLOW_STATIC_CAST(float, ${doubleLiteral(value)})`;
    default:
      return doubleLiteral(value);
  }
}

function scalarLiteral({ node, scalarType }: CColumn, value: bigint | number | boolean): string {
  if (typeof value === "number") {
    return numberLiteral(node, value);
  }
  const literal = typeof value === "boolean" ? Number(value).toString() : integerLiteral(value);
  return node.field.type.kind === "enum" ? `PQFLOW_STATIC_CAST(${scalarType}, ${literal})` : literal;
}

/** Big-endian two's complement: a decimal of more than 18 digits. */
function decimalBytes(value: bigint, lengthBytes: number): Uint8Array {
  const bits = BigInt.asUintN(8 * lengthBytes, value);
  return Buffer.from(bits.toString(16).padStart(2 * lengthBytes, "0"), "hex");
}

/** Bytes of an interval's three parts. */
function intervalStatements(target: string, bytes: Uint8Array): readonly string[] {
  const parts = ["months", "days", "milliseconds"];
  return parts.map((part, index) => `${target}.${part} = ${Buffer.from(bytes).readUInt32LE(4 * index)}U;`);
}

function bytesOf(column: CColumn, value: SchemaValue): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  return typeof value === "bigint" ? decimalBytes(value, column.roomBytes) : new TextEncoder().encode(String(value));
}

function storeStatements(column: CColumn, value: SchemaValue, accessors: CAccessors): readonly string[] {
  const { target, owner } = column;
  if (column.node.field.type.kind === "interval") {
    return intervalStatements(target, bytesOf(column, value));
  }
  if (column.scalarType !== "" && typeof value !== "string" && !(value instanceof Uint8Array)) {
    return [`${target} = ${scalarLiteral(column, value)};`];
  }
  const bytes = bytesOf(column, value);
  const literal = stringLiteralOf(bytes);
  return hasLength(column.node)
    ? [`${accessors.of(column)?.setName ?? ""}(${owner.parameter}, ${literal}, ${bytes.length});`]
    : [`memcpy(${target}, ${literal}, sizeof(${target}));`];
}

function planDefault(column: CColumn, accessors: CAccessors): readonly string[] {
  const value = column.node.field.defaultValue;
  if (value === undefined) {
    return [];
  }
  const bit =
    column.bitIndex >= 0 && !hasLength(column.node) ? [`pqflow_bit_set(${column.owner.parameter}->valid, ${column.bitIndex});`] : [];
  return [...storeStatements(column, value, accessors), ...bit];
}

export function planDefaultStatements(columns: readonly CColumn[], accessors: CAccessors): readonly string[] {
  return columns.flatMap((column) => planDefault(column, accessors));
}
