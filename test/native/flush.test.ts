/** What is there for readers when a flush resolves. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OrdersSink } from "../../generated/orders_sink.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { order } from "./support/orders.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-flush-"));
afterAll(() => rmSync(folder, { recursive: true }));

const countIn = (path: string): Promise<unknown> =>
  withDuckdb(
    async (connection) => (await rowsOf(connection, `SELECT count(*)::INTEGER AS n FROM read_parquet(${sqlText(path)})`))[0]?.["n"],
  );

describe("flush", () => {
  it("shows every record in the file in progress when it resolves, and goes on in it", async () => {
    const out = mkdtempSync(join(folder, "flushed-"));
    const sink = OrdersSink.open(join(out, "flushed.parquet"));
    const fileInProgress = join(out, readdirSync(out)[0] ?? "");
    for (let id = 0; id < 10; id++) sink.log(order(id));
    await sink.flush();
    expect(sink.stats()).toMatchObject({ visibleRecords: 10, filesFinished: 0, layout: "live" });
    expect(await countIn(fileInProgress)).toBe(10);
    sink.log(order(10));
    await Promise.all([sink.flush(), sink.flush()]);
    expect(await countIn(fileInProgress)).toBe(11);
    await sink.close();
    expect(await countIn(join(out, "flushed.parquet"))).toBe(11);
  });

  it("has every record in a finished classic file when it resolves, and goes on in the next file", async () => {
    const path = join(folder, "flushed-{seq}.parquet");
    const sink = OrdersSink.open(path, { layout: "classic" });
    for (let id = 0; id < 10; id++) sink.log(order(id));
    await sink.flush();
    expect(sink.stats()).toMatchObject({ visibleRecords: 10, filesFinished: 1 });
    expect(await countIn(join(folder, "flushed-000000.parquet"))).toBe(10);
    sink.log(order(10));
    await Promise.all([sink.flush(), sink.flush()]);
    await sink.close();
    expect(await countIn(join(folder, "flushed-*.parquet"))).toBe(11);
  });

  it("is finished where a close overtakes it", async () => {
    const path = join(folder, "overtaken.parquet");
    const sink = OrdersSink.open(path);
    sink.log(order(1));
    const flushed = sink.flush();
    sink.closeSync();
    await flushed;
    expect(await countIn(path)).toBe(1);
  });
});
