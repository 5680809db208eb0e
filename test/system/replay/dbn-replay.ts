/** Unpacks Databento's files of versions 1, 2 and 3 and replays them in C++, one table for each kind of record. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decompressZstd } from "hyparquet-compressors";
import { buildReplay } from "./native-program.js";

/** Table, schema, and the files whose records it takes, each in versions 1, 2 and 3. The daily bars are files without records. */
const TABLES = [
  { table: "dbn_mbo", schema: "dbn_mbo", files: ["mbo"], versions: [1, 2, 3] },
  { table: "dbn_trade", schema: "dbn_trade", files: ["trades"], versions: [1, 2, 3] },
  { table: "dbn_mbp1", schema: "dbn_mbp1", files: ["mbp-1", "tbbo"], versions: [1, 2, 3] },
  { table: "dbn_ohlcv", schema: "dbn_ohlcv", files: ["ohlcv-1s", "ohlcv-1m", "ohlcv-1h"], versions: [1, 2, 3] },
  { table: "dbn_ohlcv_1d", schema: "dbn_ohlcv", files: ["ohlcv-1d"], versions: [1, 2, 3] },
  { table: "dbn_statistic", schema: "dbn_statistic", files: ["statistics"], versions: [1, 2] },
  { table: "dbn_statistic_v3", schema: "dbn_statistic_v3", files: ["statistics"], versions: [3] },
] as const;

function unpack(fixtures: string, folder: string, name: string): string {
  const path = join(folder, `${name}.dbn`);
  writeFileSync(path, decompressZstd(readFileSync(join(fixtures, `test_data.${name}.dbn.zst`))));
  return path;
}

/** Resolves to `table=file` for each file, in the order of the records. */
export async function replayDbn(folder: string, [fixtures]: readonly string[]): Promise<readonly string[]> {
  const program = buildReplay(folder, "dbn_replay.cpp", [...new Set(TABLES.map(({ schema }) => schema))]);
  return TABLES.flatMap(({ table, schema, files, versions }) => {
    const inputs = files.flatMap((file) => versions.map((version) => unpack(fixtures as string, folder, `${file}.v${version}`)));
    execFileSync(program, [schema, join(folder, `${table}.parquet`), ...inputs]);
    return inputs.map((input) => `${table}=${input}`);
  });
}
