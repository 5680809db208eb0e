/** Ranges of the integers behind each type, and the one finding for a value outside of them. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { EnumStorage, FieldType, SetStorage } from "./model.js";

export interface IntegerRange {
  /** As the author knows it: `int64`, `decimal(18, 9)`. */
  readonly name: string;
  readonly min: bigint;
  readonly max: bigint;
}

function signedRange(bits: number, name = `int${bits}`): IntegerRange {
  return { name, min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n };
}

function unsignedRange(bits: number, name = `uint${bits}`): IntegerRange {
  return { name, min: 0n, max: 2n ** BigInt(bits) - 1n };
}

export function storageRange(storage: EnumStorage | SetStorage): IntegerRange {
  if (storage === "char") return { name: "char", min: 0n, max: 255n };
  const bits = Number(storage.replace(/^u?int/, ""));
  return storage.startsWith("u") ? unsignedRange(bits) : signedRange(bits);
}

/** What the bytes in the record can hold; undefined for types that are no integer of at most 64 bits. */
export function recordRange(type: FieldType): IntegerRange | undefined {
  switch (type.kind) {
    case "integer":
      return type.signed ? signedRange(type.bits) : unsignedRange(type.bits);
    case "decimal":
      return type.storage === "fixed" ? undefined : signedRange(type.storage === "int32" ? 32 : 64);
    case "date":
      return signedRange(32);
    case "time":
      return signedRange(type.unit === "ms" ? 32 : 64);
    case "timestamp":
      return signedRange(64);
    case "int96":
      return signedRange(64, "int96 in ns");
    case "enum":
    case "set":
      return storageRange(type.storage);
    default:
      return undefined;
  }
}

/** What a value may mean: that of the record, less for decimals and times of day. */
export function meaningRange(type: FieldType): IntegerRange | undefined {
  if (type.kind === "decimal") {
    const max = 10n ** BigInt(type.precision) - 1n;
    return { name: `decimal(${type.precision}, ${type.scale})`, min: -max, max };
  }
  if (type.kind === "time") return { name: `time in ${type.unit}`, min: 0n, max: 86_400n * unitsPerSecond[type.unit] - 1n };
  return recordRange(type);
}

const unitsPerSecond = { ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;

/** False when the value was reported. */
export function checkInteger(collector: DiagnosticCollector, value: bigint, range: IntegerRange, span: Span): boolean {
  if (value >= range.min && value <= range.max) return true;
  const [word, bound] = value < range.min ? ["smallest", range.min] : ["largest", range.max];
  const hex = bound > 255n && isPowerOfTwo(bound + 1n) ? ` (0x${bound.toString(16)})` : "";
  collector.report("PQ1204", { message: `${value} does not fit ${range.name}`, span, label: `${word} ${range.name} is ${bound}${hex}` });
  return false;
}

export function isPowerOfTwo(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}
