/** Files of orders_full as three readers give them, brought to one form. */
import { readFile } from "node:fs/promises";
import { MapRow, StructRow, type Table, Vector } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { rowsOf, sqlText, withDuckdb } from "../../support/readers/duckdb.js";
import { readWithParquetWasm } from "../../support/readers/parquet-wasm.js";
import type { PlainRow } from "./values.js";

type Row = Readonly<Record<string, unknown>>;

/** DuckDB prints decimals exactly; lists of structs become JSON with texts for them. */
const duckdbColumns = `epoch_us(ts_event) AS ts_event, epoch_us(ts_recv) AS ts_recv, symbol, order_id::DOUBLE AS order_id, side, price::VARCHAR AS price, quantity, flags,
  venue, client_tag, to_json(list_transform(bids, x -> {px: x.px::VARCHAR, qty: x.qty, ct: x.ct}))::VARCHAR AS bids,
  to_json(list_transform(asks, x -> {px: x.px::VARCHAR, qty: x.qty, ct: x.ct}))::VARCHAR AS asks,
  to_json(map_entries(attributes))::VARCHAR AS attributes, replace(session::VARCHAR, '-', '') AS session, imbalance::DOUBLE AS imbalance,
  trade_date::VARCHAR AS trade_date, raw::VARCHAR AS raw`;

/** 100.0125 in a column of scale 9. */
function unscaled(text: unknown): number | null {
  return text === null ? null : Math.round(Number(text) * 1e9);
}

function levels(items: readonly Row[], price: (value: unknown) => number | null): PlainRow["bids"] {
  return items.map(({ px, qty, ct }) => ({ px: price(px) ?? 0, qty: Number(qty), ct: Number(ct) }));
}

export async function readWithDuckdb(path: string): Promise<readonly PlainRow[]> {
  const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT ${duckdbColumns} FROM ${sqlText(path)}`));
  return rows.map((row) => {
    const parsed = (column: string): readonly Row[] => JSON.parse(row[column] as string) as readonly Row[];
    return {
      ...(row as unknown as PlainRow),
      venue: Buffer.from((row["venue"] as { readonly bytes: Uint8Array }).bytes).toString(),
      price: unscaled(row["price"]),
      bids: levels(parsed("bids"), unscaled),
      asks: levels(parsed("asks"), unscaled),
      attributes: parsed("attributes").map(({ key, value }) => [key as string, value as number | null] as const),
    };
  });
}

const text = (value: unknown): string => (value instanceof Uint8Array ? Buffer.from(value).toString() : String(value));
const hex = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value).replaceAll("-", "");
const day = (value: unknown): string => new Date(value as number | Date).toISOString().slice(0, 10);
const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

export async function readWithHyparquet(path: string): Promise<readonly PlainRow[]> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const keepNs = { timestampFromNanoseconds: (ns: bigint): bigint => ns / 1000n };
  const rows = await parquetReadObjects({ file, compressors, parsers: keepNs as never });
  return rows.map((row: Row) => ({
    ...(row as unknown as PlainRow),
    order_id: Number(row["order_id"]),
    side: (row["side"] ?? null) as PlainRow["side"],
    price: unscaled(row["price"] ?? null),
    venue: text(row["venue"]),
    client_tag: (row["client_tag"] ?? null) as string | null,
    bids: levels(row["bids"] as readonly Row[], unscaled),
    asks: levels(row["asks"] as readonly Row[], unscaled),
    attributes: Object.entries(row["attributes"] as Row).map(([key, value]) => [key, (value ?? null) as number | null] as const),
    session: hex(row["session"]),
    imbalance: (row["imbalance"] ?? null) as number | null,
    trade_date: day(row["trade_date"]),
    raw: json(row["raw"]),
  }));
}

/** Nanoseconds as they are stored, past the library's conversion to milliseconds. */
function microseconds(table: Table, column: string): readonly bigint[] {
  return (table.getChild(column)?.data ?? []).flatMap((data) => Array.from(data.values as BigInt64Array, (ns) => ns / 1000n));
}

/** Two's complement, 32-bit words, least significant first; prices are below 2^53. */
function fromWords(value: unknown): number | null {
  if (value === null) return null;
  const [low = 0, high = 0] = value as Uint32Array;
  return Number(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)));
}

const structs = (value: unknown): readonly Row[] =>
  [...(value as Vector)].map((item: unknown) => Object.fromEntries([...(item as StructRow)]) as Row);

export async function readWithArrowRs(path: string): Promise<readonly PlainRow[]> {
  const table = await readWithParquetWasm(path);
  const [events, receipts] = [microseconds(table, "ts_event"), microseconds(table, "ts_recv")];
  return table.toArray().map((item: unknown, index: number) => {
    const row = Object.fromEntries([...(item as StructRow)]) as Row;
    return {
      ...(row as unknown as PlainRow),
      ts_event: events[index] ?? 0n,
      ts_recv: receipts[index] ?? 0n,
      order_id: Number(row["order_id"]),
      price: fromWords(row["price"]),
      venue: text(row["venue"]),
      bids: levels(structs(row["bids"]), fromWords),
      asks: levels(structs(row["asks"]), fromWords),
      attributes: [...(row["attributes"] as MapRow)].map(([key, value]) => [key as string, value as number | null] as const),
      session: hex(row["session"]),
      trade_date: day(row["trade_date"]),
    };
  });
}
