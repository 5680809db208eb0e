/** Damages to the metadata of column chunks. */
import { addAt, at, bytesAt, itemsAt, numberAt } from "../../support/parquet-surgery.js";
import { binary, boolean, i32, i64 } from "../../support/thrift.js";
import { bytes, remove, set, type RealDamage } from "./damage.js";

export const chunkDamages: readonly RealDamage[] = [
  {
    rule: "chunk-path",
    damage: "another path",
    file: "nested",
    apply: (file) => {
      itemsAt(file.metadata("pair.a"), 3)[1] = binary("x");
    },
  },
  {
    rule: "chunk-codec",
    damage: "LZ4 of Hadoop",
    file: "plain",
    apply: (file) => {
      set(file.metadata("int64_required"), 4, i32(5));
    },
  },
  {
    rule: "chunk-file-path",
    damage: "another file",
    file: "plain",
    apply: (file) => {
      set(file.chunk("int64_required"), 1, binary("other.parquet"));
    },
  },
  {
    rule: "chunk-values",
    damage: "a value too many",
    file: "nested",
    apply: (file) => {
      addAt(file.metadata("ints.list.element"), 1, 5);
    },
  },
  {
    rule: "chunk-uncompressed-size",
    damage: "a byte too many",
    file: "plain",
    apply: (file) => {
      addAt(file.metadata("int64_required"), 1, 6);
      addAt(file.group(), 1, 2);
    },
  },
  {
    rule: "dictionary-page-offset",
    damage: "that of a data page",
    file: "plain",
    apply: (file) => {
      set(file.metadata("int64_required"), 11, i64(numberAt(file.metadata("int64_required"), 9)));
    },
  },
  {
    rule: "encodings",
    damage: "none of the values",
    file: "chosen",
    apply: (file) => {
      const encodings = itemsAt(file.metadata("text8_bit"), 2);
      encodings.splice(0, encodings.length, i32(3));
    },
  },
  {
    rule: "encoding-stats",
    damage: "a page too many",
    file: "plain",
    apply: (file) => {
      addAt(file.metadata("int64_required"), 1, 13, 0, 3);
    },
  },
  {
    rule: "null-count",
    damage: "a null too many",
    file: "nested",
    apply: (file) => {
      addAt(file.statistics("maybe_ints.list.element"), 1, 3);
    },
  },
  {
    rule: "nan-count",
    damage: "a NaN too many",
    file: "plain",
    apply: (file) => {
      addAt(file.statistics("float_bit"), 1, 9);
    },
  },
  {
    rule: "distinct-count",
    damage: "a value too many",
    file: "chosen",
    apply: (file) => {
      addAt(file.statistics("text8_bit"), 1, 4);
    },
  },
  {
    rule: "bounds-pair",
    damage: "no max_value",
    file: "plain",
    apply: (file) => {
      remove(file.statistics("int64_required"), 5);
    },
  },
  {
    rule: "bounds-form",
    damage: "three bytes of an INT64",
    file: "plain",
    apply: (file) => {
      set(file.statistics("int64_required"), 5, bytes(1, 2, 127));
    },
  },
  {
    rule: "bounds-form",
    damage: "a text cut within a character",
    file: "plain",
    apply: (file) => {
      set(file.statistics("counted16_required"), 6, bytes(0x41, 0xc3));
    },
  },
  {
    rule: "bounds-order",
    damage: "changed places",
    file: "plain",
    apply: (file) => {
      const statistics = file.statistics("int64_required");
      const [max, min] = [at(statistics, 5), at(statistics, 6)];
      set(statistics, 5, min);
      set(statistics, 6, max);
    },
    also: ["bounds-hold"],
  },
  {
    rule: "bounds-hold",
    damage: "the smallest value as the largest",
    file: "plain",
    apply: (file) => {
      const statistics = file.statistics("int64_required");
      set(statistics, 5, at(statistics, 6));
    },
  },
  {
    rule: "bounds-hold",
    damage: "a shortened text that is not made greater",
    file: "plain",
    apply: (file) => {
      const max = bytesAt(file.statistics("counted16_required"), 5);
      max.writeUInt8(max.readUInt8(max.length - 1) - 1, max.length - 1);
    },
  },
  {
    rule: "bounds-exact",
    damage: "a shortened text said to be a value",
    file: "plain",
    apply: (file) => {
      set(file.statistics("counted16_required"), 7, boolean(true));
    },
  },
  {
    rule: "bounds-forbidden",
    damage: "bounds of INT96",
    file: "plain",
    apply: (file) => {
      const zero = binary(Buffer.alloc(12));
      set(file.statistics("int96_required"), 5, zero);
      set(file.statistics("int96_required"), 6, zero);
    },
  },
  {
    rule: "size-statistics",
    damage: "an element too many",
    file: "nested",
    apply: (file) => {
      addAt(file.metadata("maybe_ints.list.element"), 1, 16, 3, 0);
    },
  },
  {
    rule: "size-statistics",
    damage: "a byte too many",
    file: "plain",
    apply: (file) => {
      addAt(file.metadata("text8_bit"), 1, 16, 1);
    },
  },
];
