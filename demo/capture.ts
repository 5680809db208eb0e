/** The TypeScript producer: draws orders from the market and logs them through the generated class. Usage: capture.js FILE ORDERS; prints one line of JSON. */
import { OrdersSink } from "../generated/orders_sink.js";
import { market } from "./market.js";

const [path, orderCountText] = process.argv.slice(2);
if (path === undefined || orderCountText === undefined) throw new Error("usage: capture.js FILE ORDERS");
const orderCount = Number(orderCountText);
const BATCH_ORDERS = 4096;

const nextOrder = market(2026, orderCount);
const sink = OrdersSink.open(path, { ifExists: "replace" });
let logNs = 0n;
let waitedForRoom = 0;
const started = process.hrtime.bigint();
for (let produced = 0; produced < orderCount; produced += BATCH_ORDERS) {
  const batch = Array.from({ length: Math.min(BATCH_ORDERS, orderCount - produced) }, nextOrder);
  // A simulated feed can wait where a real one cannot: no order is offered while the ring is too full for a batch.
  while (sink.stats().acceptedRecords - sink.stats().persistedRecords > 100_000) {
    waitedForRoom++;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const before = process.hrtime.bigint();
  for (const order of batch) sink.log(order);
  logNs += process.hrtime.bigint() - before;
}
await sink.close();
const elapsedNs = process.hrtime.bigint() - started;
const { acceptedRecords, droppedRecords } = sink.stats();
console.log(
  JSON.stringify({
    records: acceptedRecords,
    dropped: droppedRecords,
    recordsPerS: Math.round((acceptedRecords * 1e9) / Number(elapsedNs)),
    logNs: Number(logNs) / orderCount,
    waitedForRoom,
  }),
);
