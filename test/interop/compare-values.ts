/** What a reader gave against what was logged, a line for each column that differs: millions of values, for which a matcher's own comparison is too slow. */
import {
  expectedStatistics,
  expectedValues,
  probeColumns,
  type Canonical,
  type ExpectedStatistics,
  type Nulls,
  type ProbeColumn,
} from "./probe-columns.js";
import { groupsOf, type ProbeShape } from "./probe-files.js";
import { lossOf, seenBy, type ReaderName, type StoredAs } from "./reader-losses.js";
import type { ProbeTable } from "./probe-readers.js";

const cache = new Map<string, ProbeTable>();

/** What was logged; computed once for each number of rows and pattern of nulls. */
export function loggedValues(rows: number, nulls: Nulls): ProbeTable {
  const key = `${rows} ${nulls}`;
  const known = cache.get(key) ?? new Map(probeColumns.map((column) => [column.name, expectedValues(column, rows, nulls)]));
  cache.set(key, known);
  return known;
}

const statisticsCache = new Map<string, ReadonlyMap<string, readonly ExpectedStatistics[]>>();

/** What was logged in each row group of each column; computed once for each shape and pattern of nulls. */
export function loggedStatistics(shape: ProbeShape, nulls: Nulls): ReadonlyMap<string, readonly ExpectedStatistics[]> {
  const key = `${shape.rows} ${shape.rowGroupRows} ${nulls}`;
  const logged = loggedValues(shape.rows, nulls);
  const ofGroups = (column: ProbeColumn): readonly ExpectedStatistics[] =>
    groupsOf(shape).map(({ start, end }) => expectedStatistics(column, (logged.get(column.name) ?? []).slice(start, end)));
  const known = statisticsCache.get(key) ?? new Map(probeColumns.map((column) => [column.name, ofGroups(column)]));
  statisticsCache.set(key, known);
  return known;
}

function firstDifference(found: readonly Canonical[] | undefined, wanted: readonly Canonical[] | undefined): string | undefined {
  if (wanted === undefined) return found === undefined ? undefined : "was refused before and is read now";
  if (found === undefined) return "was not read";
  if (found.length !== wanted.length) return `${found.length} values instead of ${wanted.length}`;
  const row = wanted.findIndex((value, index) => value !== found[index]);
  return row < 0 ? undefined : `row ${row}: ${String(found[row])} instead of ${String(wanted[row])}`;
}

export interface Outcome {
  readonly column: string;
  readonly stored: StoredAs;
  /** What is known to be lost; undefined where the values must be the logged ones. */
  readonly knownLoss: string | undefined;
  /** Undefined when the reader gave what is expected of it. */
  readonly difference: string | undefined;
}

export function compareValues(
  reader: ReaderName,
  found: ProbeTable,
  logged: ProbeTable,
  storedOf: ReadonlyMap<string, StoredAs>,
): readonly Outcome[] {
  return probeColumns.map((column) => {
    const stored = storedOf.get(column.name) ?? { physicalType: "", encodings: new Set(), codecs: new Set() };
    const wanted = seenBy(reader, column, stored, logged.get(column.name) ?? []);
    return {
      column: column.name,
      stored,
      knownLoss: lossOf(reader, column, stored)?.loss,
      difference: firstDifference(found.get(column.name), wanted),
    };
  });
}

export const differencesIn = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ column, difference }) => (difference === undefined ? [] : [`${column}: ${difference}`]));
