/** Every type of the language that a random schema may use. A new type is one entry in one of the lists. */
import { bytesTypes } from "./bytes.js";
import { choiceTypes } from "./choices.js";
import { decimal } from "./decimals.js";
import { float16 } from "./halves.js";
import { integerTypes } from "./integers.js";
import { interval } from "./intervals.js";
import type { RandomType } from "./model.js";
import { numberTypes } from "./numbers.js";
import { temporalTypes } from "./temporal.js";
import { textTypes } from "./texts.js";

export const randomTypes: readonly RandomType[] = [
  ...integerTypes,
  ...choiceTypes,
  ...numberTypes,
  float16,
  decimal,
  ...temporalTypes,
  interval,
  ...textTypes,
  ...bytesTypes,
];
