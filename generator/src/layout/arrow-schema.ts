/** An Arrow schema as Parquet files carry it under `ARROW:schema`: base64 of an encapsulated IPC message (Arrow's format/Message.fbs and Schema.fbs). */
import { Builder } from "flatbuffers";
import type { ArrowField, ArrowType, ArrowUnit } from "./arrow-types.js";

/** Numbers of the format's unions and enumerations; defaults of tables are left out by the builder. */
const METADATA_VERSION_5 = 4;
const HEADER_IS_SCHEMA = 1;
const typeNumbers = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixed_size_binary: 15,
  map: 17,
} as const satisfies Readonly<Record<ArrowType["kind"], number>>;
const timeUnits = { MILLIS: 1, MICROS: 2, NANOS: 3 } as const satisfies Readonly<Record<ArrowUnit, number>>;
const precisions = { 16: 0, 32: 1, 64: 2 } as const;
const DATE_IN_DAYS = 0;
const DATE_DEFAULT = 1;
const TIME_BITS_DEFAULT = 32;
const DECIMAL_BITS_DEFAULT = 128;
/** Digits that 128 bits hold. */
const DECIMAL128_DIGITS = 38;

const CONTINUATION = 0xffff_ffff;
const PREFIX_BYTES = 8;

/** A table begun, its fields added, ended. */
type Table = number;

/** Base64 of: continuation marker, length of the message padded to 8 bytes, the message. */
export function arrowSchema(fields: readonly ArrowField[]): string {
  const message = messageOf(fields);
  const bodyBytes = Math.ceil(message.length / 8) * 8;
  const framed = Buffer.alloc(PREFIX_BYTES + bodyBytes);
  framed.writeUInt32LE(CONTINUATION, 0);
  framed.writeUInt32LE(bodyBytes, 4);
  framed.set(message, PREFIX_BYTES);
  return framed.toString("base64");
}

function messageOf(fields: readonly ArrowField[]): Uint8Array {
  const builder = new Builder(1024);
  const dictionaries = { count: 0 };
  const list = offsets(
    builder,
    fields.map((field) => fieldTable(builder, field, dictionaries)),
  );
  builder.startObject(4);
  builder.addFieldOffset(1, list, 0);
  const schema = builder.endObject();
  builder.startObject(5);
  builder.addFieldInt16(0, METADATA_VERSION_5, 0);
  builder.addFieldInt8(1, HEADER_IS_SCHEMA, 0);
  builder.addFieldOffset(2, schema, 0);
  builder.finish(builder.endObject());
  return builder.asUint8Array();
}

function offsets(builder: Builder, tables: readonly Table[]): number {
  builder.startVector(4, tables.length, 4);
  for (const table of tables.toReversed()) builder.addOffset(table);
  return builder.endVector();
}

/** Everything that a table refers to is written before it. */
function fieldTable(builder: Builder, field: ArrowField, dictionaries: { count: number }): Table {
  const name = builder.createString(field.name);
  const type = typeTable(builder, field.type);
  const dictionary = field.isDictionary ? dictionaryTable(builder, dictionaries.count++) : 0;
  const children = offsets(
    builder,
    field.children.map((child) => fieldTable(builder, child, dictionaries)),
  );
  const metadata = field.extensionName === undefined ? 0 : extensionMetadata(builder, field.extensionName);
  builder.startObject(7);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldInt8(1, Number(field.nullable), 0);
  builder.addFieldInt8(2, typeNumbers[field.type.kind], 0);
  builder.addFieldOffset(3, type, 0);
  builder.addFieldOffset(4, dictionary, 0);
  builder.addFieldOffset(5, children, 0);
  builder.addFieldOffset(6, metadata, 0);
  return builder.endObject();
}

function extensionMetadata(builder: Builder, name: string): number {
  return offsets(builder, [keyValueTable(builder, "ARROW:extension:name", name), keyValueTable(builder, "ARROW:extension:metadata", "")]);
}

function keyValueTable(builder: Builder, key: string, value: string): Table {
  const keyOffset = builder.createString(key);
  const valueOffset = builder.createString(value);
  builder.startObject(2);
  builder.addFieldOffset(0, keyOffset, 0);
  builder.addFieldOffset(1, valueOffset, 0);
  return builder.endObject();
}

function dictionaryTable(builder: Builder, id: number): Table {
  const indexType = typeTable(builder, { kind: "int", bitWidth: 32, isSigned: true });
  builder.startObject(4);
  builder.addFieldInt64(0, BigInt(id), 0n);
  builder.addFieldOffset(1, indexType, 0);
  return builder.endObject();
}

function typeTable(builder: Builder, type: ArrowType): Table {
  const timezone = type.kind === "timestamp" && type.timezone !== undefined ? builder.createString(type.timezone) : 0;
  builder.startObject(3);
  addTypeFields(builder, type);
  builder.addFieldOffset(1, timezone, 0);
  return builder.endObject();
}

function addTypeFields(builder: Builder, type: ArrowType): void {
  switch (type.kind) {
    case "int":
      builder.addFieldInt32(0, type.bitWidth, 0);
      builder.addFieldInt8(1, Number(type.isSigned), 0);
      break;
    case "float":
      builder.addFieldInt16(0, precisions[type.bitWidth], 0);
      break;
    case "decimal":
      builder.addFieldInt32(0, type.precision, 0);
      builder.addFieldInt32(1, type.scale, 0);
      builder.addFieldInt32(2, type.precision <= DECIMAL128_DIGITS ? DECIMAL_BITS_DEFAULT : 256, DECIMAL_BITS_DEFAULT);
      break;
    case "date":
      builder.addFieldInt16(0, DATE_IN_DAYS, DATE_DEFAULT);
      break;
    case "time":
      builder.addFieldInt16(0, timeUnits[type.unit], timeUnits.MILLIS);
      builder.addFieldInt32(1, type.unit === "MILLIS" ? TIME_BITS_DEFAULT : 64, TIME_BITS_DEFAULT);
      break;
    case "timestamp":
      builder.addFieldInt16(0, timeUnits[type.unit], 0);
      break;
    case "fixed_size_binary":
      builder.addFieldInt32(0, type.byteWidth, 0);
      break;
    default: // The type says all; that keys of a map are sorted is not claimed.
  }
}
