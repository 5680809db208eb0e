/** The records of log.c: what TypeScript logs, and what a reader must find. */
import type { OrdersFullRecord } from "../../../generated/orders_full_sink.js";

export const ROW_COUNT = 1000;
/** PQFLOW_CLOCK_NOW_NS of log.c. */
export const heldNs = 1_767_623_400_123_456_789n;

const sides = ["bid", "ask", "none"] as const;
const basePrice = 100_000_000_000;
const tick = 12_500_000;

interface PlainLevel {
  readonly px: number;
  readonly qty: number;
  readonly ct: number;
}

function levelsOf(row: number, count: number, sign: number): readonly PlainLevel[] {
  return Array.from({ length: count }, (_, depth) => ({ px: basePrice + sign * ((row % 97) + depth) * tick, qty: depth + 1, ct: depth }));
}

/** A row in forms that every reader can be brought to: decimals unscaled, times in microseconds, bytes in hexadecimal digits. */
export interface PlainRow {
  readonly ts_event: bigint;
  readonly ts_recv: bigint;
  readonly symbol: string;
  readonly order_id: number;
  readonly side: "bid" | "ask" | "none" | null;
  readonly price: number | null;
  readonly quantity: number;
  readonly flags: number;
  readonly venue: string;
  readonly client_tag: string | null;
  readonly bids: readonly PlainLevel[];
  readonly asks: readonly PlainLevel[];
  readonly attributes: readonly (readonly [key: string, value: number | null])[];
  readonly session: string;
  readonly imbalance: number | null;
  readonly trade_date: string;
  readonly raw: string | null;
}

const tsEventOf = (row: number): bigint => 1_767_623_400_000_000_000n + BigInt(row) * 1_000_003n;
const tradeDateOf = (row: number): number => 20_000 + (row % 3);

export function plainRow(row: number): PlainRow {
  return {
    ts_event: tsEventOf(row) / 1000n,
    ts_recv: heldNs / 1000n,
    symbol: `SYM${row % 50}`,
    order_id: 1_000_000 + row * 7,
    side: row % 10 === 9 ? null : (sides[row % 3] ?? null),
    price: row % 5 === 4 ? null : basePrice + (row % 97) * tick,
    quantity: 1 + (row % 500),
    flags: (row % 2 === 0 ? 0 : 1 << 7) | (row % 7 === 0 ? 1 << 5 : 0) | (row % 11 === 0 ? 1 << 3 : 0),
    venue: "XNAS",
    client_tag: row % 4 === 0 ? null : `tag-${row}`,
    bids: levelsOf(row, row % 11, -1),
    asks: levelsOf(row, (row * 3) % 11, 1),
    attributes: Array.from({ length: row % 5 }, (_, entry) => [`key${entry}`, entry % 2 === 0 ? row + entry : null] as const),
    session: Buffer.from(Array.from({ length: 16 }, (_, index) => (row * 31 + index) & 0xff)).toString("hex"),
    imbalance: row % 6 === 0 ? null : (row % 64) / 8 - 4,
    trade_date: new Date(tradeDateOf(row) * 86_400_000).toISOString().slice(0, 10),
    raw: row % 8 === 0 ? `{"row":${row}}` : null,
  };
}

export function recordOf(row: number): OrdersFullRecord {
  const { ts_event: _eventUs, ts_recv: _clock, venue: _venue, attributes, session, ...same } = plainRow(row);
  return {
    ...same,
    ts_event: tsEventOf(row),
    attributes: row % 2 === 0 ? new Map(attributes) : Object.fromEntries(attributes),
    session: Buffer.from(session, "hex"),
    trade_date: tradeDateOf(row),
  };
}
