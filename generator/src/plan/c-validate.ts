/** What the schema allows of a value, as conditions that are true of a bad one. */
import { hasLength, isCounted, padByteOf, type CColumn } from "./c-columns.js";
import { doubleLiteral, int64Max, int64Min, integerLiteral, unsignedLiteral } from "./c-literals.js";
import type { CTexts } from "./c-texts.js";
import { characterLiteral } from "./escape.js";

interface Bounds {
  readonly min: bigint;
  readonly max: bigint;
}

const dayLength = { ms: 86_400_000n, us: 86_400_000_000n, ns: 86_400_000_000_000n } as const;

/** What the type allows; undefined where every value of the storage is a value of the type. */
function typeBounds(column: CColumn): Bounds | undefined {
  const type = column.node.field.type;
  switch (type.kind) {
    case "bool":
      return { min: 0n, max: 1n };
    case "decimal":
      return { min: 1n - 10n ** BigInt(type.precision), max: 10n ** BigInt(type.precision) - 1n };
    case "time":
      return { min: 0n, max: dayLength[type.unit] - 1n };
    default:
      return undefined;
  }
}

function asInteger(value: bigint | number | undefined): bigint | undefined {
  return typeof value === "number" ? BigInt(Math.trunc(value)) : value;
}

/** The narrower of the type's bounds and min_value, max_value; undefined where neither says anything. */
function integerBounds(column: CColumn, widest: Bounds): Bounds | undefined {
  const { minValue, maxValue } = column.node.field;
  const own = typeBounds(column);
  if (own === undefined && minValue === undefined && maxValue === undefined) {
    return undefined;
  }
  const low = [own?.min, asInteger(minValue)].filter((value) => value !== undefined);
  const high = [own?.max, asInteger(maxValue)].filter((value) => value !== undefined);
  return {
    min: low.reduce((left, right) => (left > right ? left : right), widest.min),
    max: high.reduce((left, right) => (left < right ? left : right), widest.max),
  };
}

const signedRange: Bounds = { min: int64Min, max: int64Max };
const unsignedRange: Bounds = { min: 0n, max: 2n ** 64n - 1n };

function integerConditions(column: CColumn, target: string): readonly string[] {
  const isUnsigned = column.node.storage.startsWith("UINT") || column.node.storage === "BOOL";
  const bounds = integerBounds(column, isUnsigned ? unsignedRange : signedRange);
  if (bounds === undefined) {
    return [];
  }
  const literal = isUnsigned ? unsignedLiteral : integerLiteral;
  return [`!pqflow_in_${isUnsigned ? "unsigned" : "signed"}_range(${target}, ${literal(bounds.min)}, ${literal(bounds.max)})`];
}

/** The value as a double. */
function widened(column: CColumn, target: string): string {
  switch (column.node.storage) {
    case "FLOAT16":
      return `PQFLOW_STATIC_CAST(double, pqflow_float16_to_float(${target}))`;
    case "FLOAT":
      return `PQFLOW_STATIC_CAST(double, ${target})`;
    default:
      return target;
  }
}

function floatConditions(column: CColumn, target: string): readonly string[] {
  const { minValue, maxValue } = column.node.field;
  const value = widened(column, target);
  const low = minValue === undefined ? [] : [`!(${value} >= ${doubleLiteral(Number(minValue))})`];
  const high = maxValue === undefined ? [] : [`!(${value} <= ${doubleLiteral(Number(maxValue))})`];
  return [...low, ...high];
}

function knownBits(column: CColumn): bigint {
  const type = column.node.field.type;
  return type.kind === "set" ? type.choices.reduce((bits, choice) => bits | (1n << BigInt(choice.bit)), 0n) : 0n;
}

function isAscii({ node }: CColumn): boolean {
  return node.field.type.kind === "string" && node.field.type.charset === "ascii";
}

/** What the bytes of a counted member are checked by; nothing for bytes of any kind. */
function countedCheck(column: CColumn): string {
  switch (column.node.field.type.kind) {
    case "bytes":
      return "";
    case "bson":
      return "pqflow_bson_is_framed";
    default:
      return isAscii(column) ? "pqflow_ascii_is_valid" : "pqflow_utf8_is_valid";
  }
}

function textConditions(column: CColumn, target: string): readonly string[] {
  if (isCounted(column.node)) {
    const tooLong = `!pqflow_in_unsigned_range(${target}.length, 0U, ${column.roomBytes}U)`;
    const check = countedCheck(column);
    return [tooLong, ...(check === "" ? [] : [`!${check}(${target}.data, ${target}.length)`])];
  }
  return [
    `!pqflow_padded_${isAscii(column) ? "ascii" : "text"}_is_valid(${target}, sizeof(${target}), ${characterLiteral(padByteOf(column.node))})`,
  ];
}

/** Big-endian two's complement. */
function signedBytes(value: bigint, widthBytes: number): Uint8Array {
  const bits = BigInt.asUintN(widthBytes * 8, value);
  return Uint8Array.from({ length: widthBytes }, (_, index) => Number((bits >> BigInt((widthBytes - 1 - index) * 8)) & 0xffn));
}

function wideDecimalConditions(column: CColumn, target: string, texts: CTexts): readonly string[] {
  const width = column.roomBytes;
  const limit = 2n ** BigInt(width * 8 - 1);
  const bounds = integerBounds(column, { min: -limit, max: limit - 1n });
  if (bounds === undefined) {
    return [];
  }
  const bound = (value: bigint): string => texts.bytes(signedBytes(value, width), `${column.member}_bound`);
  return [
    `pqflow_signed_bytes_less(${target}, ${bound(bounds.min)}, ${width})`,
    `pqflow_signed_bytes_less(${bound(bounds.max)}, ${target}, ${width})`,
  ];
}

function conditionsOf(column: CColumn, target: string, texts: CTexts): readonly string[] {
  if (hasLength(column.node)) {
    return textConditions(column, target);
  }
  switch (column.node.field.type.kind) {
    case "float16":
    case "float":
    case "double":
      return floatConditions(column, target);
    case "set":
      return [`!pqflow_has_only_bits(${target}, ${unsignedLiteral(knownBits(column))})`];
    case "decimal":
      return column.node.storage === "FIXED_BYTES" ? wideDecimalConditions(column, target, texts) : integerConditions(column, target);
    case "fixed":
    case "uuid":
    case "interval":
    case "enum":
      return [];
    default:
      return integerConditions(column, target);
  }
}

/** Codes outside the enum are bad values: with the other policies they become null, or are kept. */
function isListed({ node }: CColumn): boolean {
  return node.field.type.kind === "enum" && node.field.type.unknown === "reject";
}

function enumCases(column: CColumn): readonly string[] {
  const type = column.node.field.type;
  if (type.kind !== "enum") {
    return [];
  }
  const codes = [...new Set(type.values.map((value) => value.value))];
  return codes.map((code) => (type.storage === "char" ? characterLiteral(Number(code & 0xffn)) : integerLiteral(code)));
}

export interface CValueCheck {
  readonly isSwitch: boolean;
  /** Of a switch. */
  readonly subject: string;
  readonly cases: readonly string[];
  /** Not for a switch. */
  readonly conditions: readonly string[];
}

/** `target`: where the value lies. Undefined where every value of the storage is allowed. */
export function planValueCheck(column: CColumn, target: string, texts: CTexts): CValueCheck | undefined {
  const check = { isSwitch: isListed(column), subject: target, cases: enumCases(column), conditions: conditionsOf(column, target, texts) };
  return check.isSwitch || check.conditions.length > 0 ? check : undefined;
}
