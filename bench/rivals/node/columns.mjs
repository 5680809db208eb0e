// hyparquet-writer and parquet-wasm: both are given columns.
import { writeFileSync } from "node:fs";
import { Int32, Int64, Table, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { ParquetWriter, fileWriter } from "hyparquet-writer";
import { Compression, Table as WasmTable, WriterPropertiesBuilder, writeParquet } from "parquet-wasm/node";
import { forEachBatch, serve } from "./contender.mjs";

const types = {
  timestamp_ns: "INT64",
  symbol: "STRING",
  order_id: "INT64",
  side: "INT32",
  price: "INT64",
  quantity: "INT64",
  order_type: "INT32",
  exchange: "INT32",
};
const arrowTypes = {
  timestamp_ns: new Int64(),
  symbol: new Utf8(),
  order_id: new Int64(),
  side: new Int32(),
  price: new Int64(),
  quantity: new Int64(),
  order_type: new Int32(),
  exchange: new Int32(),
};

/** Row groups of its own default size, written as they fill. */
async function writeHyparquet(path, records) {
  const schema = [
    { name: "root", num_children: Object.keys(types).length },
    ...Object.entries(types).map(([name, type]) =>
      type === "STRING"
        ? { name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" }
        : { name, type, repetition_type: "REQUIRED" },
    ),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema });
  forEachBatch(records, 100_000, (columns) =>
    writer.write({ columnData: Object.entries(columns).map(([name, data]) => ({ name, data })) }),
  );
  await writer.finish();
}

async function writeWasm(path, records) {
  forEachBatch(records, records, (columns) => {
    const vectors = Object.fromEntries(Object.entries(columns).map(([name, data]) => [name, vectorFromArray(data, arrowTypes[name])]));
    const table = WasmTable.fromIPCStream(tableToIPC(new Table(vectors), "stream"));
    const properties = new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build();
    writeFileSync(path, writeParquet(table, properties));
  });
}

await serve("columns", "hyparquet-writer, parquet-wasm", {
  hyparquet_1m: { write: writeHyparquet, records: 1_000_000 },
  parquet_wasm_1m: { write: writeWasm, records: 1_000_000 },
});
