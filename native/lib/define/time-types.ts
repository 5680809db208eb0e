/** date, time, timestamp and int96. A Date is turned into ticks before a slot is reserved. */
import { dateToDays, dateToMicroseconds, dateToMilliseconds, dateToNanoseconds } from "../temporal.js";
import { integerRange, integerStorage, storeInteger, within } from "./integer-types.js";
import { integerLimit, limitNames, withLimits } from "./limits.js";
import type { Convert, ResolvedType, TypeRule } from "./model.js";
import { choiceOption, flagOption } from "./problem.js";

const units = ["ms", "us", "ns"] as const;
export type TimeUnit = (typeof units)[number];

const parquetUnits = { ms: "MILLIS", us: "MICROS", ns: "NANOS" } as const;
const dayTicks = { ms: 86_400_000n, us: 86_400_000_000n, ns: 86_400_000_000_000n } as const;
const fromDate = { ms: dateToMilliseconds, us: dateToMicroseconds, ns: dateToNanoseconds } as const;

function datesBy(ticks: (value: object, field: string) => unknown): Convert {
  return (value: unknown, field) => (typeof value === "object" ? ticks(value as object, field) : value);
}

export const dateRule: TypeRule = {
  options: limitNames,
  resolve: (options, fail) => {
    const type: ResolvedType = {
      ...integerStorage("int32"),
      column: { physicalType: "INT32", logicalType: "DATE" },
      meaning: { kind: "date" },
      convert: datesBy(dateToDays),
      storeAt: (offsetBytes, field) => storeInteger("int32", offsetBytes, field),
    };
    return withLimits(type, options, integerLimit(...integerRange("int32")), fail);
  },
};

export const int96Rule: TypeRule = {
  options: limitNames,
  resolve: (options, fail) => {
    const type: ResolvedType = {
      ...integerStorage("int64"),
      column: { physicalType: "INT96" },
      meaning: { kind: "int96" },
      convert: datesBy(dateToNanoseconds),
      storeAt: (offsetBytes, field) => storeInteger("int64", offsetBytes, field),
    };
    return withLimits(type, options, integerLimit(...integerRange("int64")), fail);
  },
};

export const timeRule: TypeRule = {
  options: ["unit", "utc", ...limitNames],
  resolve: (options, fail) => {
    const unit = choiceOption(options, "unit", units, undefined, fail);
    const utc = flagOption(options, "utc", fail);
    const integer = unit === "ms" ? "int32" : "int64";
    const type: ResolvedType = {
      ...integerStorage(integer),
      column: { physicalType: unit === "ms" ? "INT32" : "INT64", logicalType: "TIME", timeUnit: parquetUnits[unit], isAdjustedToUtc: utc },
      meaning: { kind: "time", unit, utc },
      storeAt: (offsetBytes, field) =>
        within(storeInteger(integer, offsetBytes, field), 0n, dayTicks[unit] - 1n, field, "not a time of day"),
    };
    return withLimits(type, options, integerLimit(0n, dayTicks[unit] - 1n), fail);
  },
};

export const timestampRule: TypeRule = {
  options: ["unit", "utc", ...limitNames],
  resolve: (options, fail) => {
    const unit = choiceOption(options, "unit", units, undefined, fail);
    const utc = flagOption(options, "utc", fail);
    const type: ResolvedType = {
      ...integerStorage("int64"),
      column: { physicalType: "INT64", logicalType: "TIMESTAMP", timeUnit: parquetUnits[unit], isAdjustedToUtc: utc },
      meaning: { kind: "timestamp", unit, utc },
      convert: datesBy(fromDate[unit]),
      storeAt: (offsetBytes, field) => storeInteger("int64", offsetBytes, field),
    };
    return withLimits(type, options, integerLimit(...integerRange("int64")), fail);
  },
};
