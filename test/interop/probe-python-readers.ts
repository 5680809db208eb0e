/** pyarrow and Polars as readers of the interop files, through programs that print canonical strings as JSON. */
import { projectPath } from "../support/paths.js";
import { runPython } from "../support/readers/python.js";
import { halfOf, intervalOf, printed, utf8, type ProbeTable } from "./probe-readers.js";
import type { Canonical, ProbeColumn } from "./probe-columns.js";

type PythonValue = string | null | { readonly hex: string } | { readonly double: string };
type PythonValues = Readonly<Record<string, readonly PythonValue[]>>;
export type Bounds = readonly [Canonical, Canonical] | null;

function fromPython({ kind }: ProbeColumn, value: PythonValue): Canonical {
  if (value === null || typeof value === "string") return value;
  if ("double" in value) return printed(Buffer.from(value.double, "hex").readDoubleBE());
  const bytes = Buffer.from(value.hex, "hex");
  if (kind === "interval") return intervalOf(bytes);
  if (kind === "floating") return printed(halfOf(bytes)); // A bound of FLOAT16.
  return kind === "text" ? utf8.decode(bytes) : value.hex; // JSON comes as bytes.
}

function tableOf(values: PythonValues, columns: readonly ProbeColumn[]): ProbeTable {
  const read = columns.filter(({ name }) => values[name] !== undefined);
  return new Map(read.map((column) => [column.name, (values[column.name] ?? []).map((value) => fromPython(column, value))]));
}

/** Values of every row and, chunk by chunk, bounds; those of dates and times are left out: Python's own types would lose nanoseconds. */
export function readWithPyarrow(
  path: string,
  columns: readonly ProbeColumn[],
): { readonly values: ProbeTable; readonly bounds: ReadonlyMap<string, readonly Bounds[]> } {
  const { values, bounds } = JSON.parse(runPython([projectPath("test/interop/read_with_pyarrow.py"), path])) as {
    readonly values: PythonValues;
    readonly bounds: Readonly<Record<string, readonly (readonly [PythonValue, PythonValue] | null)[]>>;
  };
  const boundsOf = (column: ProbeColumn): readonly Bounds[] =>
    (bounds[column.name] ?? []).map((ends) => ends && [fromPython(column, ends[0]), fromPython(column, ends[1])]);
  return { values: tableOf(values, columns), bounds: new Map(columns.map((column) => [column.name, boundsOf(column)])) };
}

const nanosecondsPer = { ms: 1_000_000n, us: 1_000n, ns: 1n } as const;

/** Columns that Polars refuses are missing. `filters`: columns of which a filter at a bound gives other rows than the same filter in memory; asked for only, since it costs six scans a column. */
export function readWithPolars(
  path: string,
  columns: readonly ProbeColumn[],
  asksFilters = false,
): { readonly values: ProbeTable; readonly filters: readonly string[] } {
  const args = [projectPath("test/interop/read_with_polars.py"), path, ...(asksFilters ? ["filters"] : [])];
  const { values, filters } = JSON.parse(runPython(args)) as { readonly values: PythonValues; readonly filters: readonly string[] };
  const table = new Map(tableOf(values, columns));
  for (const { name, unit } of columns.filter(({ name: candidate }) => candidate.startsWith("time_"))) {
    const inUnit = (value: Canonical): Canonical => value && (BigInt(value) / nanosecondsPer[unit ?? "ns"]).toString();
    const nanoseconds = table.get(name);
    if (nanoseconds !== undefined) table.set(name, nanoseconds.map(inUnit));
  }
  return { values: table, filters };
}
