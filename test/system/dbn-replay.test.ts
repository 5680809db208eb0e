/** Real input: Databento's records of three versions, logged as the publisher's own structs, with values that say undefined; and files without a record. */
import { describeReplay } from "./replay/describe-replay.js";
import { replayDbn } from "./replay/dbn-replay.js";

describeReplay({
  title: "Databento's fixed records through registered structs",
  captures: ["dbn_fixtures"],
  write: replayDbn,
  expected: "dbn.py",
  rows: { dbn_mbo: 6, dbn_trade: 6, dbn_mbp1: 12, dbn_ohlcv: 18, dbn_ohlcv_1d: 0, dbn_statistic: 4, dbn_statistic_v3: 2 },
});
