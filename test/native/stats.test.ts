import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { binding } from "../../native/lib/binding.js";
import { nativeDescriptor } from "../../native/lib/descriptor.js";
import {
  bool,
  defineSchema,
  int32,
  type LaneWriter,
  openSink,
  optional,
  RecordSink,
  type StatsFormat,
  string,
} from "../../native/lib/index.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-stats-"));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = defineSchema({
  name: "raw",
  fields: { id: int32(), text: string({ length: 4 }), flag: bool(), maybe: optional(bool()), long: string({ maxLength: 257 }) },
});

/** Publishes bytes as they are, as a producer in C could. */
class RawSink extends RecordSink {
  readonly #lane: LaneWriter;

  constructor(path: string) {
    const opened = openSink(schema.descriptor, path);
    super(opened);
    this.#lane = opened.lane;
  }

  write(fields: { readonly text?: string; readonly flag?: number; readonly longLength?: number } = {}): void {
    const slotByte = this.#lane.reserve();
    const { bytes } = this.#lane;
    bytes.fill(0, slotByte, slotByte + schema.descriptor.recordSizeBytes);
    bytes.write(fields.text ?? "good", slotByte + offsetOf("text"), "latin1");
    bytes[slotByte + offsetOf("flag")] = fields.flag ?? 1;
    bytes.writeUInt16LE(fields.longLength ?? 257, slotByte + offsetOf("long"));
    this.#lane.commit(slotByte);
  }
}

function offsetOf(name: string): number {
  return schema.descriptor.fields.find((field) => field.name === name)?.offsetBytes ?? 0;
}

describe("stats().invalidValuesByColumn", () => {
  it("names the columns with substitutes, and no other", async () => {
    const sink = new RawSink(join(folder, "invalid.parquet"));
    sink.write();
    sink.write({ text: "b\xffd!", flag: 7 });
    sink.write({ flag: 2 });
    sink.write({ longLength: 258 });
    await sink.close();
    expect(sink.stats()).toMatchObject({ visibleRecords: 4, invalidValues: 4 });
    expect(sink.stats().invalidValuesByColumn).toEqual({ text: 1, flag: 2, long: 1 });
    expect(sink.stats()).toMatchObject({ lastCall: "none", degradedSinceUtcMs: 0, degradedRetries: 0, filesSetAside: 0 });
  });

  it("is empty where every value was written as it was", async () => {
    const sink = new RawSink(join(folder, "valid.parquet"));
    sink.write();
    await sink.close();
    expect(sink.stats()).toMatchObject({ visibleRecords: 1, invalidValues: 0, invalidValuesByColumn: {} });
  });

  it("is asked of the addon by the index of a column that is there", () => {
    const native = new (binding().Sink)(nativeDescriptor(schema.descriptor), join(folder, "index.parquet"), {});
    expect(native.columnInvalidValues(4)).toBe(0);
    for (const index of [5, -1, "0"]) {
      expect(() => native.columnInvalidValues(index as number)).toThrow("columnIndex: no such column");
    }
    native.closeSync(0);
  });
});

describe("renderStats", () => {
  it("shows sinks and their lanes for people", async () => {
    const path = join(folder, "text.parquet");
    const sink = new RawSink(path);
    sink.write();
    sink.write();
    const text = RecordSink.renderStats([sink], "text");
    expect(text.startsWith(`raw  ${path}  running\n`)).toBe(true);
    expect(text).toMatch(/^ {2}accepted_records +2$/m);
    expect(text).toMatch(/^ {5}0 {2}open +2 /m);
    await sink.close();
    expect(RecordSink.renderStats([sink], "text")).toMatch(/ {2}closed\n/);
  });

  it("gives a scraper one exposition of many sinks", async () => {
    const sinks = Array.from({ length: 30 }, (_, index) => new RawSink(join(folder, `metrics-${index}.parquet`)));
    sinks[7]?.write();
    const text = RecordSink.renderStats(sinks, "openmetrics");
    expect(text.endsWith("\n# EOF\n")).toBe(true);
    expect(text.match(/^# TYPE pqflow_accepted_records counter$/gm)).toHaveLength(1);
    expect(text.match(/^pqflow_accepted_records_total\{.*\} 0$/gm)).toHaveLength(29);
    expect(text).toContain(`pqflow_accepted_records_total{schema="raw",path="${join(folder, "metrics-7.parquet")}"} 1\n`);
    await Promise.all(sinks.map((sink) => sink.close()));
  });

  it("knows two formats", () => {
    for (const wrong of ["json", "toString", 0, undefined])
      expect(() => RecordSink.renderStats([], wrong as unknown as StatsFormat)).toThrow(/expected `text` or `openmetrics`, got/);
  });
});
