/**
 * What capturing does to a Node process: how long the event loop stood still at most, and how much memory there is at the end. Usage:
 * node-stall.js DIRECTORY RUNS ORDERS; prints rows as JSON. Orders come in turns of a thousand, as from sockets; between them the loop runs.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { OrdersSink, type OrdersRecord } from "../generated/orders_sink.js";
import { market } from "../demo/market.js";
import { printRows, row } from "./rows.js";

const POOL_RECORDS = 20_000;
const TURN_RECORDS = 1_000;
const BYTES_PER_MB = 1_000_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs `done` while turns of the loop are timed; answers the longest, ms. */
async function longestTurn(done: () => Promise<void>): Promise<number> {
  let last = performance.now();
  let longest_ms = 0;
  let isOver = false;
  const mark = (): void => {
    const now = performance.now();
    longest_ms = Math.max(longest_ms, now - last);
    last = now;
  };
  const watch = (): void => {
    mark();
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await done();
  isOver = true;
  return longest_ms;
}

async function capture(sink: OrdersSink, orders: readonly OrdersRecord[], count: number): Promise<void> {
  for (let done = 0; done < count; done += TURN_RECORDS) {
    const start = done % POOL_RECORDS;
    for (const order of orders.slice(start, start + TURN_RECORDS)) while (!sink.log(order)) await sink.ready();
    await turn();
  }
}

const [directory, runsText, ordersText] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: node-stall.js DIRECTORY RUNS ORDERS");
const orders = Array.from({ length: POOL_RECORDS }, market(2026, POOL_RECORDS));
const path = join(directory, "bench-node-stall.parquet");
const stalls: number[] = [];
const memory: number[] = [];
for (let run = 0; run <= Number(runsText); run++) {
  const sink = OrdersSink.open(path, { ifExists: "replace" });
  const stall_ms = await longestTurn(async () => {
    await capture(sink, orders, Number(ordersText));
    await sink.close();
  });
  rmSync(path);
  if (run === 0) continue; // Code is compiled while it runs.
  stalls.push(stall_ms);
  memory.push(process.memoryUsage().rss / BYTES_PER_MB);
}
printRows([row("node_longest_stall_ms", "ms", stalls), row("node_rss_mb", "MB", memory)]);
