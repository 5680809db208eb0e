/** date, time and timestamp. A Date is turned into ticks before a slot is reserved. */
import { dateToDays, dateToMicroseconds, dateToMilliseconds, dateToNanoseconds } from "../temporal.js";
import { integerStorage, storeInteger, within } from "./integer-types.js";
import type { Convert, TypeRule } from "./model.js";
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
  options: [],
  resolve: () => ({
    ...integerStorage("int32"),
    column: { physicalType: "INT32", logicalType: "DATE" },
    meaning: { kind: "date" },
    convert: datesBy(dateToDays),
    storeAt: (offsetBytes, field) => storeInteger("int32", offsetBytes, field),
  }),
};

export const timeRule: TypeRule = {
  options: ["unit", "utc"],
  resolve: (options, fail) => {
    const unit = choiceOption(options, "unit", units, undefined, fail);
    const utc = flagOption(options, "utc", fail);
    const integer = unit === "ms" ? "int32" : "int64";
    return {
      ...integerStorage(integer),
      column: { physicalType: unit === "ms" ? "INT32" : "INT64", logicalType: "TIME", timeUnit: parquetUnits[unit], isAdjustedToUtc: utc },
      meaning: { kind: "time", unit, utc },
      storeAt: (offsetBytes, field) =>
        within(storeInteger(integer, offsetBytes, field), 0n, dayTicks[unit] - 1n, field, "not a time of day"),
    };
  },
};

export const timestampRule: TypeRule = {
  options: ["unit", "utc"],
  resolve: (options, fail) => {
    const unit = choiceOption(options, "unit", units, undefined, fail);
    const utc = flagOption(options, "utc", fail);
    return {
      ...integerStorage("int64"),
      column: { physicalType: "INT64", logicalType: "TIMESTAMP", timeUnit: parquetUnits[unit], isAdjustedToUtc: utc },
      meaning: { kind: "timestamp", unit, utc },
      convert: datesBy(fromDate[unit]),
      storeAt: (offsetBytes, field) => storeInteger("int64", offsetBytes, field),
    };
  },
};
