import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { ColumnAggregates, TableAggregates } from "./aggregates.js";

/** Runs `use` with a connection to an in-memory DuckDB and closes it. */
export async function withDuckdb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** An SQL expression for the column's value as an integer as stored in the file. TIMESTAMP columns that are not in nanoseconds are in milliseconds in these schemas. */
function rawInteger(column: string, type: string): string {
  if (type === "TIMESTAMP_NS") return `epoch_ns("${column}")`;
  if (type.startsWith("TIMESTAMP")) return `epoch_ms("${column}")`;
  if (type.startsWith("DECIMAL")) return `replace("${column}"::VARCHAR, '.', '')::HUGEINT`;
  return `"${column}"::HUGEINT`;
}

export function aggregateWithDuckdb(path: string): Promise<TableAggregates> {
  return withDuckdb(async (connection) => {
    const source = `read_parquet(${sqlText(path)})`;
    const described = await rowsOf(connection, `DESCRIBE SELECT * FROM ${source}`);
    const columns: Record<string, ColumnAggregates> = {};
    for (const { column_name: name, column_type: type } of described as readonly { column_name: string; column_type: string }[]) {
      const isText = type === "VARCHAR";
      const value = isText ? `"${name}"` : rawInteger(name, type);
      const [row] = await rowsOf(
        connection,
        `SELECT (count(*) - count("${name}"))::VARCHAR AS nulls, min(${value})::VARCHAR AS min, max(${value})::VARCHAR AS max,
                coalesce(sum(${isText ? `strlen("${name}")` : `(${value})::HUGEINT`}), 0)::HUGEINT::VARCHAR AS sum FROM ${source}`,
      );
      columns[name] = row as unknown as ColumnAggregates;
    }
    const [count] = await rowsOf(connection, `SELECT count(*)::INTEGER AS rows FROM ${source}`);
    return { rows: Number(count?.["rows"]), columns };
  });
}
