/** The programs of examples/ as a user would run them: each in a folder of its own, its file read back by a reader we did not write. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";

const directory = mkdtempSync(join(tmpdir(), "pqflow-examples-"));
afterAll(() => rmSync(directory, { recursive: true }));

const native = (name: string): readonly string[] => [projectPath(`build/examples/${name}`)];
const script = (path: string): readonly string[] => [process.execPath, projectPath(`dist/examples/${path}`)];

/** Runs the program with a path to write to; returns what it prints. */
function run(command: readonly string[], path: string): string {
  const [program = "", ...args] = command;
  return execFileSync(program, [...args, path], { cwd: directory, encoding: "utf8" });
}

async function query(sql: string): Promise<Record<string, unknown> | undefined> {
  return (await withDuckdb((connection) => rowsOf(connection, sql)))[0];
}

describe("market orders", () => {
  it("are captured in C++ into files that are finished on the way", async () => {
    const output = run(native("market_orders_cpp"), join(directory, "cpp-orders-{seq}.parquet"));
    expect(output).toBe("100000 orders in 4 files, 0 refused and logged again\n");
    expect(
      await query(
        `SELECT count(*)::INTEGER AS orders, sum(order_id)::VARCHAR AS ids, count(DISTINCT filename)::INTEGER AS files,
                count(*) FILTER (order_type = 3)::INTEGER AS trades FROM read_parquet(${sqlText(join(directory, "cpp-orders-*.parquet"))}, filename = true)`,
      ),
    ).toEqual({ orders: 100_000, ids: "5000050000", files: 4, trades: 10_000 });
  });

  const runTimeOrders = { orders: 100_000, ids: "5000050000", acme: 33_333, asks: 50_000, trades: 10_000, last_ns: "1767623400100000000" };
  const summary = (path: string): string =>
    `SELECT count(*)::INTEGER AS orders, sum(order_id)::VARCHAR AS ids, count(*) FILTER (symbol = 'ACME')::INTEGER AS acme, count(*) FILTER (side = 1)::INTEGER AS asks,
            count(*) FILTER (order_type = 3)::INTEGER AS trades, max(epoch_ns(timestamp_ns))::VARCHAR AS last_ns FROM ${sqlText(path)}`;

  it("are captured in C with a schema made at run time", async () => {
    const path = join(directory, "run-time-orders-c.parquet");
    expect(run(native("market_orders_run_time_c"), path)).toBe("100000 orders, 0 dropped\n");
    expect(await query(summary(path))).toEqual(runTimeOrders);
  });

  it("are captured in TypeScript with a schema made at run time, which refuses a text that does not fit", async () => {
    const path = join(directory, "run-time-orders-ts.parquet");
    expect(run(script("market_orders/market-orders.js"), path)).toBe(
      "refused: symbol: the text has 17 bytes in UTF-8, 8 fit\n100000 orders, 0 dropped\n",
    );
    const named = summary(path).replace("side = 1", "side = 'ask'").replace("order_type = 3", "order_type = 'trade'");
    expect(await query(named)).toEqual(runTimeOrders);
    expect(await query(`SELECT count(note)::INTEGER AS notes FROM ${sqlText(path)}`)).toEqual({ notes: 100 });
  });
});

describe("trades", () => {
  const expected = { trades: 50_000, buys: 25_000, without_reference: 12_500, conditions: 500, bitcoin: 16_667, venue: "XDEM" };
  const summary = (path: string): string =>
    `SELECT count(*)::INTEGER AS trades, count(*) FILTER (side = 'buy')::INTEGER AS buys, count(*) FILTER (reference_price IS NULL)::INTEGER AS without_reference,
            count(condition)::INTEGER AS conditions, count(*) FILTER (symbol = 'BTC-USD')::INTEGER AS bitcoin, any_value(decode(venue)) AS venue FROM ${sqlText(path)}`;

  it("are reserved, filled and committed in C", async () => {
    const path = join(directory, "trades-c.parquet");
    expect(run(native("trades_c"), path)).toMatch(/^50000 trades, 0 dropped, \d+ bytes\n$/);
    expect(await query(summary(path))).toEqual(expected);
  });

  it("are logged field by field in C++, in row groups of the program's size", async () => {
    const path = join(directory, "trades-cpp.parquet");
    expect(run(native("trades_cpp"), path)).toMatch(/^50000 trades in 4 row groups, \d+ bytes\n$/);
    expect(await query(summary(path))).toEqual(expected);
  });

  it("hold the same rows from C and C++", async () => {
    const [c, cpp] = ["c", "cpp"].map((language) => sqlText(join(directory, `trades-${language}.parquet`)));
    expect(await query(`SELECT count(*)::INTEGER AS differing FROM (FROM ${c ?? ""} EXCEPT FROM ${cpp ?? ""})`)).toEqual({ differing: 0 });
  });

  it("are logged from TypeScript, which refuses a text that does not fit", async () => {
    const path = join(directory, "trades-ts.parquet");
    expect(run(script("trades/trades.js"), path)).toMatch(/^refused: symbol: .*15.*\n50000 trades, 0 dropped\n$/);
    expect(await query(summary(path))).toEqual(expected);
  });
});

describe("telemetry", () => {
  const expected = { readings: 20_000, last: 19_999, without_temperature: 400, without_pressure: 2_858, running: 20_000 };
  const summary = (path: string): string =>
    `SELECT count(*)::INTEGER AS readings, max(sequence)::INTEGER AS last, count(*) FILTER (temperature IS NULL)::INTEGER AS without_temperature,
            count(*) FILTER (pressure IS NULL)::INTEGER AS without_pressure, count(*) FILTER (state = 'running')::INTEGER AS running FROM ${sqlText(path)}`;

  it("is captured in C from a struct of the program's own", async () => {
    const path = join(directory, "telemetry-c.parquet");
    expect(run(native("telemetry_c"), path)).toBe("20000 readings, 0 dropped\n");
    expect(await query(summary(path))).toEqual(expected);
  });

  it("is captured in C++ by a sampling thread while another watches", async () => {
    const path = join(directory, "telemetry-cpp.parquet");
    expect(run(native("telemetry_cpp"), path)).toBe("20000 readings\n");
    expect(await query(summary(path))).toEqual(expected);
  });

  it("holds the same rows from C and C++", async () => {
    const [c, cpp] = ["c", "cpp"].map((language) => sqlText(join(directory, `telemetry-${language}.parquet`)));
    expect(await query(`SELECT count(*)::INTEGER AS differing FROM (FROM ${c ?? ""} EXCEPT FROM ${cpp ?? ""})`)).toEqual({ differing: 0 });
  });

  it("is captured in TypeScript", async () => {
    const path = join(directory, "telemetry-ts.parquet");
    expect(run(script("telemetry/telemetry.js"), path)).toBe("20000 readings\n");
    expect(await query(summary(path))).toEqual(expected);
  });
});
