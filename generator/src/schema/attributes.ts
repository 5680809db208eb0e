/** What a named type and a field share: limits, sentinel, texts, Parquet options. The field's word wins over its type's. */
import type { Span } from "../diagnostics/model.js";
import { type Block, compact, nodeOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import type { sharedKeys, typeKeys, valueKeys } from "./keys.js";
import type { FieldParquetOptions, FieldType } from "./model.js";
import { isGroup } from "./groups.js";
import { readFieldParquet } from "./parquet.js";
import { recordRange } from "./integers.js";
import { isFloat, readLimit, readNullValue } from "./values.js";

export interface Placed<Value> {
  readonly value: Value;
  readonly span: Span;
}

export interface Attributes {
  readonly nullValue?: Placed<bigint | number | "nan">;
  readonly minValue?: Placed<bigint | number>;
  readonly maxValue?: Placed<bigint | number>;
  readonly description?: string;
  readonly semanticType?: string;
  readonly unitOfMeasure?: string;
  readonly parquet?: FieldParquetOptions;
}

type AttributeBlock = Block<keyof typeof sharedKeys | keyof typeof valueKeys>;

export function readAttributes(context: SchemaContext, block: AttributeBlock, type: FieldType): Attributes {
  return compact({
    nullValue: readSentinel(context, block, type),
    minValue: readBound(context, block, type, "min_value"),
    maxValue: readBound(context, block, type, "max_value"),
    description: textOf(block, "description"),
    semanticType: textOf(block, "semantic_type"),
    unitOfMeasure: textOf(block, "unit_of_measure"),
    parquet: readColumnOptions(context, block, type),
  });
}

/** Options of a column: groups have none. */
function readColumnOptions(context: SchemaContext, block: AttributeBlock, type: FieldType): FieldParquetOptions | undefined {
  const span = block.keySpanOf("parquet");
  if (span === undefined || !(isGroup(type) || type.kind === "unknown")) return readFieldParquet(context, block);
  context.collector.report("PQ2003", {
    message: `\`parquet\` does not apply to type \`${type.kind}\``,
    span,
    label: isGroup(type) ? "it has no column of its own" : "its column has no values",
    help: isGroup(type) ? "write it to the fields inside" : "remove it",
  });
  return undefined;
}

export function mergeAttributes(base: Attributes, own: Attributes): Attributes {
  const parquet = mergeParquet(base.parquet, own.parquet);
  return { ...base, ...own, ...(Object.keys(parquet).length === 0 ? {} : { parquet }) };
}

/** `encoding` and `dictionary` are one choice: what the field says of it replaces what its type says. */
function mergeParquet(base: FieldParquetOptions = {}, own: FieldParquetOptions = {}): FieldParquetOptions {
  if (own.encodingSpan === undefined) return { ...base, ...own };
  const { encoding: _encoding, dictionary: _dictionary, ...rest } = base;
  return { ...rest, ...own };
}

function readBound(
  context: SchemaContext,
  block: AttributeBlock,
  type: FieldType,
  key: "min_value" | "max_value",
): Placed<bigint | number> | undefined {
  const node = nodeOf(block, key);
  if (node === undefined) return undefined;
  if (!hasLimits(type)) {
    context.collector.report("PQ2003", {
      message: `\`${key}\` does not apply to type \`${describeType(type)}\``,
      span: block.keySpanOf(key) ?? node.span,
    });
    return undefined;
  }
  const value = readLimit(context.collector, node, type);
  return value === undefined ? undefined : { value, span: node.span };
}

function readSentinel(context: SchemaContext, block: AttributeBlock, type: FieldType): Placed<bigint | number | "nan"> | undefined {
  const node = nodeOf(block, "null_value");
  if (node === undefined) return undefined;
  if (!hasNullValue(type)) {
    context.collector.report("PQ2204", {
      message: `type \`${describeType(type)}\` cannot have a null_value`,
      span: block.keySpanOf("null_value") ?? node.span,
      label: "only numbers of at most 64 bits, dates, times and enums can",
      help: "leave it out: null is then a bit of the record's `valid` bitmap",
    });
    return undefined;
  }
  const value = readNullValue(context.collector, node, type);
  return value === undefined || !checkNotListed(context, node.span, type, value) ? undefined : { value, span: node.span };
}

function checkNotListed({ collector }: SchemaContext, span: Span, type: FieldType, value: bigint | number | "nan"): boolean {
  const listed = type.kind === "enum" ? type.values.find((item) => item.value === value) : undefined;
  if (listed === undefined) return true;
  collector.report("PQ2205", {
    message: `null_value is the code of \`${listed.name}\``,
    span,
    help: "choose a code that is not among the values",
  });
  return false;
}

function hasNullValue(type: FieldType): boolean {
  return isFloat(type) || (type.kind !== "set" && recordRange(type) !== undefined);
}

function hasLimits(type: FieldType): boolean {
  return hasNullValue(type) && type.kind !== "enum";
}

/** The type as its author wrote it. */
export function describeType(type: FieldType): keyof typeof typeKeys {
  return type.kind === "integer" ? `${type.signed ? "int" : "uint"}${type.bits}` : type.kind;
}
