/** Replays a recording of BitMEX's feed through the generated TypeScript classes: book levels, quotes and trades. */
import { scaled } from "./decimals.js";
import { PatientSink, type FieldValues } from "./patient-sink.js";
import { receivedMessages } from "./websocket-lines.js";

interface Row {
  readonly symbol: string;
  readonly timestamp: string;
  readonly id: number;
  readonly side: string;
  readonly size?: number;
  readonly price?: number;
  readonly bidSize: number;
  readonly bidPrice: number;
  readonly askPrice: number;
  readonly askSize: number;
  readonly tickDirection: string;
  readonly trdMatchID: string;
  readonly grossValue: number;
  readonly homeNotional: number;
  readonly foreignNotional: number;
}

interface Message {
  readonly table?: "orderBookL2" | "quote" | "trade";
  readonly action: string;
  readonly data: readonly Row[];
}

/** JSON numbers have few digits, so the shortest text of the double is what the venue sent. */
const price = (value: number): bigint => scaled(String(value), 10);

const level = (action: string, { symbol, id, side, size, price: at }: Row): FieldValues => ({
  action,
  symbol,
  id,
  side: side.toLowerCase(),
  size: size ?? null,
  price: at === undefined ? null : price(at),
});

const quote = ({ symbol, timestamp, bidSize, bidPrice, askPrice, askSize }: Row): FieldValues => ({
  timestamp: Date.parse(timestamp),
  symbol,
  bid_size: bidSize,
  bid_price: price(bidPrice),
  ask_price: price(askPrice),
  ask_size: askSize,
});

const trade = (row: Row): FieldValues => ({
  timestamp: Date.parse(row.timestamp),
  symbol: row.symbol,
  side: row.side.toLowerCase(),
  size: row.size as number,
  price: price(row.price as number),
  tick_direction: row.tickDirection,
  match_id: row.trdMatchID,
  gross_value: row.grossValue,
  home_notional: row.homeNotional,
  foreign_notional: row.foreignNotional,
});

export async function replayBitmex(folder: string, capture: string): Promise<void> {
  const levels = await PatientSink.open(folder, "bitmex_level");
  const quotes = await PatientSink.open(folder, "bitmex_quote");
  const trades = await PatientSink.open(folder, "bitmex_trade");
  for await (const { localTime: local_time, message } of receivedMessages<Message>(capture)) {
    if (message.table === undefined) continue; // Answers to subscriptions.
    for (const row of message.data) {
      if (message.table === "orderBookL2") await levels.log({ local_time, ...level(message.action, row) });
      else if (message.table === "quote") await quotes.log({ local_time, ...quote(row) });
      else await trades.log({ local_time, ...trade(row) });
    }
  }
  await Promise.all([levels.close(), quotes.close(), trades.close()]);
}
