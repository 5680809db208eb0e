/** default_value as an expression of the field's type. */
import type { FieldType, SchemaValue } from "../schema/model.js";
import { numberText, stringText } from "./typescript-literals.js";
import { isWideEnum } from "./typescript-types.js";

function intervalText(bytes: Uint8Array): string {
  const [months, days, milliseconds] = [0, 4, 8].map((offset) => Buffer.from(bytes).readUInt32LE(offset));
  return `{ months: ${months}, days: ${days}, milliseconds: ${milliseconds} }`;
}

function hyphenated(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function bytesText(type: FieldType, bytes: Uint8Array): string {
  if (type.kind === "interval") return intervalText(bytes);
  const hex = Buffer.from(bytes).toString("hex");
  return type.kind === "uuid" ? stringText(hyphenated(hex)) : `Buffer.from(${stringText(hex)}, "hex")`;
}

export function defaultText(type: FieldType, value: SchemaValue): string {
  if (value instanceof Uint8Array) return bytesText(type, value);
  if (typeof value === "string") return stringText(value);
  if (typeof value === "boolean") return value.toString();
  return typeof value === "bigint" && isWideEnum(type) ? `${value}n` : numberText(value);
}
