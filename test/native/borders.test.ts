/** Values at the borders of what a record holds, through the checked stores and the generated class, read back from the lane's bytes. */
import { describe, expect, it } from "vitest";
import { OrdersSink, type OrdersRecord } from "../../generated/orders_sink.js";
import { LaneWriter } from "../../native/lib/lane-writer.js";
import { isInt64, isUint64, storeCountedText, storePaddedText, storePaddedText8 } from "../../native/lib/index.js";

const SLOT_COUNT = 8;
const UNTOUCHED = 0xaa;
const PAD = 0x20;

function makeLane(limit = SLOT_COUNT): LaneWriter {
  const slots = new ArrayBuffer(SLOT_COUNT * 64);
  new Uint8Array(slots).fill(UNTOUCHED);
  const memory = { slots, slotCount: SLOT_COUNT, slotSizeBytes: 64, commitOffsetBytes: 56, head: 0, limit, sequence: 0 };
  return new LaneWriter(memory, { refill: (head) => head });
}

/** Texts of every length in characters: ASCII, and with a character of two, three or four bytes at the beginning, in the middle or at the end. */
function textsOf(lengthCharacters: number): readonly string[] {
  const ascii = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".slice(0, lengthCharacters);
  const places = [0, lengthCharacters >> 1, lengthCharacters - 1].filter((place) => place >= 0);
  const wide = ["\x80", "ÿ", "Ā", "€", "😀", "\u{10ffff}"];
  return [ascii, ...places.flatMap((place) => wide.map((character) => ascii.slice(0, place) + character + ascii.slice(place + 1)))];
}

const lengths = Array.from({ length: 27 }, (_, length) => length);
/** Every remainder of eight, and rooms around the longest text that is stored character by character. */
const rooms = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 23, 24, 25, 40];
const offset = 16;

function expectPadded(target: LaneWriter, roomBytes: number, text: string): void {
  const expected = Buffer.alloc(roomBytes + 2, PAD);
  expected[0] = UNTOUCHED;
  expected[roomBytes + 1] = UNTOUCHED;
  expected.write(text, 1);
  expect(target.bytes.subarray(offset - 1, offset + roomBytes + 1)).toEqual(expected);
}

/** What does not fit is refused, and names the field. */
function storeOrRefuse(text: string, roomBytes: number, store: () => void, check: () => void): void {
  const lengthBytes = Buffer.byteLength(text);
  if (lengthBytes > roomBytes) {
    expect(store).toThrow(new RangeError(`tag: the text has ${lengthBytes} bytes in UTF-8, ${roomBytes} fit`));
  } else {
    store();
    check();
  }
}

describe("texts of every length", () => {
  it.each(lengths)("of %i characters fill eight bytes or are refused", (length) => {
    for (const text of textsOf(length)) {
      const target = makeLane();
      const store = (): void => storePaddedText8(target, offset, PAD, text, "tag");
      storeOrRefuse(text, 8, store, () => expectPadded(target, 8, text));
    }
  });

  it.each(lengths)("of %i characters fill any room and leave its neighbours alone", (length) => {
    for (const text of textsOf(length)) {
      for (const roomBytes of rooms) {
        const target = makeLane();
        const store = (): void => storePaddedText(target, offset, roomBytes, PAD, text, "tag");
        storeOrRefuse(text, roomBytes, store, () => expectPadded(target, roomBytes, text));
      }
    }
  });

  it.each(lengths)("of %i characters are stored behind their length and leave their neighbours alone", (length) => {
    for (const text of textsOf(length)) {
      for (const roomBytes of rooms) {
        const target = makeLane();
        const store = (): void => storeCountedText(target, offset, 1, roomBytes, text, "tag");
        storeOrRefuse(text, roomBytes, store, () => {
          const lengthBytes = target.bytes[offset] ?? 0;
          expect(target.bytes.toString("utf8", offset + 1, offset + 1 + lengthBytes)).toBe(text);
          expect([target.bytes[offset - 1], target.bytes[offset + 1 + roomBytes]]).toEqual([UNTOUCHED, UNTOUCHED]);
        });
      }
    }
  });

  it("refuses a lone surrogate anywhere, and what is no text", () => {
    for (const text of ["\ud83d", "ABC\ude00", "\ude00\ud83d", "ABCDEFG\ud83d", "\ud83dBCDEFGH"]) {
      const fails = new RangeError("tag: the text has a lone surrogate, which UTF-8 cannot hold");
      expect(() => storePaddedText8(makeLane(), offset, PAD, text, "tag")).toThrow(fails);
    }
    for (const value of [5, null, undefined, { length: 3, charCodeAt: () => 65 }, new String("ABC")]) {
      expect(() => storePaddedText8(makeLane(), offset, PAD, value as string, "tag")).toThrow(/^tag: expected a string, got /);
    }
  });

  it("takes texts that V8 keeps in other forms than one flat string", () => {
    const long = "xxACMEACMEACMEACMExx";
    const padded = (roomBytes: number, text: string, expected: string): void => {
      const target = makeLane();
      if (roomBytes === 8) storePaddedText8(target, offset, PAD, text, "tag");
      else storePaddedText(target, offset, roomBytes, PAD, text, "tag");
      expectPadded(target, roomBytes, expected);
    };
    padded(8, long.slice(2, 10), "ACMEACME");
    padded(30, long.slice(2, 18), "ACMEACMEACMEACME");
    padded(30, `${long.slice(2, 15)}${long.slice(0, 7)}`, "ACMEACMEACMEAxxACMEA");
    padded(8, "€uro".replace("€", "e"), "euro");
  });
});

describe("the ranges of 64 bits", () => {
  it("end where the wrapped value is another", () => {
    const inside = [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)];
    const outside = [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n, 2n ** 127n, -(2n ** 127n)];
    expect(inside.map(isInt64)).toEqual([true, true, true, true]);
    expect(outside.map(isInt64)).toEqual([false, false, false, false, false]);
    expect([0n, 2n ** 63n, 2n ** 64n - 1n].map(isUint64)).toEqual([true, true, true]);
    expect([-1n, 2n ** 64n, -(2n ** 64n)].map(isUint64)).toEqual([false, false, false]);
    expect([1, "1", null, undefined, {}].map(isInt64)).toEqual([false, false, false, false, false]);
    expect([1, "1", null, undefined, {}].map(isUint64)).toEqual([false, false, false, false, false]);
  });
});

const order: OrdersRecord = {
  timestamp_ns: 1n,
  symbol: "ACME",
  order_id: 2,
  side: "ask",
  price: 3,
  quantity: 4,
  order_type: "trade",
  exchange: 5,
};

/** The generated class over a lane without a writer behind it. */
function makeSink(lane: LaneWriter): OrdersSink {
  const opened = { native: { closeSync: () => undefined }, lane, columns: [] };
  return new (OrdersSink as unknown as new (opened: unknown) => OrdersSink)(opened);
}

const logFields = (sink: OrdersSink, record: OrdersRecord): boolean =>
  sink.logFields(
    record.timestamp_ns,
    record.symbol,
    record.order_id,
    record.side,
    record.price,
    record.quantity,
    record.order_type,
    record.exchange,
  );
const methods = [
  ["log", (sink: OrdersSink, record: OrdersRecord) => sink.log(record)],
  ["logFields", logFields],
] as const;

describe.each(methods)("%s of the generated class", (_, log) => {
  it("stores 64-bit integers exactly up to both ends, as numbers and as bigints", () => {
    const numbers = [0, -0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, -(2 ** 32), -(2 ** 32) - 1];
    const safe = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    for (const value of [...numbers, ...safe, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)]) {
      const lane = makeLane();
      const record = { ...order, timestamp_ns: value, order_id: value, price: value, quantity: value };
      expect(log(makeSink(lane), record)).toBe(true);
      for (const place of [0, 8, 16, 24]) expect(lane.view.getBigInt64(place, true)).toBe(BigInt(value));
    }
  });

  it.each([
    [{ timestamp_ns: 2n ** 63n }, new RangeError("timestamp_ns: 9223372036854775808 does not fit int64")],
    [{ order_id: -(2n ** 63n) - 1n }, new RangeError("order_id: -9223372036854775809 does not fit int64")],
    [{ price: 2 ** 53 }, new RangeError("price: 9007199254740992 is not a safe integer, digits may be lost already: pass a bigint")],
    [{ quantity: 0.5 }, new RangeError("quantity: 0.5 is not an integer")],
    [{ quantity: Number.NaN }, new RangeError("quantity: NaN is not an integer")],
    [{ quantity: "4" }, new TypeError('quantity: expected a bigint or a safe integer (int64), got "4"')],
    [{ symbol: "ACMEACME1" }, new RangeError("symbol: the text has 9 bytes in UTF-8, 8 fit")],
    [{ side: "buy" }, new RangeError('side: "buy" is not one of bid, ask')],
    [{ side: "" }, new RangeError('side: "" is not one of bid, ask')],
    [{ side: 2 ** 31 }, new RangeError("side: 2147483648 does not fit int32")],
    [{ order_type: "bid" }, new RangeError('order_type: "bid" is not one of new, modify, cancel, trade')],
    [{ order_type: 1.5 }, new RangeError("order_type: 1.5 is not an integer")],
    [{ order_type: null }, new TypeError("order_type: expected a name or a code of the enum, got null")],
    [{ order_type: 1n }, new RangeError("order_type: bigint 1 is not one of new, modify, cancel, trade")],
    [{ exchange: 2 ** 31 }, new RangeError("exchange: 2147483648 does not fit int32")],
  ])("refuses %o and publishes nothing", (change, error) => {
    const lane = makeLane();
    const sink = makeSink(lane);
    expect(() => log(sink, { ...order, ...change } as OrdersRecord)).toThrow(error);
    expect([lane.head, lane.view.getInt32(56, true)]).toEqual([0, UNTOUCHED * 0x01010101 - 2 ** 32]);
    expect(log(sink, order)).toBe(true);
    expect([lane.head, lane.view.getInt32(56, true)]).toEqual([1, 1]);
  });

  it("stores every name of an enum as its code, and codes that have no name", () => {
    const types = ["new", "modify", "cancel", "trade", 0, -0, 77, 2 ** 31 - 1, -(2 ** 31)] as const;
    const codes = types.map((order_type) => {
      const lane = makeLane();
      log(makeSink(lane), { ...order, order_type });
      return lane.view.getInt32(36, true);
    });
    expect(codes).toEqual([0, 1, 2, 3, 0, 0, 77, 2 ** 31 - 1, -(2 ** 31)]);
  });

  it("takes names that were put together at run time", () => {
    const lane = makeLane();
    const put = (text: string): string => Buffer.from(text).toString("latin1");
    log(makeSink(lane), { ...order, side: put("ask"), order_type: put("cancel") } as OrdersRecord);
    expect([lane.view.getInt32(32, true), lane.view.getInt32(36, true)]).toEqual([1, 2]);
  });

  it("answers false when the ring is full and goes on when there is room again", () => {
    const lane = makeLane(2);
    const sink = makeSink(lane);
    expect([log(sink, order), log(sink, order), log(sink, order)]).toEqual([true, true, false]);
    lane.limit = 3;
    expect([log(sink, order), log(sink, order)]).toEqual([true, false]);
    expect([0, 1, 2, 3].map((slot) => lane.view.getInt32(slot * 64 + 56, true))).toEqual([1, 2, 3, UNTOUCHED * 0x01010101 - 2 ** 32]);
  });
});
