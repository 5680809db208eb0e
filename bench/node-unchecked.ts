/** The limit of the TypeScript producer: the stores and the publishing of the generated class with nothing checked, and text of exactly eight ASCII characters. */
import { type OpenedSink, type LaneWriter, openSink, RecordSink } from "pqflow";
import { ordersDescriptor, OrdersOrderType, OrdersSide, type OrdersRecord } from "../generated/orders_sink.js";

const HIGH_WORD = 2 ** -32;

export class UncheckedSink extends RecordSink {
  readonly #laneWriter: LaneWriter;

  private constructor(opened: OpenedSink) {
    super(opened);
    this.#laneWriter = opened.lane;
  }

  static open(path: string): UncheckedSink {
    return new UncheckedSink(openSink(ordersDescriptor, path, { ifExists: "replace" }));
  }

  log(order: OrdersRecord): boolean {
    const lane = this.#laneWriter;
    const head = lane.head;
    if (head === lane.limit && !lane.refill()) return false;
    const slotByte = (head & lane.slotMask) * 64;
    const word = slotByte >> 2;
    const { words } = lane;
    const { symbol } = order;
    const orderId = order.order_id as number;
    const price = order.price as number;
    const quantity = order.quantity as number;
    const isModify = +(order.order_type === "modify");
    const isCancel = +(order.order_type === "cancel");
    const isTrade = +(order.order_type === "trade");
    lane.bigInts[slotByte >> 3] = order.timestamp_ns as bigint;
    words[word + 2] = orderId;
    words[word + 3] = Math.floor(orderId * HIGH_WORD);
    words[word + 4] = price;
    words[word + 5] = Math.floor(price * HIGH_WORD);
    words[word + 6] = quantity;
    words[word + 7] = Math.floor(quantity * HIGH_WORD);
    words[word + 8] = +(order.side === "ask") * OrdersSide.ask;
    words[word + 9] = isModify * OrdersOrderType.modify + isCancel * OrdersOrderType.cancel + isTrade * OrdersOrderType.trade;
    words[word + 10] = order.exchange;
    words[word + 11] = symbol.charCodeAt(0) | (symbol.charCodeAt(1) << 8) | (symbol.charCodeAt(2) << 16) | (symbol.charCodeAt(3) << 24);
    words[word + 12] = symbol.charCodeAt(4) | (symbol.charCodeAt(5) << 8) | (symbol.charCodeAt(6) << 16) | (symbol.charCodeAt(7) << 24);
    const next = (head + 1) | 0;
    Atomics.store(words, word + 14, next);
    lane.head = next;
    return true;
  }
}
