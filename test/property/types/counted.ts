/** What texts and bytes with a length of their own share. */
import * as fc from "fast-check";
import type { Value } from "./model.js";

/** Around the sizes of words and cache lines, and either side of the longest length of one byte. */
export const lengths = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 24 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 7, 8, 9, 63, 64, 65, 254, 255, 256, 257, 300, 1000) },
);

/** `full` with a length beyond the room: the room is written. Nothing where no length is. */
export function pokedBeyond(roomBytes: number, full: Pick<Value, "raw" | "file">): readonly fc.Arbitrary<Value>[] {
  const longest = roomBytes <= 255 ? 255 : 65_535;
  if (roomBytes === longest) return [];
  return [fc.integer({ min: roomBytes + 1, max: longest }).map((poked) => ({ ...full, poked, isValid: false, isCounted: true }))];
}
