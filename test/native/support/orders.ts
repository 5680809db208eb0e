import type { OrdersRecord } from "../../../generated/orders_sink.js";

export const firstTime = 1_767_623_400_000_000_000n;

export function order(id: number, changes: Partial<OrdersRecord> = {}): OrdersRecord {
  return {
    timestamp_ns: firstTime + BigInt(id),
    symbol: "ACME",
    order_id: id,
    side: id % 2 === 0 ? "bid" : "ask",
    price: 4_200_000_000 + id,
    quantity: 100,
    order_type: "trade",
    exchange: 1,
    ...changes,
  };
}
