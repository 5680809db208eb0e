/** Predicates at the bounds of every chunk and page of a column, and the rows that they find in the logged values. */
import { compareIn, type Canonical, type ProbeColumn } from "./probe-columns.js";
import type { ProbeShape } from "./probe-files.js";

export type Operator = "=" | "<" | "<=" | ">" | ">=" | "in" | "null";

/** Operands are the values of rows. */
export interface Predicate {
  readonly operator: Operator;
  readonly rows: readonly number[];
}

/** What readers disagree on; Parquet gives NaN no place in the order. */
export interface FloatRules {
  /** "greatest": equal to itself and above infinity; "either": a reader that goes by bounds finds a NaN or does not, and so what is compared with NaN. */
  readonly nan: "greatest" | "either";
  /** "listed": equal, but IN goes by the bits. */
  readonly zeros: "equal" | "ordered" | "listed";
}

const comparisons = ["=", "<", "<=", ">", ">="] as const;

/** First and last row of the page of every chunk. */
function pagesOf({ rows, pageRows, rowGroupRows }: ProbeShape): readonly (readonly [number, number])[] {
  const groupStarts = Array.from({ length: Math.ceil(rows / rowGroupRows) }, (_, group) => group * rowGroupRows);
  return groupStarts.flatMap((start) => {
    const end = Math.min(start + rowGroupRows, rows);
    return Array.from({ length: Math.ceil((end - start) / pageRows) }, (_, page) => {
      const first = start + page * pageRows;
      return [first, Math.min(first + pageRows, end)] as const;
    });
  });
}

/** A row of each value that is the smallest or largest of a page, and so of each that is of a chunk; a NaN and both zeros where there are any. */
function rowsOfBounds(column: ProbeColumn, values: readonly Canonical[], shape: ProbeShape): readonly number[] {
  const rowOf = new Map<string, number>();
  values.forEach((value, row) => {
    if (value !== null && !rowOf.has(value)) rowOf.set(value, row);
  });
  const bounds = pagesOf(shape).flatMap(([first, end]) => {
    const ordered = values
      .slice(first, end)
      .filter((value): value is string => value !== null && value !== "NaN")
      .sort((left, right) => compareIn(column.kind, left, right));
    return [ordered[0], ordered.at(-1)];
  });
  const special = column.kind === "floating" ? ["NaN", "0", "-0"] : [];
  return [...new Set([...bounds, ...special])].flatMap((value) => (value === undefined ? [] : (rowOf.get(value) ?? [])));
}

/** Every comparison with every bound, each bound together with another one, and the question for nulls; of boolean columns no order is asked. `step`: of the bounds only each so many. */
export function predicatesOf(column: ProbeColumn, values: readonly Canonical[], shape: ProbeShape, step = 1): readonly Predicate[] {
  const rows = rowsOfBounds(column, values, shape).filter((_, index) => index % step === 0);
  const isBoolean = /^(constant_)?bool/.test(column.name);
  const operators = isBoolean ? (["="] as const) : comparisons;
  const compared = rows.flatMap((row) => operators.map((operator) => ({ operator, rows: [row] })));
  const lists = rows.map((row, index) => ({ operator: "in" as const, rows: [row, rows[(index * 7 + 3) % rows.length] ?? row] }));
  return [...compared, ...lists, { operator: "null", rows: [] }];
}

/** The place of each value in the order of its column; NaN is none, zeros are two. */
function ranksOf({ kind }: ProbeColumn, values: readonly Canonical[]): readonly (number | null)[] {
  const zeroSign = (value: string): number => (value === "-0" ? 0 : 1);
  const compare = (left: string, right: string): number =>
    compareIn(kind, left, right) || (kind === "floating" ? zeroSign(left) - zeroSign(right) : 0);
  const distinct = [...new Set(values)].filter((value): value is string => value !== null && value !== "NaN").sort(compare);
  const rankOf = new Map(distinct.map((value, rank) => [value, rank]));
  return values.map((value) => (value === null ? null : (rankOf.get(value) ?? NaN)));
}

const holds: Readonly<Record<(typeof comparisons)[number], (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** Smallest and largest number of rows that a predicate may find. */
export type Counts = readonly [least: number, most: number];

function countOf({ operator, rows }: Predicate, ranks: readonly (number | null)[], nanRank: number): number {
  if (operator === "null") return ranks.filter((rank) => rank === null).length;
  const ranked = (rank: number): number => (Number.isNaN(rank) ? nanRank : rank);
  const operands = rows.map((row) => ranked(ranks[row] ?? NaN));
  const compare = holds[operator === "in" ? "=" : operator];
  return ranks.filter((rank) => rank !== null && operands.some((operand) => compare(ranked(rank), operand))).length;
}

export function expectedCounts(
  column: ProbeColumn,
  values: readonly Canonical[],
  predicates: readonly Predicate[],
  { nan, zeros }: FloatRules,
): readonly Counts[] {
  const ordered = ranksOf(column, values);
  const isFloating = column.kind === "floating";
  const equal = isFloating
    ? ranksOf(
        column,
        values.map((value) => (value === "-0" ? "0" : value)),
      )
    : ordered;
  const nanCount = ordered.filter((rank) => Number.isNaN(rank)).length;
  return predicates.map((predicate) => {
    const isByBits = zeros === "ordered" || (zeros === "listed" && predicate.operator === "in");
    const ranks = isByBits ? ordered : equal;
    const greatest = countOf(predicate, ranks, Infinity);
    if (nan === "greatest" || predicate.operator === "null") return [greatest, greatest];
    const never = countOf(predicate, ranks, NaN);
    return [Math.min(never, greatest), Math.max(never, greatest) + nanCount];
  });
}
