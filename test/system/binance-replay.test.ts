/** Real input: the Binance captures, through C++ and through TypeScript, read back by three readers and compared with sums computed straight from the input by other code. */
import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableAggregates } from "../support/readers/aggregates.js";
import { projectPath, sharedDataPath } from "../support/paths.js";
import { expectedTables, READERS } from "./replay/describe-replay.js";
import { replayBinance } from "./replay/binance-replay.js";

const SCHEMAS = ["binance_depth", "binance_book_ticker", "binance_trade"] as const;

/** Counted when the captures were collected; the data's own description lists them. */
const CAPTURES = [
  { file: "usdm_btcusdt_20240808.gz", rows: { binance_depth: 443_521, binance_book_ticker: 66_089, binance_trade: 21_313 } },
  { file: "spot_btcusdt_20240808.gz", rows: { binance_depth: 124_090, binance_book_ticker: 28_040, binance_trade: 9_757 } },
  { file: "cm_btcusd_perp_20240808.gz", rows: { binance_depth: 296_013, binance_book_ticker: 19_136, binance_trade: 2_286 } },
] as const;

function replayThroughCpp(capturePath: string, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const replay = spawn(projectPath("build/test/binance_replay"), [directory], { stdio: ["pipe", "inherit", "inherit"] });
    replay.on("error", reject);
    replay.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`binance_replay ended with ${String(code)}`))));
    createReadStream(capturePath).pipe(createGunzip()).pipe(replay.stdin);
  });
}

for (const { file, rows } of CAPTURES) {
  const capturePath = sharedDataPath(`binance/${file}`);
  const isPresent = existsSync(capturePath);
  describe.skipIf(!isPresent)(`replays ${file}${isPresent ? "" : " (skipped: the captures are not beside the checkout)"}`, () => {
    const directory = mkdtempSync(join(tmpdir(), "pqflow-replay-"));
    let expected: Readonly<Record<string, TableAggregates>> = {};

    beforeAll(async () => {
      for (const side of ["cpp", "ts"]) mkdirSync(join(directory, side));
      await Promise.all([replayThroughCpp(capturePath, join(directory, "cpp")), replayBinance(capturePath, join(directory, "ts"))]);
      expected = expectedTables("binance.py", [capturePath]);
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    for (const schema of SCHEMAS) {
      it(`${schema}: C++ and TypeScript write the same bytes`, () => {
        const bytes = ["cpp", "ts"].map((side) => readFileSync(join(directory, side, `${schema}.parquet`)));
        expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true);
      });
      it(`${schema}: holds ${rows[schema]} rows`, () => expect(expected[schema]?.rows).toBe(rows[schema]));
      for (const [reader, aggregate] of Object.entries(READERS)) {
        it(`${schema}: ${reader} finds every value of the input in its row`, async () => {
          expect(await aggregate(join(directory, "cpp", `${schema}.parquet`))).toEqual(expected[schema]);
        });
      }
    }
  });
}
