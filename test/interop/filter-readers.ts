/** The rows that readers find with a predicate in a file that they may skip parts of. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { programNames, readerPrograms, type ProgramName } from "./reader-programs.js";
import type { FloatRules, Predicate } from "./predicates.js";
import type { ReaderName } from "./reader-losses.js";

export interface FilterReader {
  readonly name: ReaderName;
  readonly rules: FloatRules;
  readonly isThere: boolean;
  /** What to do to have it. */
  readonly advice?: string;
  /** One count a predicate, column by column. */
  readonly count: (path: string, asked: ReadonlyMap<string, readonly Predicate[]>) => Promise<ReadonlyMap<string, readonly number[]>>;
}

/** One query finds so many. */
const QUERIES_AT_ONCE = 100;

/** Literals of the column's own type, which the planner compares with bounds; intervals are not compared. */
async function duckdbConditions(
  connection: DuckDBConnection,
  source: string,
  column: string,
  predicates: readonly Predicate[],
): Promise<readonly string[]> {
  const values = await rowsOf(connection, `SELECT "${column}"::VARCHAR AS text, typeof("${column}") AS type FROM ${source}`);
  const literal = (row: number): string => `${sqlText(String(values[row]?.["text"]))}::${String(values[0]?.["type"])}`;
  return predicates.map(({ operator, rows }) => {
    if (operator === "null") return `"${column}" IS NULL`;
    const operands = rows.map(literal);
    return operator === "in" ? `"${column}" IN (${operands.join(", ")})` : `"${column}" ${operator} ${operands[0] ?? "NULL"}`;
  });
}

const countWithDuckdb: FilterReader["count"] = (path, asked) =>
  withDuckdb(async (connection) => {
    await connection.run("SET parquet_metadata_cache = true");
    const source = `read_parquet(${sqlText(path)})`;
    const counts = new Map<string, readonly number[]>();
    for (const [column, predicates] of asked) {
      const conditions = await duckdbConditions(connection, source, column, predicates);
      const found: number[] = [];
      for (let first = 0; first < conditions.length; first += QUERIES_AT_ONCE) {
        const queries = conditions
          .slice(first, first + QUERIES_AT_ONCE)
          .map((condition, index) => `SELECT ${index} AS place, count(*)::INTEGER AS rows FROM ${source} WHERE ${condition}`);
        const rows = await rowsOf(connection, `${queries.join(" UNION ALL ")} ORDER BY place`);
        found.push(...rows.map(({ rows: count }) => Number(count)));
      }
      counts.set(column, found);
    }
    return counts;
  });

const text = ({ operator, rows }: Predicate): string => [operator, ...rows].join(",");

const countWith =
  (name: ProgramName): FilterReader["count"] =>
  async (path, asked) => {
    const counts = new Map<string, readonly number[]>();
    for (const [column, predicates] of asked) {
      const words = predicates.map(text).join(";");
      const { counts: found } = await readerPrograms[name].process.ask<{ readonly counts: readonly number[] }>(
        "filters",
        path,
        column,
        words,
      );
      counts.set(column, found);
    }
    return counts;
  };

const rulesOf: Readonly<Record<ProgramName, FloatRules>> = {
  pyarrow: { nan: "either", zeros: "listed" },
  Polars: { nan: "greatest", zeros: "equal" },
  "parquet-java": { nan: "either", zeros: "ordered" },
  "arrow-rs": { nan: "either", zeros: "ordered" },
};

export const filterReaders: readonly FilterReader[] = [
  { name: "DuckDB", rules: { nan: "greatest", zeros: "equal" }, isThere: true, count: countWithDuckdb },
  ...programNames.map((name) => {
    const { isThere, advice } = readerPrograms[name];
    return { name, rules: rulesOf[name], isThere, advice, count: countWith(name) };
  }),
];
