import { describe, expect, it } from "vitest";
import { LaneWriter } from "../../native/lib/lane-writer.js";
import {
  dateToDays,
  dateToMicroseconds,
  dateToMilliseconds,
  dateToNanoseconds,
  decimalFromString,
  decimalToString,
  combineChoices,
  hasChoice,
  jsonText,
  storeCountedText,
  storeDouble,
  storeFixedBytes,
  storeFloat,
  storeInt64,
  storePaddedText,
  storeUint64,
  storeUuid,
  storeWideDecimal,
  toSmallInteger,
} from "../../native/lib/index.js";

const neverRefilled = { refill: (head: number): number => head };

function lane(): LaneWriter {
  return new LaneWriter(
    { slots: new ArrayBuffer(1024), slotCount: 8, slotSizeBytes: 128, commitOffsetBytes: 120, head: 0, limit: 8, sequence: 0 },
    neverRefilled,
  );
}

const int64Min = -(2n ** 63n);
const int64Max = 2n ** 63n - 1n;
const uint64Max = 2n ** 64n - 1n;

describe.each([8, 9])("64-bit integers at offset %i", (offset) => {
  it.each([0, 1, -1, 2 ** 32, -(2 ** 32), 4_294_967_295, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    "stores the number %d exactly",
    (value) => {
      const target = lane();
      storeInt64(target, offset, value, "price");
      expect(target.view.getBigInt64(offset, true)).toBe(BigInt(value));
    },
  );

  it.each([int64Min, int64Max, 0n, -1n])("stores the bigint %d exactly", (value) => {
    const target = lane();
    storeInt64(target, offset, value, "price");
    expect(target.view.getBigInt64(offset, true)).toBe(value);
  });

  it.each([0n, uint64Max, int64Max + 1n, 5])("stores %d unsigned", (value) => {
    const target = lane();
    storeUint64(target, offset, value, "id");
    expect(target.view.getBigUint64(offset, true)).toBe(BigInt(value));
  });

  it("refuses a bigint outside the range and names the field", () => {
    expect(() => storeInt64(lane(), offset, int64Max + 1n, "price")).toThrow(
      new RangeError("price: 9223372036854775808 does not fit int64"),
    );
    expect(() => storeInt64(lane(), offset, int64Min - 1n, "price")).toThrow(RangeError);
    expect(() => storeUint64(lane(), offset, uint64Max + 1n, "id")).toThrow(new RangeError("id: 18446744073709551616 does not fit uint64"));
    expect(() => storeUint64(lane(), offset, -1n, "id")).toThrow(RangeError);
    expect(() => storeUint64(lane(), offset, -1, "id")).toThrow(new RangeError("id: -1 does not fit uint64"));
  });

  it("refuses numbers that are not safe integers", () => {
    expect(() => storeInt64(lane(), offset, 2 ** 53, "price")).toThrow(
      /^price: 9007199254740992 is not a safe integer, digits may be lost already: pass a bigint$/,
    );
    expect(() => storeInt64(lane(), offset, 1.5, "price")).toThrow(new RangeError("price: 1.5 is not an integer"));
    expect(() => storeUint64(lane(), offset, Number.NaN, "price")).toThrow(new RangeError("price: NaN is not an integer"));
  });

  it("refuses other types", () => {
    for (const value of ["5", null, undefined, {}, true]) {
      expect(() => storeInt64(lane(), offset, value as unknown as bigint, "price")).toThrow(TypeError);
      expect(() => storeUint64(lane(), offset, value as unknown as bigint, "price")).toThrow(
        /^price: expected a bigint or a safe integer \(uint64\), got /,
      );
    }
  });
});

describe("small integers given as bigint or number", () => {
  it("takes both and refuses what 32 bits cannot hold", () => {
    expect(toSmallInteger(-5n, "price")).toBe(-5);
    expect(toSmallInteger(7, "price")).toBe(7);
    expect(() => toSmallInteger(2n ** 31n, "price")).toThrow(RangeError);
    expect(() => toSmallInteger("7" as unknown as number, "price")).toThrow(TypeError);
  });
});

describe("floating-point numbers", () => {
  it("stores infinities and NaN, and refuses a finite number that a float would make infinite", () => {
    const target = lane();
    for (const value of [Number.POSITIVE_INFINITY, Number.NaN, 3.4028234663852886e38, -0]) {
      storeFloat(target, 4, value, "ratio");
      expect(target.view.getFloat32(4, true)).toBe(value);
      storeDouble(target, 3, value, "ratio");
      expect(target.view.getFloat64(3, true)).toBe(value);
    }
    expect(() => storeFloat(target, 4, 1e39, "ratio")).toThrow(new RangeError("ratio: 1e+39 is too large for a float"));
    expect(() => storeFloat(target, 4, "1" as unknown as number, "ratio")).toThrow(TypeError);
    expect(() => storeDouble(target, 4, 1n as unknown as number, "ratio")).toThrow(
      new TypeError("ratio: expected a number (double), got bigint 1"),
    );
  });
});

describe("text", () => {
  const padded = (value: string, room = 8): string => {
    const target = lane();
    target.bytes.fill(0xaa);
    storePaddedText(target, 16, room, 0x20, value, "symbol");
    expect(target.bytes[15]).toBe(0xaa);
    expect(target.bytes[16 + room]).toBe(0xaa);
    return target.bytes.toString("utf8", 16, 16 + room);
  };

  it("fills the room with pad", () => {
    expect(padded("")).toBe("        ");
    expect(padded("ACME")).toBe("ACME    ");
    expect(padded("ACMEACME")).toBe("ACMEACME");
    expect(padded("x".repeat(25), 30)).toBe(`${"x".repeat(25)}     `);
  });

  it("counts bytes, not characters", () => {
    expect(padded("äöü")).toBe("äöü  ");
    expect(padded("€€")).toBe("€€  ");
    expect(padded("😀😀")).toBe("😀😀");
    expect(() => padded("äöüäö")).toThrow(new RangeError("symbol: the text has 10 bytes in UTF-8, 8 fit"));
    expect(() => padded("ACMEACME1")).toThrow(new RangeError("symbol: the text has 9 bytes in UTF-8, 8 fit"));
  });

  it("refuses lone surrogates", () => {
    for (const value of ["\ud83d", "a\ude00", "\ude00\ud83d", `${"x".repeat(30)}\ud800`]) {
      expect(() => padded(value, 64)).toThrow(new RangeError("symbol: the text has a lone surrogate, which UTF-8 cannot hold"));
    }
  });

  it.each([1, 2])("stores a length of %i bytes before bounded text", (prefixBytes) => {
    const target = lane();
    for (const value of ["", "abc", "x".repeat(24), "x".repeat(40), "äé", "ä".repeat(20)]) {
      storeCountedText(target, 10, prefixBytes, 40, value, "tag");
      const length = prefixBytes === 1 ? target.view.getUint8(10) : target.view.getUint16(10, true);
      expect(target.bytes.toString("utf8", 10 + prefixBytes, 10 + prefixBytes + length)).toBe(value);
    }
    expect(() => storeCountedText(target, 10, prefixBytes, 40, "x".repeat(41), "tag")).toThrow(
      new RangeError("tag: the text has 41 bytes in UTF-8, 40 fit"),
    );
  });

  it("refuses other types", () => {
    expect(() => padded(5 as unknown as string)).toThrow(new TypeError("symbol: expected a string, got 5"));
    expect(() => padded(undefined as unknown as string)).toThrow(TypeError);
    expect(() => storeCountedText(lane(), 0, 1, 8, null as unknown as string, "tag")).toThrow(
      new TypeError("tag: expected a string, got null"),
    );
  });

  it("takes JSON as text or as an object", () => {
    expect(jsonText('{"a": 1}', "raw")).toBe('{"a": 1}');
    expect(jsonText({ a: [1, null] }, "raw")).toBe('{"a":[1,null]}');
    expect(() => jsonText("{a: 1}", "raw")).toThrow(/^raw: the text is not JSON: /);
    expect(() => jsonText(5 as unknown as object, "raw")).toThrow(TypeError);
    expect(() => jsonText({ toJSON: () => undefined }, "raw")).toThrow(TypeError);
  });
});

describe("byte strings", () => {
  it("stores exactly the length of the field", () => {
    const target = lane();
    storeFixedBytes(target, 3, 4, Uint8Array.of(1, 2, 3, 4), "raw");
    expect([...target.bytes.subarray(3, 7)]).toEqual([1, 2, 3, 4]);
    expect(() => storeFixedBytes(target, 3, 4, Uint8Array.of(1, 2, 3), "raw")).toThrow(
      new RangeError("raw: 3 bytes, exactly 4 are stored"),
    );
    expect(() => storeFixedBytes(target, 3, 4, [1, 2, 3, 4] as unknown as Uint8Array, "raw")).toThrow(
      new TypeError("raw: expected a Uint8Array of 4 bytes, got an object (Array)"),
    );
  });

  it("stores a UUID from text or bytes", () => {
    const target = lane();
    const text = "123e4567-e89b-12d3-a456-426614174000";
    storeUuid(target, 8, text.toUpperCase(), "session");
    expect(target.bytes.toString("hex", 8, 24)).toBe(text.replaceAll("-", ""));
    storeUuid(target, 8, new Uint8Array(16).fill(7), "session");
    expect(target.bytes.toString("hex", 8, 24)).toBe("07".repeat(16));
    for (const value of ["", "123e4567e89b12d3a456426614174000", `${text}0`, text.replace("1", "g")]) {
      expect(() => storeUuid(target, 8, value, "session")).toThrow(RangeError);
    }
    expect(() => storeUuid(target, 8, 5 as unknown as string, "session")).toThrow(TypeError);
  });

  it.each([0n, 1n, -1n, 10n ** 30n - 1n, 1n - 10n ** 30n, 2n ** 64n, -(2n ** 64n)])("stores the wide decimal %d big-endian", (value) => {
    const target = lane();
    storeWideDecimal(target, 5, 13, 30, value, "notional");
    expect(BigInt.asIntN(104, BigInt(`0x${target.bytes.toString("hex", 5, 18)}`))).toBe(value);
  });

  it("refuses decimals with too many digits", () => {
    expect(() => storeWideDecimal(lane(), 5, 13, 30, 10n ** 30n, "notional")).toThrow(
      /^notional: 1000000000000000000000000000000 is beyond the 30 digits of the decimal$/,
    );
    expect(() => storeWideDecimal(lane(), 5, 13, 30, 0.5, "notional")).toThrow(RangeError);
  });
});

describe("dates", () => {
  const date = new Date("1969-12-31T23:59:59.999Z");
  it("counts ticks from 1970, also before it", () => {
    expect(dateToDays(date, "day")).toBe(-1);
    expect(dateToMilliseconds(date, "at")).toBe(-1);
    expect(dateToMicroseconds(date, "at")).toBe(-1_000n);
    expect(dateToNanoseconds(new Date("2026-01-05T14:30:00Z"), "at")).toBe(1_767_623_400_000_000_000n);
  });
  it("refuses an invalid Date and other objects", () => {
    expect(() => dateToDays(new Date(Number.NaN), "day")).toThrow(new RangeError("day: the Date is invalid"));
    expect(() => dateToNanoseconds(null as unknown as object, "at")).toThrow(
      new TypeError("at: expected a number, a bigint or a Date, got null"),
    );
  });
});

describe("decimals as text", () => {
  it.each([
    [123n, 2, "1.23"],
    [-5n, 3, "-0.005"],
    [0n, 2, "0.00"],
    [7n, 0, "7"],
    [-(10n ** 18n), 9, "-1000000000.000000000"],
  ] as const)("%d with scale %i is %s", (unscaled, scale, text) => {
    expect(decimalToString(unscaled, scale)).toBe(text);
    expect(decimalFromString(text, scale)).toBe(unscaled);
  });
  it("refuses digits that the scale cannot hold", () => {
    expect(decimalFromString("+1.2300", 2)).toBe(123n);
    expect(() => decimalFromString("1.234", 2)).toThrow(new RangeError("1.234 has more than 2 decimals"));
    expect(() => decimalFromString("1e5", 2)).toThrow(RangeError);
  });
});

describe("sets", () => {
  it("combines choices and finds them again", () => {
    const flags = { last: 128, snapshot: 32 } as const;
    const wide = { low: 1n, high: 2n ** 63n } as const;
    expect(combineChoices<number, keyof typeof flags>(flags, "last", "snapshot")).toBe(160);
    expect(combineChoices<bigint, keyof typeof wide>(wide, "low", "high")).toBe(2n ** 63n + 1n);
    expect(hasChoice(160, flags.last)).toBe(true);
    expect(hasChoice(32, flags.last)).toBe(false);
    expect(() => combineChoices<number, string>(flags, "first")).toThrow(new RangeError('"first" is not one of last, snapshot'));
  });
});

describe("the lane writer", () => {
  it("publishes with the low half of index + 1 and wraps with the ring, also beyond 2^31 records", () => {
    const slots = new ArrayBuffer(8 * 128);
    const head = 0x7ffffffe;
    const writer = new LaneWriter(
      { slots, slotCount: 8, slotSizeBytes: 128, commitOffsetBytes: 120, head, limit: (head + 8) | 0, sequence: 0 },
      neverRefilled,
    );
    const offsets = Array.from({ length: 8 }, () => {
      const offset = writer.reserve();
      writer.commit(offset);
      return offset / 128;
    });
    expect(offsets).toEqual([6, 7, 0, 1, 2, 3, 4, 5]);
    expect(new Int32Array(slots)[(7 * 128 + 120) / 4]).toBe(-0x80000000);
    expect(writer.reserve()).toBe(-1);
  });

  it("gives the same slot again when nothing was committed", () => {
    const writer = lane();
    expect(writer.reserve()).toBe(writer.reserve());
  });
});
