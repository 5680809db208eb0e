// The protocol of bench/src/contender.hpp for a contender in Node, and the orders that all of them write: objects, made once.
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { market } from "../../../dist/demo/market.js";

const pool_records = 200_000;

const nextOrder = market(2026, pool_records);
const pool = Array.from({ length: pool_records }, nextOrder);

/** Calls `take(order)` for `count` orders from the `first` on; behind the last one of the pool the first comes again. */
export function forEachOrder(count, take, first = 0) {
  for (let done = 0; done < count;) {
    const start = (first + done) % pool_records;
    const end = Math.min(pool_records, start + count - done);
    for (let index = start; index < end; index++) take(pool[index]);
    done += end - start;
  }
}

/** The same orders for a producer that has to wait in between. */
export const orderAt = (index) => pool[index % pool_records];

export const sideCodes = { bid: 0, ask: 1 };
export const orderTypeCodes = { new: 0, modify: 1, cancel: 2, trade: 3 };

/** Calls `take(columns, rows)` for batch after batch of orders as columns: what writers of columns are given. */
export function forEachBatch(count, batch_records, take) {
  let columns = emptyColumns();
  let rows = 0;
  forEachOrder(count, (order) => {
    addOrder(columns, order);
    if (++rows === batch_records) {
      take(columns, rows);
      columns = emptyColumns();
      rows = 0;
    }
  });
  if (rows > 0) take(columns, rows);
}

const emptyColumns = () => ({
  timestamp_ns: [],
  symbol: [],
  order_id: [],
  side: [],
  price: [],
  quantity: [],
  order_type: [],
  exchange: [],
});

function addOrder(columns, order) {
  columns.timestamp_ns.push(order.timestamp_ns);
  columns.symbol.push(order.symbol.trimEnd());
  columns.order_id.push(BigInt(order.order_id));
  columns.side.push(sideCodes[order.side]);
  columns.price.push(BigInt(order.price));
  columns.quantity.push(BigInt(order.quantity));
  columns.order_type.push(orderTypeCodes[order.order_type]);
  columns.exchange.push(order.exchange);
}

/** Runs one variant: how long until the file is complete, and for how much of that the main thread was busy. */
async function measured({ write, records }, path) {
  const before = performance.eventLoopUtilization();
  const start = process.hrtime.bigint();
  await write(path, records);
  const elapsed_ns = Number(process.hrtime.bigint() - start);
  const { active } = performance.eventLoopUtilization(before);
  const size_bytes = statSync(path).size;
  rmSync(path);
  return { elapsed_ns, size_bytes, records, main_thread_ns: active * 1e6 };
}

/** `variants`: { name: { write(path, records), records } }. The folder to write to is the program's argument. */
export async function serve(name, version, variants) {
  const path = join(process.argv[2], `${name}.out`);
  console.log(JSON.stringify({ version, variants: Object.keys(variants) }));
  for await (const variant of createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer = await measured(variants[variant], path);
    } catch (error) {
      answer = { error: String(error) };
    }
    console.log(JSON.stringify(answer));
  }
}
