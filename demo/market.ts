/** A seeded market for the TypeScript producer: the same kind of orders as market.hpp, drawn with 32-bit arithmetic. */
import type { OrdersOrderType, OrdersRecord, OrdersSide } from "../generated/orders_sink.js";

const NAMES = ["ACME", "NOVA", "ORBIT", "HELIX", "QUARTZ", "EMBER", "LYRA", "DELTA", "FJORD", "TERRA", "VEGA", "ONYX"] as const;
const OPEN_NS = 1_767_623_400_000_000_000n; // Monday 2026-01-05, 14:30 UTC.
const SESSION_NS = 23_400_000_000_000; // Six and a half hours.
const MICROCENTS_PER_TICK = 1_000_000; // One tick is one cent.

/** sfc32 (Doty-Humphrey): 32-bit state words only. Returns a function that draws uniformly from [0, bound). */
function seededRandom(seed: number): (bound: number) => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return (bound) => Math.floor((next() / 4_294_967_296) * bound);
}

interface MarketSymbol {
  readonly name: string;
  midTicks: number;
}

/** Returns a function that draws the next order; `orderCount` orders fill one session. */
export function market(seed: number, orderCount: number): () => OrdersRecord {
  const below = seededRandom(seed);
  const symbols: readonly MarketSymbol[] = NAMES.map((name) => ({ name: name.padEnd(8), midTicks: 2000 + below(40_000) }));
  const meanGapNs = SESSION_NS / orderCount;
  let elapsedNs = 0;
  let lastOrderId = 0;

  return () => {
    const symbol = symbols[Math.min(below(symbols.length), below(symbols.length))] as MarketSymbol;
    const draw = below(100);
    const orderType: OrdersOrderType = draw < 46 ? "new" : draw < 58 ? "modify" : draw < 92 ? "cancel" : "trade";
    const side: OrdersSide = below(2) === 0 ? "bid" : "ask";
    if (orderType === "trade" && symbol.midTicks > 500) symbol.midTicks += below(2) * 2 - 1;
    const distanceTicks = orderType === "trade" ? 0 : (1 + below(6)) * (side === "bid" ? -1 : 1);
    elapsedNs += Math.floor((below(2000) * meanGapNs) / 1000) + 1;
    return {
      timestamp_ns: OPEN_NS + BigInt(elapsedNs),
      symbol: symbol.name,
      order_id: orderType === "new" ? ++lastOrderId : Math.max(1, lastOrderId - below(5000)),
      side,
      price: (symbol.midTicks + distanceTicks) * MICROCENTS_PER_TICK,
      quantity: orderType === "cancel" ? 0 : 100 * (1 + below(10)),
      order_type: orderType,
      exchange: 1 + below(4),
    };
  };
}
