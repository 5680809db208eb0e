// DuckDB: rows appended to a table, one by one or as chunks of columns, then COPY … TO a Parquet file.
import {
  DuckDBDataChunk,
  DuckDBInstance,
  version,
  TIMESTAMP_NS,
  VARCHAR,
  BIGINT,
  INTEGER,
  DuckDBTimestampNanosecondsValue,
} from "@duckdb/node-api";
import { forEachBatch, forEachOrder, orderTypeCodes, serve, sideCodes } from "./contender.mjs";

const types = [TIMESTAMP_NS, VARCHAR, BIGINT, INTEGER, BIGINT, BIGINT, INTEGER, INTEGER];
const table =
  "CREATE TABLE orders (timestamp_ns TIMESTAMP_NS, symbol VARCHAR, order_id BIGINT, side INTEGER, price BIGINT, quantity BIGINT, order_type INTEGER, exchange INTEGER)";
const chunk_rows = 2048;

async function withTable(path, fill) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(table);
    const appender = await connection.createAppender("orders");
    fill(appender);
    appender.closeSync();
    await connection.run(`COPY orders TO '${path.replaceAll("'", "''")}' (FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const appendRows = (path, records) =>
  withTable(path, (appender) =>
    forEachOrder(records, (order) => {
      appender.appendTimestampNanoseconds(new DuckDBTimestampNanosecondsValue(order.timestamp_ns));
      appender.appendVarchar(order.symbol.trimEnd());
      appender.appendBigInt(BigInt(order.order_id));
      appender.appendInteger(sideCodes[order.side]);
      appender.appendBigInt(BigInt(order.price));
      appender.appendBigInt(BigInt(order.quantity));
      appender.appendInteger(orderTypeCodes[order.order_type]);
      appender.appendInteger(order.exchange);
      appender.endRow();
    }),
  );

const appendChunks = (path, records) =>
  withTable(path, (appender) =>
    forEachBatch(records, chunk_rows, (columns, rows) => {
      const times = columns.timestamp_ns.map((time) => new DuckDBTimestampNanosecondsValue(time));
      const chunk = DuckDBDataChunk.create(types, rows);
      chunk.setColumns([times, ...Object.values(columns).slice(1)]);
      appender.appendDataChunk(chunk);
    }),
  );

await serve("duckdb", `DuckDB ${version()} (@duckdb/node-api)`, {
  appender_1m: { write: appendRows, records: 1_000_000 },
  appender_5m: { write: appendRows, records: 5_000_000 },
  chunks_1m: { write: appendChunks, records: 1_000_000 },
  chunks_5m: { write: appendChunks, records: 5_000_000 },
});
