/** Replays a Binance capture through the generated TypeScript classes into three files, as binance_replay.cpp does through C++. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import type { SinkOptions } from "../../../native/lib/index.js";
import { BinanceBookTickerSink } from "../../../generated/binance_book_ticker_sink.js";
import { BinanceDepthSink } from "../../../generated/binance_depth_sink.js";
import { BinanceTradeSink } from "../../../generated/binance_trade_sink.js";

type Level = readonly [price: string, quantity: string];

/** Update ids and times of the three venues are safe integers; prices and quantities come as text. */
interface Message {
  readonly E?: number;
  readonly T?: number;
  readonly s: string;
  readonly U: number;
  readonly u: number;
  readonly pu?: number;
  readonly t: number;
  readonly p: string;
  readonly q: string;
  readonly m: boolean;
  readonly M?: boolean;
  readonly X?: string;
  readonly b: string | readonly Level[];
  readonly B: string;
  readonly a: string | readonly Level[];
  readonly A: string;
}

/** The decimal string times 10^8, exactly. */
function scaled(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  if (fraction.length > 8) throw new Error(`more than eight decimals: ${text}`);
  return BigInt(whole + fraction.padEnd(8, "0"));
}

const BLOCK_MESSAGES = 2_000;

export async function replayBinance(capturePath: string, directory: string, profile: SinkOptions = {}): Promise<void> {
  const options = { ...profile, metadata: "schema_only" } as const;
  const depth = BinanceDepthSink.open(join(directory, "binance_depth.parquet"), options);
  const bookTicker = BinanceBookTickerSink.open(join(directory, "binance_book_ticker.parquet"), options);
  const trade = BinanceTradeSink.open(join(directory, "binance_trade.parquet"), options);
  const accept = async (log: () => boolean): Promise<void> => {
    while (!log()) await new Promise((resolve) => setTimeout(resolve, 1));
  };

  const logDepth = async (localTime: bigint, data: Message): Promise<void> => {
    for (const side of ["bid", "ask"] as const) {
      for (const [price, quantity] of (side === "bid" ? data.b : data.a) as readonly Level[]) {
        await accept(() =>
          depth.log({
            local_time: localTime,
            event_time: data.E as number,
            transaction_time: data.T ?? null,
            symbol: data.s,
            first_update_id: data.U,
            final_update_id: data.u,
            previous_update_id: data.pu ?? null,
            side,
            price: scaled(price),
            quantity: scaled(quantity),
          }),
        );
      }
    }
  };
  const logBookTicker = (localTime: bigint, data: Message): Promise<void> =>
    accept(() =>
      bookTicker.log({
        local_time: localTime,
        event_time: data.E ?? null,
        transaction_time: data.T ?? null,
        symbol: data.s,
        update_id: data.u,
        bid_price: scaled(data.b as string),
        bid_quantity: scaled(data.B),
        ask_price: scaled(data.a as string),
        ask_quantity: scaled(data.A),
      }),
    );
  const logTrade = (localTime: bigint, data: Message): Promise<void> =>
    accept(() =>
      trade.log({
        local_time: localTime,
        event_time: data.E as number,
        trade_time: data.T as number,
        symbol: data.s,
        trade_id: data.t,
        price_e8: scaled(data.p),
        quantity_e8: scaled(data.q),
        is_buyer_maker: data.m,
        is_best_match: data.M ?? null,
        order_type: data.X ?? null,
      }),
    );

  let messages = 0;
  for await (const line of createInterface({ input: createReadStream(capturePath).pipe(createGunzip()) })) {
    const blank = line.indexOf(" ");
    const localTime = BigInt(line.slice(0, blank));
    const { stream, data } = JSON.parse(line.slice(blank + 1)) as { stream?: string; data: Message };
    if (stream === undefined) continue; // The REST snapshot is not a stream message.
    const kind = stream.split("@")[1];
    await (kind === "trade" ? logTrade : kind === "bookTicker" ? logBookTicker : logDepth)(localTime, data);
    if (++messages % BLOCK_MESSAGES === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all([depth.close(), bookTicker.close(), trade.close()]);
}
