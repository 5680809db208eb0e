/** Reader programs as readers of the probe files: their JSON as canonical strings. */
import { halfOf, int96Of, intervalOf, printed, signedBigEndian, utf8, type ProbeTable } from "./probe-readers.js";
import { readerPrograms, type ProgramName } from "./reader-programs.js";
import type { Canonical, ProbeColumn } from "./probe-columns.js";

/** Integers are decimal strings, floats the bits of doubles, bytes hexadecimal digits; text may be either. */
type StoredValue = string | null | { readonly hex: string } | { readonly double: string };
export type Bounds = readonly [Canonical, Canonical] | null;

interface Answer {
  readonly values: Readonly<Record<string, readonly StoredValue[]>>;
  readonly bounds?: Readonly<Record<string, readonly (readonly [StoredValue, StoredValue] | null)[]>>;
}

function fromBytes({ name, kind }: ProbeColumn, bytes: Buffer): Canonical {
  if (kind === "interval") return intervalOf(bytes);
  if (kind === "floating") return printed(halfOf(bytes));
  if (kind === "text") return utf8.decode(bytes);
  if (kind === "bytes") return bytes.toString("hex");
  return (name.startsWith("int96") ? int96Of(bytes) : signedBigEndian(bytes)).toString();
}

/** Some readers give unsigned integers as they are stored. */
function fromDigits({ name }: ProbeColumn, digits: string): string {
  if (!digits.startsWith("-") || !name.startsWith("uint")) return digits;
  return BigInt.asUintN(name.startsWith("uint64") ? 64 : 32, BigInt(digits)).toString();
}

function canonical(column: ProbeColumn, value: StoredValue): Canonical {
  if (value === null) return null;
  if (typeof value === "string") return column.kind === "integer" ? fromDigits(column, value) : value;
  return "double" in value ? printed(Buffer.from(value.double, "hex").readDoubleBE()) : fromBytes(column, Buffer.from(value.hex, "hex"));
}

/** Polars' times are nanoseconds. */
function inUnit(reader: ProgramName, { name, unit }: ProbeColumn, value: Canonical): Canonical {
  if (value === null || reader !== "Polars" || !name.startsWith("time_")) return value;
  return (BigInt(value) / { ms: 1_000_000n, us: 1_000n, ns: 1n }[unit ?? "ns"]).toString();
}

/** Values of every row and, chunk by chunk, the bounds of readers that tell them. Columns that it refuses are missing. */
export async function readWithProgram(
  reader: ProgramName,
  path: string,
  columns: readonly ProbeColumn[],
): Promise<{ readonly values: ProbeTable; readonly bounds: ReadonlyMap<string, readonly Bounds[]> | undefined }> {
  const { values, bounds } = await readerPrograms[reader].process.ask<Answer>("values", path);
  const valuesOf = (column: ProbeColumn, stored: readonly StoredValue[]): readonly Canonical[] =>
    stored.map((value) => inUnit(reader, column, canonical(column, value)));
  const boundsOf = (column: ProbeColumn): readonly Bounds[] =>
    (bounds?.[column.name] ?? []).map((ends) => ends && [canonical(column, ends[0]), canonical(column, ends[1])]);
  const read = columns.flatMap((column) => {
    const stored = values[column.name];
    return stored === undefined ? [] : [[column.name, valuesOf(column, stored)] as const];
  });
  return { values: new Map(read), bounds: bounds && new Map(columns.map((column) => [column.name, boundsOf(column)])) };
}
