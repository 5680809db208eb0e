/** Trades from TypeScript: a producer that can wait loses nothing, and a value that does not fit never reaches the file. */
import { decimalFromString } from "pqflow";
import { TradesSink, type TradesRecord } from "../../generated/trades_sink.js";

const TRADE_COUNT = 50_000;
const SCALE = 8;

function tradeAt(index: number): TradesRecord {
  return {
    time: new Date(1_767_623_400_000 + index),
    symbol: index % 3 === 0 ? "BTC-USD" : "ETH-USD",
    trade_id: 1_000_000 + index,
    side: index % 2 === 0 ? "buy" : "sell",
    price: decimalFromString(`95000.${String(index % 100).padStart(2, "0")}`, SCALE),
    quantity: BigInt(1 + ((index * 104_729) % 100_000_000)),
    // Absent keys of optional fields are null.
    ...(index % 4 !== 0 && { reference_price: decimalFromString("94999.5", SCALE) }),
    condition: index % 100 === 0 ? "opening" : null,
  };
}

await using sink = TradesSink.open(process.argv[2] ?? "trades.parquet", { ifExists: "replace" });
sink.on("error", (error) => console.error(`still trying: ${error.message}`));
for (let index = 0; index < TRADE_COUNT; index++) {
  if (!sink.isWritable) await sink.ready();
  sink.log(tradeAt(index));
}
try {
  sink.log({ ...tradeAt(0), symbol: "A-SYMBOL-TOO-LONG-TO-FIT" });
} catch (error) {
  console.log(`refused: ${(error as Error).message}`);
}
await sink.flush();
console.log(`${sink.stats().visibleRecords} trades, ${sink.stats().droppedRecords} dropped`);
