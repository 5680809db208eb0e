/** Replays a recording of Coinbase's feed through the generated TypeScript classes: book levels, tickers and trades. */
import { scaled } from "./decimals.js";
import { PatientSink } from "./patient-sink.js";
import { isoMicroseconds, receivedMessages } from "./websocket-lines.js";

type Level = readonly [price: string, size: string];
type Texts<Key extends string> = Readonly<Record<Key, string>>;

type Message =
  | { readonly type: "subscriptions" }
  | { readonly type: "snapshot"; readonly product_id: string; readonly asks: readonly Level[]; readonly bids: readonly Level[] }
  | {
      readonly type: "l2update";
      readonly product_id: string;
      readonly time: string;
      readonly changes: readonly (readonly [side: string, ...Level])[];
    }
  | ({ readonly type: "ticker"; readonly sequence: number; readonly trade_id: number } & Texts<
      "product_id" | "side" | "time" | (typeof TICKER_AMOUNTS)[number]
    >)
  | ({ readonly type: "match" | "last_match"; readonly sequence: number; readonly trade_id: number } & Texts<
      "maker_order_id" | "taker_order_id" | "side" | "size" | "price" | "product_id" | "time"
    >);

const TICKER_AMOUNTS = [
  "price",
  "open_24h",
  "volume_24h",
  "low_24h",
  "high_24h",
  "volume_30d",
  "best_bid",
  "best_ask",
  "last_size",
] as const;

const amount = (text: string): bigint => scaled(text, 8);

export async function replayCoinbase(folder: string, capture: string): Promise<void> {
  const levels = await PatientSink.open(folder, "coinbase_level");
  const tickers = await PatientSink.open(folder, "coinbase_ticker");
  const matches = await PatientSink.open(folder, "coinbase_match");
  for await (const { localTime: local_time, message } of receivedMessages<Message>(capture)) {
    if (message.type === "snapshot") {
      const { product_id, asks, bids } = message;
      const sides = [...asks.map((level) => ["sell", ...level] as const), ...bids.map((level) => ["buy", ...level] as const)];
      for (const [side, price, size] of sides)
        await levels.log({ local_time, time: null, product_id, kind: "snapshot", side, price: amount(price), size: amount(size) });
    } else if (message.type === "l2update") {
      const { product_id } = message;
      const time = isoMicroseconds(message.time);
      for (const [side, price, size] of message.changes)
        await levels.log({ local_time, time, product_id, kind: "l2update", side, price: amount(price), size: amount(size) });
    } else if (message.type === "ticker") {
      const { sequence, trade_id, product_id, side } = message;
      const amounts = Object.fromEntries(TICKER_AMOUNTS.map((name) => [name, amount(message[name])]));
      await tickers.log({ local_time, time: isoMicroseconds(message.time), sequence, trade_id, product_id, side, ...amounts });
    } else if (message.type !== "subscriptions") {
      const { type, size, price, time, ...rest } = message;
      const is_last = type === "last_match";
      await matches.log({ ...rest, local_time, time: isoMicroseconds(time), is_last, size: amount(size), price: amount(price) });
    }
  }
  await Promise.all([levels.close(), tickers.close(), matches.close()]);
}
