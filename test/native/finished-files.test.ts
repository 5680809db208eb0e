/** The event `file` and the manifest. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FinishedFile, RecordSink, SinkOptions } from "../../native/lib/index.js";
import { importSink } from "./support/generated.js";
import { thrownBy } from "./support/thrown.js";

interface Sink extends RecordSink {
  log(record: { readonly number: number }): boolean;
}
interface NumbersModule {
  readonly NumbersSink: { open(path?: string | null, options?: SinkOptions): Sink; attach(shared: unknown): Sink };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-finished-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function sinkClass(sink = "{}"): Promise<NumbersModule["NumbersSink"]> {
  const text = `pqflow: 1\nname: numbers\nversion: 1\nfields: [{name: number, id: 1, type: int64}]\nsink: ${sink}\n`;
  return (await importSink<NumbersModule>(text)).NumbersSink;
}

function logNumbers(sink: Sink, count: number): void {
  for (let number = 0; number < count; number++) if (!sink.log({ number })) throw new Error("the ring is full");
}

function heard(sink: Sink): FinishedFile[] {
  const files: FinishedFile[] = [];
  sink.on("file", (file) => files.push(file));
  return files;
}

function manifestLines(name: string): readonly Record<string, unknown>[] {
  return readFileSync(join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the event `file`", () => {
  it("tells every file, in order, before close resolves", async () => {
    const sink = (await sinkClass()).open(join(folder, "n-{seq:01}.parquet"), { rotateRows: 1000 });
    const files = heard(sink);
    logNumbers(sink, 2500);
    await sink.close();
    expect(files.map(({ rows, end, firstSequence, lastSequence }) => ({ rows, end, firstSequence, lastSequence }))).toEqual([
      { rows: 1000, end: "rows", firstSequence: 0, lastSequence: 999 },
      { rows: 1000, end: "rows", firstSequence: 1000, lastSequence: 1999 },
      { rows: 500, end: "close", firstSequence: 2000, lastSequence: 2499 },
    ]);
    const path = join(folder, "n-2.parquet");
    expect(files[2]).toMatchObject({ path, fileSequence: 2, bytes: statSync(path).size, rowGroups: 1, isSynced: true });
    const { begunAtUtcNs = 0n, endedAtUtcNs = 0n } = files[2] ?? {};
    expect(endedAtUtcNs).toBeGreaterThan(begunAtUtcNs);
    expect(Math.abs(Number(endedAtUtcNs / 1_000_000n) - Date.now())).toBeLessThan(60_000);
  });

  it("comes before flush resolves, and by itself for files that rotate", async () => {
    const sink = (await sinkClass()).open(join(folder, "n.parquet"), { layout: "classic", rotateRows: 10 });
    const files = heard(sink);
    logNumbers(sink, 5);
    await sink.flush();
    expect(files.map(({ end }) => end)).toEqual(["flush"]);
    logNumbers(sink, 10);
    for (let tries = 0; tries < 500 && files.length < 2; tries++) await sleep(10);
    expect(files.map(({ end }) => end)).toEqual(["flush", "rows"]);
    await sink.close();
  });

  it("comes before closeSync returns", async () => {
    const sink = (await sinkClass()).open(join(folder, "n.parquet"));
    const files = heard(sink);
    logNumbers(sink, 5);
    sink.closeSync();
    expect(files.map(({ rows }) => rows)).toEqual([5]);
  });

  it("begins with the first listener", async () => {
    const sink = (await sinkClass()).open(join(folder, "n-{seq:01}.parquet"), { layout: "classic" });
    logNumbers(sink, 5);
    await sink.flush();
    const files = heard(sink);
    logNumbers(sink, 7);
    await sink.close();
    expect(files.map(({ fileSequence, rows }) => [fileSequence, rows])).toEqual([[1, 7]]);
  });

  it("does not fail a close by what a listener throws", async () => {
    const sink = (await sinkClass()).open(join(folder, "n.parquet"));
    sink.on("file", () => {
      throw new Error("the listener's own");
    });
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
    await sink.close();
    expect(await thrown).toMatchObject({ message: "the listener's own" });
    for (const other of others) process.on("uncaughtException", other);
  });

  it("is not told on a sink of another thread", async () => {
    const NumbersSink = await sinkClass();
    const sink = NumbersSink.open(join(folder, "n.parquet"));
    const attached = NumbersSink.attach(sink.share());
    const files = heard(sink);
    const filesOfAttached = heard(attached);
    logNumbers(attached, 3);
    await attached.close();
    await sink.close();
    expect([files.length, filesOfAttached.length]).toEqual([1, 0]);
  });
});

describe("the manifest", () => {
  it("names every finished file, with placeholders of its own", async () => {
    const sink = (await sinkClass()).open(join(folder, "n-{seq:01}.parquet"), {
      rotateRows: 1000,
      manifest: join(folder, "list-{schema}-{pid}.ndjson"),
    });
    logNumbers(sink, 1500);
    await sink.close();
    expect(manifestLines(`list-numbers-${process.pid}.ndjson`)).toEqual([
      expect.objectContaining({ path: join(folder, "n-0.parquet"), rows: 1000, end: "rows", schema: "numbers", pid: process.pid }),
      expect.objectContaining({ path: join(folder, "n-1.parquet"), rows: 500, end: "close", host: hostname().replace(/[^\w-]/g, "-") }),
    ]);
  });

  it("is the schema's where the caller says nothing, and none where he says null", async () => {
    const NumbersSink = await sinkClass(`{file: {manifest: "${folder}/list.ndjson"}}`);
    await NumbersSink.open(join(folder, "a.parquet"), { manifest: null }).close();
    expect(existsSync(join(folder, "list.ndjson"))).toBe(false);
    await NumbersSink.open(join(folder, "b.parquet")).close();
    await NumbersSink.open(join(folder, "c.parquet")).close();
    expect(manifestLines("list.ndjson").map(({ path }) => path)).toEqual([join(folder, "b.parquet"), join(folder, "c.parquet")]);
  });

  it("that is not possible is refused at open, and leaves no file", async () => {
    const NumbersSink = await sinkClass();
    const open = (manifest: string) => (): unknown => NumbersSink.open(join(folder, "n.parquet"), { manifest });
    expect(thrownBy(open("list-{seq}.ndjson"))).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(open("list-{seq}.ndjson")).toThrow('manifest: path "list-{seq}.ndjson" has {seq}, the number of a file');
    expect(open("")).toThrow("option manifest: expected a text that is not empty and has no NUL");
    expect(open("{weather}")).toThrow('manifest: path "{weather}": unknown placeholder {weather}');
    expect(open(join(folder, "missing/list.ndjson"))).toThrow(/cannot open manifest .*missing\/list\.ndjson/);
    expect(existsSync(join(folder, "n.parquet"))).toBe(false);
  });

  it("that cannot be written later is an error event and an error of close, and loses no record", async () => {
    const list = join(folder, "list.ndjson");
    const sink = (await sinkClass()).open(join(folder, "n-{seq:01}.parquet"), { manifest: list, rotateRows: 5 });
    const errors: string[] = [];
    sink.on("error", ({ message }) => errors.push(message));
    rmSync(list);
    mkdirSync(list);
    logNumbers(sink, 5);
    await sink.flush();
    expect(sink.stats()).toMatchObject({ manifestMissingLines: 1, state: "running", lastStatus: "IO_ERROR", filesFinished: 1 });
    for (let tries = 0; tries < 500 && errors.length === 0; tries++) await sleep(10);
    expect(errors).toEqual([expect.stringMatching(/^cannot open manifest .*; it lacks 1 finished files, which are complete$/)]);
    await expect(sink.close()).rejects.toMatchObject({ code: "IO_ERROR" });
    expect(sink.stats()).toMatchObject({ lostRecords: 0, visibleRecords: 5 });
  });
});
