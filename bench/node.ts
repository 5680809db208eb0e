/**
 * The TypeScript producer's cost per record, every field checked, beside its limit: bursts into a ring with room, while the writer sleeps and
 * while it takes and encodes them. Usage: node.js DIRECTORY RUNS; prints rows as JSON.
 */
import { join } from "node:path";
import { OrdersSink, type OrdersRecord } from "../generated/orders_sink.js";
import { market } from "../demo/market.js";
import { UncheckedSink } from "./node-unchecked.js";
import { printRows, row } from "./rows.js";

const BURST_RECORDS = 8192;
const BURST_COUNT = 12;
const WARM_UP_RUNS = 3;
/** The writer had nothing to do for so long, and sleeps. Not longer: neighbours on a shared machine would have emptied the cache. */
const QUIET_NS = 1_000_000n;

type Orders = readonly OrdersRecord[];

interface Variant {
  readonly name: string;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Logs all orders; returns how many the ring refused. */
  readonly burst: (orders: Orders) => number;
  readonly runs_ns: { readonly quiet: number[]; readonly encoding: number[] };
}

function logBurst(sink: OrdersSink, orders: Orders): number {
  let refused = 0;
  for (const order of orders) if (!sink.log(order)) refused++;
  return refused;
}

function logFieldsBurst(sink: OrdersSink, orders: Orders): number {
  let refused = 0;
  for (const order of orders) {
    const isLogged = sink.logFields(
      order.timestamp_ns,
      order.symbol,
      order.order_id,
      order.side,
      order.price,
      order.quantity,
      order.order_type,
      order.exchange,
    );
    if (!isLogged) refused++;
  }
  return refused;
}

function uncheckedBurst(sink: UncheckedSink, orders: Orders): number {
  let refused = 0;
  for (const order of orders) if (!sink.log(order)) refused++;
  return refused;
}

function variant<Sink extends OrdersSink | UncheckedSink>(
  name: string,
  sink: Sink,
  burst: (sink: Sink, orders: Orders) => number,
): Variant {
  return {
    name,
    flush: () => sink.flush(),
    close: () => sink.close(),
    burst: (orders) => burst(sink, orders),
    runs_ns: { quiet: [], encoding: [] },
  };
}

/** Nanoseconds per record. */
function timedBurst({ name, burst }: Variant, orders: Orders): number {
  const start = process.hrtime.bigint();
  const refused = burst(orders);
  const elapsed = Number(process.hrtime.bigint() - start);
  if (refused > 0) throw new Error(`${name}: the ring refused ${refused} records, their time is not that of a record`);
  return elapsed / orders.length;
}

/** Of a run's bursts: one during which the thread was not scheduled says nothing about the call. */
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

async function quietBursts(each: Variant, bursts: readonly Orders[]): Promise<number> {
  const times: number[] = [];
  for (const orders of bursts) {
    await each.flush();
    const start = process.hrtime.bigint();
    while (process.hrtime.bigint() - start < QUIET_NS);
    times.push(timedBurst(each, orders));
  }
  return median(times);
}

async function encodingBursts(each: Variant, bursts: readonly Orders[]): Promise<number> {
  await each.flush(); // The ring is empty: all bursts of a run fit.
  return median(bursts.map((orders) => timedBurst(each, orders)));
}

async function measure(variants: readonly Variant[], bursts: readonly Orders[], runs: number): Promise<void> {
  for (let run = -WARM_UP_RUNS; run < runs; run++) {
    for (const each of variants) {
      const quiet_ns = await quietBursts(each, bursts);
      const encoding_ns = await encodingBursts(each, bursts);
      if (run < 0) continue;
      each.runs_ns.quiet.push(quiet_ns);
      each.runs_ns.encoding.push(encoding_ns);
    }
  }
  for (const { close } of variants) await close();
}

const [directory, runsText] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: node.js DIRECTORY RUNS");
const nextOrder = market(2026, BURST_RECORDS * BURST_COUNT);
const bursts = Array.from({ length: BURST_COUNT }, () => Array.from({ length: BURST_RECORDS }, nextOrder));
const path = (name: string): string => join(directory, `bench-node-${name}-{seq}.parquet`);
const open = (name: string): OrdersSink => OrdersSink.open(path(name), { ifExists: "replace" });
const variants = [
  variant("node_log", open("log"), logBurst),
  variant("node_log_fields", open("fields"), logFieldsBurst),
  variant("node_unchecked_log", UncheckedSink.open(path("unchecked")), uncheckedBurst),
];
await measure(variants, bursts, Number(runsText));
printRows(
  variants.flatMap(({ name, runs_ns }) => [
    row(`${name}_ns`, "ns/record", runs_ns.quiet),
    row(`${name}_while_encoding_ns`, "ns/record", runs_ns.encoding),
  ]),
);
