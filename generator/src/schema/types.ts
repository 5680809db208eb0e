/** Built-in types: from the keys of a block to a FieldType. */
import type { Span } from "../diagnostics/model.js";
import { type Block, bigintOf, booleanOf, nodeOf, numberOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { readEnum, readSet } from "./enums.js";
import type { BuiltInType, groupTypes, typeKeys } from "./keys.js";
import type { FieldType, IntegerBits } from "./model.js";
import { isOneOf, timeUnits } from "./words.js";

type TypeBlock<Type extends BuiltInType> = Block<keyof (typeof typeKeys)[Type] & string>;
/** Types whose keys say everything about them. */
export type LeafTypeName = Exclude<BuiltInType, (typeof groupTypes)[number]>;
type TypeReader<Type extends BuiltInType> = (context: SchemaContext, block: TypeBlock<Type>) => FieldType | undefined;

const DECIMAL_PRECISION_MAX = 76n;

function integer(bits: IntegerBits, signed: boolean): () => FieldType {
  return () => ({ kind: "integer", bits, signed });
}

const readers: { readonly [Type in LeafTypeName]: TypeReader<Type> } = {
  bool: () => ({ kind: "bool" }),
  int8: integer(8, true),
  int16: integer(16, true),
  int32: integer(32, true),
  int64: integer(64, true),
  uint8: integer(8, false),
  uint16: integer(16, false),
  uint32: integer(32, false),
  uint64: integer(64, false),
  float16: () => ({ kind: "float16" }),
  float: () => ({ kind: "float" }),
  double: () => ({ kind: "double" }),
  decimal: readDecimal,
  date: () => ({ kind: "date" }),
  time: (context, block) => readTime(context, block, "time"),
  timestamp: (context, block) => readTime(context, block, "timestamp"),
  int96: () => ({ kind: "int96" }),
  interval: () => ({ kind: "interval" }),
  string: readString,
  json: (_, block) => {
    const maxLengthBytes = numberOf(block, "max_length");
    return maxLengthBytes === undefined ? undefined : { kind: "json", length: { mode: "bounded", maxLengthBytes } };
  },
  bson: (_, block) => boundedBytes(block, "bson"),
  bytes: (_, block) => boundedBytes(block, "bytes"),
  fixed: (_, block) => {
    const lengthBytes = numberOf(block, "length");
    return lengthBytes === undefined ? undefined : { kind: "fixed", lengthBytes };
  },
  uuid: () => ({ kind: "uuid" }),
  enum: readEnum,
  set: readSet,
  unknown: () => ({ kind: "unknown" }),
};

/** Undefined when a key of the type was reported. `block` was read with the keys of `type`. */
export function readLeafType(context: SchemaContext, type: LeafTypeName, block: Block<never>): FieldType | undefined {
  const read = readers[type] as (context: SchemaContext, block: Block<never>) => FieldType | undefined;
  return read(context, block);
}

function boundedBytes(block: TypeBlock<"bytes">, kind: "bson" | "bytes"): FieldType | undefined {
  const maxLengthBytes = numberOf(block, "max_length");
  return maxLengthBytes === undefined ? undefined : { kind, maxLengthBytes };
}

function readDecimal(context: SchemaContext, block: TypeBlock<"decimal">): FieldType | undefined {
  const precision = checkPrecision(context, block);
  const scale = precision === undefined ? undefined : checkScale(context, block, precision);
  if (precision === undefined || scale === undefined) return undefined;
  const storage = textOf(block, "storage") ?? smallestStorage(precision);
  const capacity = { int32: 9, int64: 18, fixed: Number(DECIMAL_PRECISION_MAX) }[storage];
  if (capacity === undefined) return undefined;
  if (precision > capacity) return reportSmallStorage(context, block, { precision, scale, storage, capacity });
  const storedAs = textOf(block, "stored_as") === "BYTE_ARRAY" ? ({ storedAs: "BYTE_ARRAY" } as const) : {};
  return storage === "fixed"
    ? { kind: "decimal", precision, scale, storage, lengthBytes: decimalLengthBytes(precision), ...storedAs }
    : { kind: "decimal", precision, scale, storage: storage === "int32" ? "int32" : "int64", lengthBytes: 0, ...storedAs };
}

function smallestStorage(precision: number): "int32" | "int64" | "fixed" {
  if (precision <= 9) return "int32";
  return precision <= 18 ? "int64" : "fixed";
}

/** Fewest bytes of two's complement that hold every value: smallest n with 10^precision - 1 ≤ 2^(8n-1) - 1. */
function decimalLengthBytes(precision: number): number {
  const largest = 10n ** BigInt(precision) - 1n;
  let lengthBytes = 1;
  while (largest >= 2n ** BigInt(8 * lengthBytes - 1)) lengthBytes += 1;
  return lengthBytes;
}

function checkPrecision({ collector }: SchemaContext, block: TypeBlock<"decimal">): number | undefined {
  const precision = bigintOf(block, "precision");
  const span = nodeOf(block, "precision")?.span;
  if (precision === undefined || span === undefined) return undefined;
  if (precision >= 1n && precision <= DECIMAL_PRECISION_MAX) return Number(precision);
  collector.report("PQ4101", { message: `precision cannot be ${precision}`, span, label: `1 to ${DECIMAL_PRECISION_MAX} digits` });
  return undefined;
}

function checkScale({ collector }: SchemaContext, block: TypeBlock<"decimal">, precision: number): number | undefined {
  const scale = bigintOf(block, "scale") ?? 0n;
  if (scale >= 0n && scale <= BigInt(precision))
    return block.written.has("scale") && bigintOf(block, "scale") === undefined ? undefined : Number(scale);
  const span = nodeOf(block, "scale")?.span ?? block.span;
  collector.report("PQ4101", { message: `scale cannot be ${scale}`, span, label: `0 to the precision, ${precision}` });
  return undefined;
}

interface SmallStorage {
  readonly precision: number;
  readonly scale: number;
  readonly storage: string;
  readonly capacity: number;
}

function reportSmallStorage({ collector }: SchemaContext, block: TypeBlock<"decimal">, decimal: SmallStorage): undefined {
  const { precision, scale, storage, capacity } = decimal;
  const lengthBytes = decimalLengthBytes(precision);
  const best = smallestStorage(precision);
  collector.report("PQ4102", {
    message: `decimal(${precision}, ${scale}) needs ${lengthBytes} bytes, but \`storage: ${storage}\` holds ${capacity} digits at most`,
    span: nodeOf(block, "precision")?.span ?? block.span,
    notes: [
      `Parquet DECIMAL on ${storage.toUpperCase()} is limited to precision ${capacity}; ${best === "fixed" ? "19 and more use FIXED_LEN_BYTE_ARRAY" : "10 to 18 use INT64"}`,
    ],
    help: `use \`precision: ${capacity}\`, or drop \`storage\` to let the generator choose ${best === "fixed" ? `${lengthBytes} bytes` : best}`,
  });
  return undefined;
}

function readTime({ collector }: SchemaContext, block: TypeBlock<"time">, kind: "time" | "timestamp"): FieldType | undefined {
  const unit = textOf(block, "unit");
  const span: Span = nodeOf(block, "unit")?.span ?? block.span;
  if (unit === undefined) return undefined;
  if (!isOneOf(timeUnits, unit)) {
    collector.report("PQ2403", {
      message: `unit \`${unit}\` is not a Parquet time unit`,
      span,
      label: "use ms, us or ns",
    });
    return undefined;
  }
  return { kind, unit, utc: booleanOf(block, "utc") ?? false };
}

function readString(context: SchemaContext, block: TypeBlock<"string">): FieldType | undefined {
  const fixed = block.written.has("length");
  if (fixed === block.written.has("max_length")) return reportLength(context, block, fixed);
  const lengthBytes = numberOf(block, "length");
  const maxLengthBytes = numberOf(block, "max_length");
  if (!fixed) reportNeedlessPad(context, block);
  const charset = textOf(block, "charset") === "ascii" ? "ascii" : "utf8";
  if (maxLengthBytes !== undefined) return { kind: "string", length: { mode: "bounded", maxLengthBytes }, charset };
  const padByte = readPad(context, block);
  return lengthBytes === undefined || padByte === undefined
    ? undefined
    : { kind: "string", length: { mode: "fixed", lengthBytes, padByte }, charset };
}

function reportLength({ collector }: SchemaContext, block: TypeBlock<"string">, both: boolean): undefined {
  collector.report("PQ2103", {
    message: both ? "a string has `length` or `max_length`, not both" : "a string needs `length` or `max_length`",
    span: block.keySpanOf("max_length") ?? block.keySpanOf("type") ?? block.span,
    help: "`length: 8` is char[8] with padding, `max_length: 8` a counted text of up to 8 bytes",
  });
  return undefined;
}

function reportNeedlessPad({ collector }: SchemaContext, block: TypeBlock<"string">): void {
  const span = block.keySpanOf("pad");
  if (span !== undefined)
    collector.report("PQ2003", {
      message: "`pad` does not apply to a text with `max_length`",
      span,
      label: "only texts of fixed `length` are padded",
    });
}

function readPad({ collector }: SchemaContext, block: TypeBlock<"string">): number | undefined {
  const pad = textOf(block, "pad");
  if (pad === undefined) return block.written.has("pad") ? undefined : 0;
  const words: Readonly<Record<string, number>> = { space: 0x20, zero: 0 };
  if (Object.hasOwn(words, pad)) return words[pad];
  if (/^[\x20-\x7e]$/.test(pad)) return pad.charCodeAt(0);
  collector.report("PQ2104", {
    message: `\`${pad}\` is not a pad byte`,
    span: nodeOf(block, "pad")?.span ?? block.span,
    label: "use `space`, `zero` or one ASCII character",
  });
  return undefined;
}
