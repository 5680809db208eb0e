/** Row groups by age and files by rows, size and age, as options of a sink and as defaults of a schema. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultOptions, type Descriptor, type RecordSink, type SinkOptions } from "../../native/lib/index.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { importSink } from "./support/generated.js";

interface Sink extends RecordSink {
  log(record: { readonly number: number }): boolean;
}
interface NumbersModule {
  readonly NumbersSink: { open(path?: string | null, options?: SinkOptions): Sink };
  readonly numbersDescriptor: Descriptor;
}

function schemaText(sink: string): string {
  return `pqflow: 1\nname: numbers\nversion: 1\nfields: [{name: number, id: 1, type: int64}]\nsink: ${sink}\n`;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-rotation-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function logNumbers(sink: Sink, count: number): void {
  for (let number = 0; number < count; number++) if (!sink.log({ number })) throw new Error("the ring is full");
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await sleep(10);
  expect(condition()).toBe(true);
}

async function rowCounts(): Promise<readonly number[]> {
  const sql = `SELECT count(*)::INTEGER AS count FROM read_parquet(${sqlText(join(folder, "*.parquet"))}, filename = true) GROUP BY filename ORDER BY filename`;
  return (await withDuckdb((connection) => rowsOf(connection, sql))).map((row) => row["count"] as number);
}

describe("rotation", () => {
  it("ends files with the row that rotateRows names", async () => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    const sink = NumbersSink.open(join(folder, "n-{seq}.parquet"), { rotateRows: 1000 });
    logNumbers(sink, 2500);
    await sink.close();
    expect(await rowCounts()).toEqual([1000, 1000, 500]);
  });

  it("ends files after the row group that reaches rotateBytes", async () => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    const sink = NumbersSink.open(join(folder, "n-{seq}.parquet"), { rotateBytes: 65_536, rowGroupRows: 5000, codec: "UNCOMPRESSED" });
    for (let number = 0; number < 100_000; number++) sink.log({ number: (number * 2_654_435_761) % 2 ** 40 });
    await sink.close();
    const counts = await rowCounts();
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
    expect(counts.slice(0, -1).every((count) => count % 5000 === 0)).toBe(true);
  });

  it("ends a file by rotateIntervalNs though no record comes", async () => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    const sink = NumbersSink.open(join(folder, "n-{utc_date}.parquet"), { rotateIntervalNs: 1_000_000_000 });
    logNumbers(sink, 5);
    await until(() => sink.stats().visibleRecords === 5);
    expect(readdirSync(folder).every((name) => /^n-\d{4}-\d\d-\d\d\.parquet$/.test(name))).toBe(true);
    await sink.close();
    expect(await rowCounts()).toEqual([5]);
  });

  it("ends a file by rotateClockNs though no record comes, in a folder of its hour", async () => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    const sink = NumbersSink.open(join(folder, "hour={hour}/{time}-{seq:02}.parquet"), { rotateClockNs: 1_000_000_000 });
    logNumbers(sink, 5);
    await until(() => sink.stats().visibleRecords === 5);
    await sink.close();
    const [hour, ...others] = readdirSync(folder);
    expect(hour).toMatch(/^hour=[0-2]\d$/);
    expect(others).toEqual([]);
    expect(readdirSync(join(folder, hour ?? ""))).toEqual([expect.stringMatching(/^\d{6}-00\.parquet$/)]);
  });

  it("names a length that divides no day by the option's own name", async () => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    expect(() => NumbersSink.open(join(folder, "n.parquet"), { rotateClockNs: 7_000_000_000 })).toThrow(
      "rotateClockNs is 7000000000, which does not divide a day; 6000000000 and 8000000000 do",
    );
  });

  it.each([
    ["row groups", { durability: "file" }, 1],
    ["what a row group that is being filled has so far", { durability: "process" }, 0],
  ] as const)("writes %s by flushIntervalNs into the file in progress", async (_, options, rowGroupsWritten) => {
    const { NumbersSink } = await importSink<NumbersModule>(schemaText("{}"));
    const sink = NumbersSink.open(join(folder, "n.parquet"), { flushIntervalNs: 20_000_000, ...options });
    logNumbers(sink, 5);
    await until(() => sink.stats().visibleRecords === 5);
    expect(sink.stats()).toMatchObject({ persistedRecords: 5, rowGroupsWritten, filesFinished: 0 });
    await sink.close();
    expect(await rowCounts()).toEqual([5]);
  });

  it("takes the schema's own defaults", async () => {
    const rotate = "{bytes: 1GiB, rows: 300, interval: 1h, clock: 12h}";
    const text = schemaText(`{flush_interval: 100ms, file: {path: "${folder}/{schema}-{seq}.parquet", rotate: ${rotate}}}`);
    const { NumbersSink, numbersDescriptor } = await importSink<NumbersModule>(text);
    expect(defaultOptions(numbersDescriptor)).toMatchObject({
      flushIntervalNs: 100_000_000,
      rotateBytes: 2 ** 30,
      rotateRows: 300,
      rotateIntervalNs: 3_600_000_000_000,
      rotateClockNs: 43_200_000_000_000,
    });
    const sink = NumbersSink.open();
    logNumbers(sink, 700);
    await sink.close();
    expect(await rowCounts()).toEqual([300, 300, 100]);
  });
});
