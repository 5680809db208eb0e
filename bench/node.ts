/**
 * The TypeScript producer's cost per record, and its pipeline. Usage: node.js DIRECTORY RUNS ORDERS; prints rows as JSON.
 * `node_log_ns` and `node_log_fields_ns` are bursts into an empty ring; `node_pipeline_records_per_s` runs from the first log until close() has resolved.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { OrdersSink, type OrdersRecord } from "../generated/orders_sink.js";
import { market } from "../demo/market.js";

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly runs: readonly number[];
}

const BURST_RECORDS = 100_000;

const row = (name: string, unit: string, runs: readonly number[]): Row => ({
  name,
  unit,
  median: runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0,
  runs,
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const open = (path: string): OrdersSink => OrdersSink.open(path, { ifExists: "replace", codec: "UNCOMPRESSED" });

async function untilDrained(sink: OrdersSink): Promise<void> {
  await sink.flush();
}

function timed(burst: () => void): number {
  const start = process.hrtime.bigint();
  burst();
  return Number(process.hrtime.bigint() - start) / BURST_RECORDS;
}

function logBurst(sink: OrdersSink, orders: readonly OrdersRecord[]): void {
  for (const order of orders) sink.log(order);
}

function logFieldsBurst(sink: OrdersSink, orders: readonly OrdersRecord[]): void {
  for (const order of orders) {
    sink.logFields(
      order.timestamp_ns,
      order.symbol,
      order.order_id,
      order.side,
      order.price,
      order.quantity,
      order.order_type,
      order.exchange,
    );
  }
}

async function hotPath(path: string, orders: readonly OrdersRecord[], runs: number): Promise<readonly Row[]> {
  const sink = open(path);
  const burst = orders.slice(0, BURST_RECORDS);
  const log: number[] = [];
  const logFields: number[] = [];
  for (let run = -3; run < runs; run++) {
    await untilDrained(sink);
    const logNs = timed(() => logBurst(sink, burst));
    await untilDrained(sink);
    const logFieldsNs = timed(() => logFieldsBurst(sink, burst));
    if (run < 0) continue; // The first bursts are compiled while they run.
    log.push(logNs);
    logFields.push(logFieldsNs);
  }
  await sink.close();
  return [row("node_log_ns", "ns/record", log), row("node_log_fields_ns", "ns/record", logFields)];
}

async function pipeline(path: string, orders: readonly OrdersRecord[], runs: number): Promise<Row> {
  const speeds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const sink = open(path);
    const start = process.hrtime.bigint();
    for (const order of orders) while (!sink.log(order)) await pause(1);
    await sink.close();
    speeds.push((orders.length * 1e9) / Number(process.hrtime.bigint() - start));
  }
  return row("node_pipeline_records_per_s", "records/s", speeds);
}

const [directory, runsText, ordersText] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: node.js DIRECTORY RUNS ORDERS");
const nextOrder = market(2026, Number(ordersText));
const orders = Array.from({ length: Number(ordersText) }, nextOrder);
const path = join(directory, "bench-node.parquet");
const rows = [
  ...(await hotPath(join(directory, "bench-node-{seq}.parquet"), orders, Number(runsText))),
  await pipeline(path, orders, Number(runsText)),
];
rmSync(path);
console.log(JSON.stringify(rows));
