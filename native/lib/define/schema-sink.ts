/** A sink whose records are typed by a schema defined at run time. */
import type { LaneWriter } from "../lane-writer.js";
import type { OpenedSink } from "../open-sink.js";
import { RecordSink } from "../record-sink.js";
import type { Fields, RecordOfFields } from "./model.js";
import type { RecordWriter } from "./record-writer.js";

export class SchemaSink<Shape extends Fields> extends RecordSink {
  readonly #laneWriter: LaneWriter;
  readonly #writer: RecordWriter;
  /** The values of the record being logged: kept, so that logging allocates nothing. */
  readonly #values: unknown[] = [];
  #isReading = false;

  /** Use the schema's open(). */
  constructor(opened: OpenedSink, writer: RecordWriter) {
    super(opened);
    this.#laneWriter = opened.lane;
    this.#writer = writer;
  }

  /** Checks every field and logs the record. False when the ring is full: the record is counted as dropped. Throws TypeError or RangeError that name the field. */
  log(record: RecordOfFields<Shape>): boolean {
    const values = this.#read(record);
    const lane = this.#laneWriter;
    const slotByte = lane.reserve();
    if (slotByte < 0) return false;
    this.#writer.store(lane, slotByte, values);
    lane.commit(slotByte);
    return true;
  }

  /** A getter or toJSON that logs to the same sink gets values of its own. */
  #read(record: Readonly<Record<string, unknown>>): readonly unknown[] {
    if (this.#isReading) {
      const values: unknown[] = [];
      this.#writer.read(record, values);
      return values;
    }
    this.#isReading = true;
    try {
      this.#writer.read(record, this.#values);
    } finally {
      this.#isReading = false;
    }
    return this.#values;
  }
}
