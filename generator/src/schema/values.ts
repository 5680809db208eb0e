/** Values written in a schema (constants, limits, sentinels), read by the type they belong to. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { DocumentNode, ScalarNode } from "../document/model.js";
import { type Block, numberOf, readBlock } from "./block.js";
import { checkInteger, type IntegerRange, meaningRange, recordRange } from "./integers.js";
import { intervalKeys } from "./keys.js";
import { describeNode, isForeignNumber, reportForeignNumber } from "./kinds.js";
import type { ByteLength, FieldType, SchemaValue } from "./model.js";
import { didYouMean } from "./suggest.js";

type EnumType = Extract<FieldType, { kind: "enum" }>;
type TextType = Extract<FieldType, { kind: "string" | "json" }>;
type FloatKind = "float16" | "float" | "double";

/** The smallest number that rounds to infinity: half a step beyond the largest finite one. */
const infiniteFrom: Readonly<Record<FloatKind, number>> = { float16: 65_520, float: 2 ** 128 - 2 ** 103, double: Number.POSITIVE_INFINITY };

/** The value of a constant; undefined when it was reported. */
export function readConstant(collector: DiagnosticCollector, node: DocumentNode, type: FieldType): SchemaValue | undefined {
  if (type.kind === "interval") return readInterval(collector, node);
  if (node.kind === "mapping") return reportKind(collector, node, "a single value");
  if (node.kind !== "scalar") return undefined;
  switch (type.kind) {
    case "bool":
      return node.value.type === "bool" ? node.value.value : reportKind(collector, node, "`true` or `false`");
    case "float16":
    case "float":
    case "double":
      return readFloat(collector, node, type.kind);
    case "enum":
      return readEnumName(collector, node, type);
    case "string":
    case "json":
      return readText(collector, node, type);
    case "bson":
      return readBson(collector, node, type.maxLengthBytes);
    case "bytes":
      return readBytes(collector, node, 0, type.maxLengthBytes);
    case "fixed":
      return readBytes(collector, node, type.lengthBytes, type.lengthBytes);
    case "uuid":
      return readUuid(collector, node);
    case "unknown":
    case "struct":
    case "list":
    case "map":
      return undefined;
    default:
      return readInteger(collector, node, meaningRange(type));
  }
}

/** `min_value`, `max_value`. */
export function readLimit(collector: DiagnosticCollector, node: DocumentNode, type: FieldType): bigint | number | undefined {
  if (node.kind !== "scalar") return undefined;
  return isFloat(type) ? readFloat(collector, node, type.kind) : readInteger(collector, node, meaningRange(type));
}

/** A sentinel: any value the record can hold, `.nan` for floats. Types without sentinels are the caller's finding. */
export function readNullValue(collector: DiagnosticCollector, node: DocumentNode, type: FieldType): bigint | number | "nan" | undefined {
  if (node.kind !== "scalar") return undefined;
  if (isFloat(type)) {
    return node.value.type === "float" && Number.isNaN(node.value.value) ? "nan" : readFloat(collector, node, type.kind);
  }
  if (type.kind === "enum" && type.storage === "char") return readCharacter(collector, node);
  return readInteger(collector, node, recordRange(type));
}

function reportKind(collector: DiagnosticCollector, node: DocumentNode, wanted: string): undefined {
  if (node.kind === "scalar" && isForeignNumber(node) && wanted.includes("integer")) reportForeignNumber(collector, node);
  else collector.report("PQ1205", { message: `expected ${wanted}, found ${describeNode(node)}`, span: node.span, help: numberHelp(node) });
  return undefined;
}

/** Texts that were meant as numbers. */
function numberHelp(node: DocumentNode): string | undefined {
  if (node.kind !== "scalar" || node.value.type !== "text") return undefined;
  if (/^nan$/i.test(node.value.value)) return "write `.nan`";
  return !node.plain && /^[-+]?[0-9.]+$/.test(node.value.value) ? `write \`${node.value.value}\` without quotes` : undefined;
}

export function readInteger(collector: DiagnosticCollector, node: ScalarNode, range: IntegerRange | undefined): bigint | undefined {
  if (node.value.type !== "int")
    return reportKind(collector, node, range?.name.startsWith("decimal") === true ? "an unscaled integer" : "an integer");
  return range === undefined || checkInteger(collector, node.value.value, range, node.span) ? node.value.value : undefined;
}

export function isFloat(type: FieldType): type is Extract<FieldType, { kind: FloatKind }> {
  return type.kind === "float16" || type.kind === "float" || type.kind === "double";
}

function readFloat(collector: DiagnosticCollector, node: ScalarNode, kind: FloatKind): number | undefined {
  const value = node.value.type === "float" || node.value.type === "int" ? Number(node.value.value) : undefined;
  if (value === undefined) return reportKind(collector, node, "a number");
  if (Number.isFinite(value)) return Math.abs(value) < infiniteFrom[kind] ? value : reportLargeFloat(collector, node, kind);
  collector.report("PQ1203", {
    message: `\`${node.source}\` is not a finite number`,
    span: node.span,
    label: Number.isNaN(value) ? "only `null_value` may be `.nan`" : "larger than any double",
  });
  return undefined;
}

function reportLargeFloat(collector: DiagnosticCollector, node: ScalarNode, kind: FloatKind): undefined {
  return reportMismatch(collector, node, `\`${node.source}\` is too large for a ${kind}: it would be rounded to infinity`);
}

/** One printable ASCII character, as its code. */
export function readCharacter(collector: DiagnosticCollector, node: ScalarNode): bigint | undefined {
  if (node.value.type === "text" && /^[\x20-\x7e]$/.test(node.value.value)) return BigInt(node.value.value.charCodeAt(0));
  collector.report("PQ2305", {
    message: `a code of storage \`char\` is one ASCII character, not ${node.value.type === "text" ? `\`${node.value.value}\`` : describeNode(node)}`,
    span: node.span,
    help: /^[0-9]$/.test(node.source) ? `quote it: \`"${node.source}"\`` : undefined,
  });
  return undefined;
}

function readEnumName(collector: DiagnosticCollector, node: ScalarNode, type: EnumType): bigint | undefined {
  if (node.value.type !== "text") return reportKind(collector, node, "the name of an enum value");
  const name = node.value.value;
  const found = type.values.find((value) => value.name === name);
  if (found !== undefined) return found.value;
  collector.report("PQ2207", {
    message: `\`${name}\` is not a value of the enum`,
    span: node.span,
    help: didYouMean(
      name,
      type.values.map((value) => value.name),
    ),
  });
  return undefined;
}

function maxLengthBytes(length: ByteLength): number {
  return length.mode === "fixed" ? length.lengthBytes : length.maxLengthBytes;
}

function readText(collector: DiagnosticCollector, node: ScalarNode, type: TextType): string | undefined {
  const { length } = type;
  if (node.value.type !== "text") return reportKind(collector, node, "text");
  const text = node.value.value;
  const sizeBytes = Buffer.byteLength(text, "utf8");
  if (sizeBytes > maxLengthBytes(length)) return reportLength(collector, node, sizeBytes, `${maxLengthBytes(length)} at most`);
  if (type.kind === "string" && type.charset === "ascii" && sizeBytes > text.length)
    return reportMismatch(collector, node, "the text is not ASCII");
  if (type.kind === "json" && !isJson(text)) return reportMismatch(collector, node, "the text is not valid JSON");
  if (length.mode === "fixed" && text.length > 0 && text.charCodeAt(text.length - 1) === length.padByte) {
    return reportMismatch(collector, node, "the text ends with the pad byte, which would be cut");
  }
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reportLength(
  collector: DiagnosticCollector,
  node: ScalarNode,
  sizeBytes: number,
  allowed: string,
  unit = "bytes of UTF-8",
): undefined {
  collector.report("PQ2207", { message: `the value has ${sizeBytes} ${unit}`, span: node.span, label: allowed });
  return undefined;
}

function reportMismatch(collector: DiagnosticCollector, node: ScalarNode, message: string, help?: string): undefined {
  collector.report("PQ2207", { message, span: node.span, help });
  return undefined;
}

/** Text as its UTF-8 bytes, or `0x…` as the bytes written. */
function readBytes(
  collector: DiagnosticCollector,
  node: ScalarNode,
  minLengthBytes: number,
  maxLengthBytes: number,
): Uint8Array | undefined {
  const hex = node.plain ? /^0x((?:[0-9a-fA-F]{2})+)$/.exec(node.source) : null;
  if (hex === null && node.value.type !== "text") return reportKind(collector, node, "text or bytes as `0x…`");
  const bytes = hex === null ? Buffer.from(node.value.type === "text" ? node.value.value : "", "utf8") : Buffer.from(hex[1] ?? "", "hex");
  if (bytes.length >= minLengthBytes && bytes.length <= maxLengthBytes) return Uint8Array.from(bytes);
  return reportLength(
    collector,
    node,
    bytes.length,
    minLengthBytes === maxLengthBytes ? `exactly ${maxLengthBytes}` : `${maxLengthBytes} at most`,
    hex === null ? undefined : "bytes",
  );
}

/** The smallest document: its length, no element, a zero byte. */
const BSON_MIN_BYTES = 5;

/** A document's frame (bsonspec.org): its length as int32, least significant byte first, and a zero byte at the end. */
function readBson(collector: DiagnosticCollector, node: ScalarNode, maxLengthBytes: number): Uint8Array | undefined {
  const bytes = readBytes(collector, node, 0, maxLengthBytes);
  if (bytes === undefined) return undefined;
  const isFramed = bytes.length >= BSON_MIN_BYTES && Buffer.from(bytes).readInt32LE(0) === bytes.length && bytes[bytes.length - 1] === 0;
  return isFramed
    ? bytes
    : reportMismatch(collector, node, "the bytes are no BSON document", "write its bytes as `0x…`, `0x0500000000` is the empty one");
}

/** The 12 bytes of the column: months, days and milliseconds as uint32, least significant byte first. */
function readInterval(collector: DiagnosticCollector, node: DocumentNode): Uint8Array | undefined {
  if (node.kind !== "mapping")
    return node.kind === "invalid" ? undefined : reportKind(collector, node, "a mapping such as `{months: 1, days: 2, milliseconds: 3}`");
  const block = readBlock(collector, node, intervalKeys, { what: "an interval" });
  const parts = (["months", "days", "milliseconds"] as const).map((part) => (block === undefined ? undefined : partOf(block, part)));
  return parts.includes(undefined) ? undefined : new Uint8Array(Uint32Array.from(parts as number[]).buffer);
}

/** A part left out is 0. */
function partOf(block: Block<keyof typeof intervalKeys>, part: keyof typeof intervalKeys): number | undefined {
  return numberOf(block, part) ?? (block.written.has(part) ? undefined : 0);
}

function readUuid(collector: DiagnosticCollector, node: ScalarNode): Uint8Array | undefined {
  const text = node.value.type === "text" ? node.value.value : "";
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return Uint8Array.from(Buffer.from(text.replaceAll("-", ""), "hex"));
  return reportMismatch(collector, node, `\`${node.source}\` is not a UUID`, "write 8-4-4-4-12 hexadecimal digits");
}
