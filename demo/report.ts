/** Reads both captured files back with DuckDB, prints the table, draws the picture. Usage: report.js OUT_DIRECTORY, which holds orders-cpp.parquet, orders-ts.parquet and their .json. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { drawPicture, type MinuteBar } from "./picture.js";

interface CaptureSummary {
  readonly records: number;
  readonly dropped: number;
  readonly recordsPerS: number;
  readonly logNs: number;
}

interface Capture {
  readonly path: string;
  readonly summary: CaptureSummary;
  /** Counted by DuckDB. */
  readonly rows: number;
  readonly fileBytes: number;
  readonly columnBytes: ReadonlyMap<string, number>;
}

const SYMBOL = "ACME";
const MICROCENTS_PER_DOLLAR = 100_000_000;

async function query(connection: DuckDBConnection, sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

async function readCapture(connection: DuckDBConnection, directory: string, side: string): Promise<Capture> {
  const path = join(directory, `orders-${side}.parquet`);
  const [count] = await query(connection, `SELECT count(*)::DOUBLE AS rows FROM '${path}'`);
  const columns = await query(
    connection,
    `SELECT path_in_schema AS name, sum(total_compressed_size)::DOUBLE AS bytes FROM parquet_metadata('${path}') GROUP BY ALL ORDER BY min(column_id)`,
  );
  return {
    path,
    summary: JSON.parse(readFileSync(join(directory, `orders-${side}.json`), "utf8")) as CaptureSummary,
    rows: Number(count?.["rows"]),
    fileBytes: statSync(path).size,
    columnBytes: new Map(columns.map((row) => [String(row["name"]), Number(row["bytes"])])),
  };
}

const thousands = (value: number): string => Math.round(value).toLocaleString("en-US");
const perRecord = (bytes: number, capture: Capture): string => (bytes / capture.rows).toFixed(2);

function printTable(captures: readonly Capture[]): void {
  const line = (label: string, cells: readonly string[]): string =>
    `  ${label.padEnd(26)}${cells.map((cell) => cell.padStart(16)).join("")}`;
  const rule = `  ${"─".repeat(58)}`;
  const lines = [
    line("", ["C++", "TypeScript"]),
    rule,
    line(
      "records in the file",
      captures.map((capture) => thousands(capture.rows)),
    ),
    line(
      "dropped",
      captures.map((capture) => thousands(capture.summary.dropped)),
    ),
    line(
      "records/s, push to file",
      captures.map((capture) => thousands(capture.summary.recordsPerS)),
    ),
    line(
      "ns per log call",
      captures.map((capture) => capture.summary.logNs.toFixed(1)),
    ),
    line(
      "bytes/record",
      captures.map((capture) => perRecord(capture.fileBytes, capture)),
    ),
    rule,
    ...[...(captures[0]?.columnBytes.keys() ?? [])].map((name) =>
      line(
        name,
        captures.map((capture) => perRecord(capture.columnBytes.get(name) ?? 0, capture)),
      ),
    ),
    rule,
  ];
  console.log(lines.join("\n"));
}

async function minuteBars(connection: DuckDBConnection, path: string): Promise<readonly MinuteBar[]> {
  const rows = await query(
    connection,
    `SELECT (hour(timestamp_ns) * 60 + minute(timestamp_ns))::INTEGER AS minute, min(price) / ${MICROCENTS_PER_DOLLAR} AS low, max(price) / ${MICROCENTS_PER_DOLLAR} AS high,
            last(price ORDER BY timestamp_ns) / ${MICROCENTS_PER_DOLLAR} AS close, sum(quantity)::DOUBLE AS volume
     FROM '${path}' WHERE symbol = '${SYMBOL}' AND order_type = 3 GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({
    minute: Number(row["minute"]),
    low: Number(row["low"]),
    high: Number(row["high"]),
    close: Number(row["close"]),
    volumeShares: Number(row["volume"]),
  }));
}

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: report.js OUT_DIRECTORY");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const captures = [await readCapture(connection, directory, "cpp"), await readCapture(connection, directory, "ts")];
const [cpp] = captures as [Capture, Capture];
for (const capture of captures) {
  if (capture.rows !== capture.summary.records)
    throw new Error(`${capture.path} holds ${capture.rows} records, the producer logged ${capture.summary.records}`);
}
printTable(captures);
const bars = await minuteBars(connection, cpp.path);
const picturePath = join(directory, "orders.svg");
writeFileSync(
  picturePath,
  drawPicture(bars, {
    title: `${SYMBOL}: price and traded volume by minute`,
    subtitle: `Monday 2026-01-05, UTC · simulated, seed 2026 · ${thousands(cpp.rows)} orders captured by pqflow, queried by DuckDB`,
  }),
);
console.log(`  files    ${captures.map((capture) => capture.path).join("  ")}\n  picture  ${picturePath}`);
