/** Market orders from TypeScript without generated code: the schema is defined here, and the records that `log` takes are typed by inference. */
import { defineSchema, enumeration, int32, int64, optional, type RecordOf, string, timestamp } from "pqflow";

const orders = defineSchema({
  name: "market_orders",
  fields: {
    timestamp_ns: timestamp("ns"),
    symbol: string({ length: 8, pad: "space" }),
    order_id: int64(),
    side: enumeration({ bid: 0, ask: 1 }),
    price: int64({ unitOfMeasure: "microcents" }),
    quantity: int64({ unitOfMeasure: "shares" }),
    order_type: enumeration({ new: 0, modify: 1, cancel: 2, trade: 3 }),
    exchange: int32(),
    note: optional(string({ maxLength: 23 })),
  },
});

type Order = RecordOf<typeof orders>;

const ORDER_COUNT = 100_000;

function makeOrder(id: number): Order {
  return {
    timestamp_ns: 1_767_623_400_000_000_000n + BigInt(id) * 1_000n,
    symbol: id % 3 === 0 ? "ACME" : "GLOBEX",
    order_id: id,
    side: id % 2 === 0 ? "bid" : "ask",
    price: 4_200_000_000 + (id % 1_000) * 100,
    quantity: 1 + (id % 50),
    order_type: id % 10 === 0 ? "trade" : "new",
    exchange: 1,
    ...(id % 1_000 === 0 ? { note: "end of the thousand" } : {}),
  };
}

const sink = orders.open(process.argv[2] ?? "market_orders.parquet", { ifExists: "replace" });
try {
  sink.log({ ...makeOrder(1), symbol: "TOO LONG A SYMBOL" });
} catch (error) {
  console.log(`refused: ${(error as Error).message}`);
}
for (let id = 1; id <= ORDER_COUNT; id++) sink.log(makeOrder(id));
await sink.close();
const { visibleRecords, droppedRecords } = sink.stats();
console.log(`${visibleRecords} orders, ${droppedRecords} dropped`);
