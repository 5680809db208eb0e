import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { importSink } from "./support/generated.js";

interface Sink extends RecordSink {
  log(record: Record<string, unknown>): boolean;
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-bson-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Readers differ in what they make of the annotation: it is looked at, taken off, and the bytes are compared. */
describe("BSON", () => {
  const yaml = `pqflow: 1
name: documents
version: 1
fields:
  - {name: document, id: 1, type: bson, max_length: 300}
  - {name: maybe_document, id: 2, type: bson, max_length: 16, presence: optional}
  - {name: given_document, id: 3, type: bson, max_length: 16, default_value: 0x0500000000}
`;
  const empty = Uint8Array.of(5, 0, 0, 0, 0);
  const flag = Uint8Array.of(9, 0, 0, 0, 8, 97, 0, 1, 0);
  interface DocumentsModule {
    readonly DocumentsSink: { open(path: string, options?: SinkOptions): Sink };
  }

  it("documents are read back as they were logged", async () => {
    const { DocumentsSink } = await importSink<DocumentsModule>(yaml);
    const path = join(folder, "documents.parquet");
    const sink = DocumentsSink.open(path, { ringSlots: 64, codec: "UNCOMPRESSED" });
    sink.log({ document: flag });
    sink.log({ document: empty, maybe_document: flag, given_document: flag });
    await sink.close();
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    expect(metadata.schema.slice(1).map((element) => element.logical_type?.type)).toEqual(["BSON", "BSON", "BSON"]);
    for (const element of metadata.schema) {
      delete element.converted_type;
      delete element.logical_type;
    }
    expect(await parquetReadObjects({ file, metadata, utf8: false })).toEqual([
      { document: flag, maybe_document: null, given_document: empty },
      { document: empty, maybe_document: flag, given_document: flag },
    ]);
  });

  it.each([
    ["a length that is not its own", [6, 0, 0, 0, 0], "document: the 5 bytes are no BSON document"],
    ["no zero byte at its end", [5, 0, 0, 0, 1], "document: the 5 bytes are no BSON document"],
    ["fewer bytes than the empty document", [4, 0, 0, 0], "document: the 4 bytes are no BSON document"],
    ["more bytes than fit", new Array<number>(301).fill(0), "document: 301 bytes, 300 fit"],
  ] as const)("a document with %s is refused", async (what, bytes, message) => {
    const { DocumentsSink } = await importSink<DocumentsModule>(yaml);
    const sink = DocumentsSink.open(join(folder, `refused-${what}.parquet`), { ringSlots: 64 });
    expect(() => sink.log({ document: Uint8Array.from(bytes) })).toThrow(new RangeError(message));
    await sink.close();
    expect(sink.stats().acceptedRecords).toBe(0);
  });
});
