// Writers that take rows one by one: @dsnp/parquetjs into Parquet, pino into lines of text from a worker thread.
import { once } from "node:events";
import parquet from "@dsnp/parquetjs";
import pino from "pino";
import { forEachOrder, orderTypeCodes, serve, sideCodes } from "./contender.mjs";

const schema = new parquet.ParquetSchema({
  timestamp_ns: { type: "INT64" },
  symbol: { type: "UTF8" },
  order_id: { type: "INT64" },
  side: { type: "INT32" },
  price: { type: "INT64" },
  quantity: { type: "INT64" },
  order_type: { type: "INT32" },
  exchange: { type: "INT32" },
});

async function writeParquetjs(path, records) {
  const writer = await parquet.ParquetWriter.openFile(schema, path);
  writer.setRowGroupSize(65_536);
  const batch = [];
  const flush = async () => {
    for (const order of batch)
      await writer.appendRow({
        ...order,
        symbol: order.symbol.trimEnd(),
        side: sideCodes[order.side],
        order_type: orderTypeCodes[order.order_type],
      });
    batch.length = 0;
  };
  for (let done = 0; done < records; done += 65_536) {
    forEachOrder(Math.min(65_536, records - done), (order) => batch.push(order), done);
    await flush();
  }
  await writer.close();
}

/** Its transport runs in a worker; JSON has no 64-bit integers, the time is text. */
async function writePino(path, records) {
  const transport = pino.transport({ target: "pino/file", options: { destination: path } });
  await once(transport, "ready");
  const log = pino({ base: null, timestamp: false }, transport);
  for (let done = 0; done < records; done += 10_000) {
    forEachOrder(Math.min(10_000, records - done), (order) => log.info({ ...order, timestamp_ns: String(order.timestamp_ns) }), done);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const closed = once(transport, "close");
  transport.end();
  await closed;
}

await serve("rows", "@dsnp/parquetjs, pino", {
  parquetjs_100k: { write: writeParquetjs, records: 100_000 },
  pino_200k: { write: writePino, records: 200_000 },
});
