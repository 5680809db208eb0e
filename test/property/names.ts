/** Names that are keywords, macros, members of generated structs, near twins, short and long. */
import * as fc from "fast-check";

const awkward =
  "class delete int template xor errno linux unix stdin signgam valid valid_ pad0 pad1 lane record sink slot value field text bytes row_index columns " +
  "log log_fields reserve commit flush close stats length data class_ class_length_bytes text_length_bytes a a_ a__b a_b x1 x_1 set_a clear_a has_a " +
  "int64_t size_t memcpy std main status error options path undefined null true false await let this arguments eval yield record_to_log slot_byte " +
  "lane_view number string name type time date select from where order group index key read write";

const awkwardNames: readonly string[] = [...awkward.split(" "), "n".repeat(63), `l${"o".repeat(40)}ng`];

const letters = "abcdefghijklmnopqrstuvwxyz";
const plainName = fc
  .tuple(fc.constantFrom(...letters), fc.string({ unit: fc.constantFrom(...`${letters}0123456789_`), maxLength: 8 }))
  .map(([first, rest]) => first + rest);

export const fieldName: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: plainName },
  { weight: 1, arbitrary: fc.constantFrom(...awkwardNames) },
);

const itemWords = [
  ..."abcdefgh",
  "EOF",
  "NULL",
  "default",
  "class",
  "SIGINT",
  "errno",
  "has",
  "set",
  "xor",
  "M_PI",
  "toJSON",
  "name",
  "length",
  "Infinity",
];

/** Names of enum values and set choices: unique without regard to case. */
export function itemNames(count: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(fc.oneof(fc.constantFrom(...itemWords), plainName), {
    minLength: count,
    maxLength: count,
    selector: (name) => name.toLowerCase(),
  });
}
