import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";

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
