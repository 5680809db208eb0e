/** The same rows and types as DuckDB writes them. */
import { join } from "node:path";
import { sqlText, withDuckdb } from "../support/readers/duckdb.js";

const WAYS = {
  "DuckDB default": "FORMAT parquet",
  "DuckDB V2 + zstd": "FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd",
} as const;

export type DuckdbWay = keyof typeof WAYS;

/** Files by way of writing, in `folder`. One thread: the order of the rows stays. */
export async function writeWithDuckdb(source: string, folder: string): Promise<Readonly<Record<DuckdbWay, string>>> {
  return withDuckdb(async (connection) => {
    await connection.run("SET threads = 1");
    const written = Object.entries(WAYS).map(async ([way, options], index) => {
      const target = join(folder, `duckdb-${index}.parquet`);
      await connection.run(`COPY (SELECT * FROM read_parquet(${sqlText(source)})) TO ${sqlText(target)} (${options})`);
      return [way, target] as const;
    });
    return Object.fromEntries(await Promise.all(written)) as Record<DuckdbWay, string>;
  });
}
