/** The real captures whose files are measured, with what replays them: the tests of test/system read the same tables back. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { SinkOptions } from "../../native/lib/index.js";
import { replayBinance } from "../system/replay/binance-replay.js";
import { replayBitmex } from "../system/replay/bitmex-replay.js";
import { replayCoinbase } from "../system/replay/coinbase-replay.js";
import { replayComma2k19 } from "../system/replay/comma2k19-replay.js";
import { replayDbn } from "../system/replay/dbn-replay.js";
import { buildReplay } from "../system/replay/native-program.js";
import { replayWide } from "../system/replay/wide-replay.js";
import { replayZeek } from "../system/replay/zeek-replay.js";

export interface Capture {
  readonly name: string;
  /** Files or folders below the captures. */
  readonly inputs: readonly string[];
  /** Writes `<table>.parquet` for each table into `folder`, with the schemas' own `parquet:` block; `options` say the same to programs that have schemas of their own. */
  readonly write: (folder: string, inputs: readonly string[], options: SinkOptions) => Promise<unknown>;
}

const binance = (venue: string): Capture => ({
  name: `Binance ${venue}`,
  inputs: [`binance/${venue}_20240808.gz`],
  write: (folder, [input], options) => replayBinance(input as string, folder, options),
});

export const captures: readonly Capture[] = [
  binance("usdm_btcusdt"),
  binance("spot_btcusdt"),
  binance("cm_btcusd_perp"),
  {
    name: "Coinbase",
    inputs: ["coinbase_bitmex/COINBASE.ws.28.0.gz"],
    write: (folder, [input]) => replayCoinbase(folder, input as string),
  },
  { name: "BitMEX", inputs: ["coinbase_bitmex/BITMEX.ws.1.0.gz"], write: (folder, [input]) => replayBitmex(folder, input as string) },
  { name: "comma2k19", inputs: ["comma2k19"], write: replayComma2k19 },
  {
    name: "PX4",
    inputs: ["px4/sample_log_small.ulg"],
    write: async (folder, [log]) =>
      execFileSync(buildReplay(folder, "px4_replay.cpp", ["px4_sensor_combined"]), [
        log as string,
        join(folder, "px4_sensor_combined.parquet"),
      ]),
  },
  { name: "wide tables", inputs: ["wide/nycflights13_weather.csv.gz", "wide/airlineStats_data.avro"], write: replayWide },
  { name: "Zeek", inputs: ["zeek/dns.log.gz", "zeek/x509.log.gz", "zeek/ntp.log.gz"], write: replayZeek },
  { name: "Databento fixtures", inputs: ["dbn_fixtures"], write: replayDbn },
];
