/** Aggregates of a file, computed by DuckDB in SQL. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnAggregates, TableAggregates } from "./aggregates.js";
import { rowsOf, sqlText, withDuckdb } from "./duckdb.js";

interface Column {
  readonly name: string;
  /** As DuckDB has it. */
  readonly type: string;
  /** As the file has it: tells milliseconds from microseconds, which DuckDB's types do not. */
  readonly logicalType: string;
}

/** Signed integer that orders as floating-point values do; all NaNs are one. */
function totalOrder(column: string, integerType: string, nanBits: string, signMask: string): string {
  const bits = `(${column}::BIT)::${integerType}`;
  return `CASE WHEN isnan(${column}) THEN ${nanBits} WHEN ${bits} < 0 THEN xor(${bits}, ${signMask}) ELSE ${bits} END`;
}

const EPOCH_FUNCTIONS = { MILLIS: "epoch_ms", MICROS: "epoch_us", NANOS: "epoch_ns" } as const;

/** `logicalType` says `TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>)`. */
function timestamp(column: string, logicalType: string): string {
  const unit = /(MILLIS|MICROS|NANOS)=\w+\(\)/.exec(logicalType)?.[1] as keyof typeof EPOCH_FUNCTIONS | undefined;
  if (unit === undefined) throw new Error(`${column} has no unit of time: ${logicalType}`);
  return `${EPOCH_FUNCTIONS[unit]}(${column})`;
}

/** The column's value as the integer that is stored in the file. */
function storedInteger({ name, type, logicalType }: Column): string {
  const column = `"${name}"`;
  if (type === "DOUBLE") return totalOrder(column, "BIGINT", "9221120237041090560", "9223372036854775807");
  if (type === "FLOAT") return totalOrder(column, "INTEGER", "2143289344", "2147483647");
  if (type.startsWith("TIMESTAMP")) return timestamp(column, logicalType);
  if (type.startsWith("DECIMAL")) return `replace(${column}::VARCHAR, '.', '')::HUGEINT`;
  if (type === "DATE") return `date_diff('day', DATE '1970-01-01', ${column})`;
  return column;
}

function numberQuery(column: Column): string {
  const value = `(${storedInteger(column)})::HUGEINT`;
  return `min(${value})::VARCHAR AS min, max(${value})::VARCHAR AS max, coalesce(sum(${value}), 0)::HUGEINT::VARCHAR AS sum,
          (coalesce(sum((${value} & 18446744073709551615::HUGEINT) * (file_row_number + 1)), 0)::HUGEINT % 18446744073709551616)::VARCHAR AS digest`;
}

function bytesQuery({ name, type }: Column): string {
  const bytes = type === "UUID" ? `unhex(replace("${name}"::VARCHAR, '-', ''))` : `"${name}"`;
  const [shown, length] = type === "VARCHAR" ? ["", "strlen"] : ["lower(hex", "octet_length"];
  const show = (value: string): string => (shown === "" ? value : `${shown}(${value}))`);
  return `${show(`min(${bytes})`)} AS min, ${show(`max(${bytes})`)} AS max, coalesce(sum(${length}(${bytes})), 0)::HUGEINT::VARCHAR AS sum,
          (coalesce(sum(md5_number_lower(${bytes})::HUGEINT * (file_row_number + 1)), 0)::HUGEINT % 18446744073709551616)::VARCHAR AS digest`;
}

async function columnsOf(connection: DuckDBConnection, path: string): Promise<readonly Column[]> {
  const file = sqlText(path);
  const described = await rowsOf(connection, `DESCRIBE SELECT * FROM read_parquet(${file})`);
  const stored = await rowsOf(connection, `SELECT name, logical_type FROM parquet_schema(${file})`);
  const logicalTypes = new Map(stored.map(({ name, logical_type }) => [String(name), String(logical_type)]));
  return described.map(({ column_name: name, column_type: type }) => ({
    name: String(name),
    type: String(type),
    logicalType: logicalTypes.get(String(name)) ?? "",
  }));
}

export function aggregateWithDuckdb(path: string): Promise<TableAggregates> {
  return withDuckdb(async (connection) => {
    const source = `read_parquet(${sqlText(path)}, file_row_number = true)`;
    const columns: Record<string, ColumnAggregates> = {};
    for (const column of await columnsOf(connection, path)) {
      const query = ["VARCHAR", "BLOB", "UUID"].includes(column.type) ? bytesQuery(column) : numberQuery(column);
      const [row] = await rowsOf(connection, `SELECT (count(*) - count("${column.name}"))::VARCHAR AS nulls, ${query} FROM ${source}`);
      columns[column.name] = row as unknown as ColumnAggregates;
    }
    const [count] = await rowsOf(connection, `SELECT count(*)::INTEGER AS rows FROM ${source}`);
    return { rows: Number(count?.["rows"]), columns };
  });
}
