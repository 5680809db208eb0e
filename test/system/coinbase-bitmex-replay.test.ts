/** Real input: websocket recordings of two venues; decimal texts of varying scale, UUIDs, 64-bit ids, prices that some messages leave out. */
import { replayBitmex } from "./replay/bitmex-replay.js";
import { replayCoinbase } from "./replay/coinbase-replay.js";
import { describeReplay } from "./replay/describe-replay.js";

describeReplay({
  title: "recordings of Coinbase and BitMEX",
  captures: ["coinbase_bitmex/COINBASE.ws.28.0.gz", "coinbase_bitmex/BITMEX.ws.1.0.gz"],
  write: async (folder, [coinbase, bitmex]) => {
    await replayCoinbase(folder, coinbase as string);
    await replayBitmex(folder, bitmex as string);
  },
  expected: "coinbase_bitmex.py",
  rows: {
    coinbase_level: 9_719 + 8_362,
    coinbase_ticker: 107,
    coinbase_match: 107,
    bitmex_level: 11_746 + 554 + 1_490 + 543,
    bitmex_quote: 436,
    bitmex_trade: 27,
  },
});
