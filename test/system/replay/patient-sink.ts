/** Sinks of the replays: generated from replay/schemas when the test runs. A replay can wait where a feed cannot, so no record is refused. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordSink, SinkOptions } from "../../../native/lib/index.js";
import { importSink } from "../../native/support/generated.js";
import { projectPath } from "../../support/paths.js";
import { withParquetBlock } from "./parquet-block.js";

export type FieldValue = string | number | bigint | boolean | Uint8Array | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

interface GeneratedSink extends RecordSink {
  log(record: FieldValues): boolean;
}
interface GeneratedClass {
  open(path: string, options?: SinkOptions): GeneratedSink;
}

/** Less than most captures have rows, so that the ring is full now and then. */
const RING_SLOTS = 4096;
/** Those of programs with a larger ring, so that their files are the same. */
const ROW_GROUP_ROWS = 65_536;

export const replaySchema = (name: string): string =>
  withParquetBlock(readFileSync(projectPath(`test/system/replay/schemas/${name}.yaml`), "utf8"));

export class PatientSink {
  readonly #sink: GeneratedSink;

  private constructor(sink: GeneratedSink) {
    this.#sink = sink;
  }

  /** Opens `<folder>/<schema>.parquet` with the schema of that name. */
  static async open(folder: string, schema: string): Promise<PatientSink> {
    const module = await importSink<Readonly<Record<string, unknown>>>(replaySchema(schema));
    const generated = Object.entries(module).find(([name]) => name.endsWith("Sink"));
    if (generated === undefined) throw new Error(`${schema}: no class was generated`);
    const options = { ringSlots: RING_SLOTS, rowGroupRows: ROW_GROUP_ROWS, metadata: "schema_only" } as const;
    return new PatientSink((generated[1] as GeneratedClass).open(join(folder, `${schema}.parquet`), options));
  }

  async log(record: FieldValues): Promise<void> {
    if (!this.#sink.isWritable) await this.#sink.ready();
    if (!this.#sink.log(record)) throw new Error("a record was refused although there was room");
  }

  close(): Promise<void> {
    return this.#sink.close();
  }
}
