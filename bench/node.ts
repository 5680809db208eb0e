/**
 * The TypeScript producer's cost per record, every field checked: bursts into an empty ring. Usage: node.js DIRECTORY RUNS; prints rows as JSON.
 */
import { join } from "node:path";
import { OrdersSink, type OrdersRecord } from "../generated/orders_sink.js";
import { market } from "../demo/market.js";
import { printRows, row, type Row } from "./rows.js";

const BURST_RECORDS = 100_000;

const open = (path: string): OrdersSink => OrdersSink.open(path, { ifExists: "replace" });

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
  const log: number[] = [];
  const logFields: number[] = [];
  for (let run = -3; run < runs; run++) {
    await untilDrained(sink);
    const logNs = timed(() => logBurst(sink, orders));
    await untilDrained(sink);
    const logFieldsNs = timed(() => logFieldsBurst(sink, orders));
    if (run < 0) continue; // The first bursts are compiled while they run.
    log.push(logNs);
    logFields.push(logFieldsNs);
  }
  await sink.close();
  return [row("node_log_ns", "ns/record", log), row("node_log_fields_ns", "ns/record", logFields)];
}

const [directory, runsText] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: node.js DIRECTORY RUNS");
const orders = Array.from({ length: BURST_RECORDS }, market(2026, BURST_RECORDS));
printRows(await hotPath(join(directory, "bench-node-{seq}.parquet"), orders, Number(runsText)));
