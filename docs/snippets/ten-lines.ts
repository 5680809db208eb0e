import { OrdersSink } from "../../generated/orders_sink.js";

const sink = OrdersSink.open("orders.parquet");
for (let id = 1; id <= 1000; id++) {
  const timestamp_ns = 1_767_623_400_000_000_000n + BigInt(id);
  sink.log({
    timestamp_ns,
    symbol: "ACME",
    order_id: id,
    side: "bid",
    price: 4_200_000_000,
    quantity: 100,
    order_type: "trade",
    exchange: 1,
  });
}
await sink.close();
