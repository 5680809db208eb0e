/** Every type a run-time schema can have: a new one is an entry here and a function in field-types.ts. */
import { byteTypes } from "./byte-types.js";
import { choiceTypes } from "./choice-types.js";
import { boolRule, integerRule } from "./integer-types.js";
import type { TypeRule } from "./model.js";
import { decimalRule, floatTypes } from "./number-types.js";
import { dateRule, int96Rule, timeRule, timestampRule } from "./time-types.js";

export const typeTable = {
  bool: boolRule,
  int8: integerRule("int8"),
  int16: integerRule("int16"),
  int32: integerRule("int32"),
  int64: integerRule("int64"),
  uint8: integerRule("uint8"),
  uint16: integerRule("uint16"),
  uint32: integerRule("uint32"),
  uint64: integerRule("uint64"),
  ...floatTypes,
  decimal: decimalRule,
  date: dateRule,
  time: timeRule,
  timestamp: timestampRule,
  int96: int96Rule,
  ...byteTypes,
  ...choiceTypes,
} as const satisfies Readonly<Record<string, TypeRule>>;

export type TypeName = keyof typeof typeTable;
