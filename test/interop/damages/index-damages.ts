/** Damages to page indexes and bloom filters. */
import { addAt, bytesAt, itemsAt, numberAt } from "../../support/parquet-surgery.js";
import { i32, struct } from "../../support/thrift.js";
import { remove, set, type RealDamage } from "./damage.js";

export const indexDamages: readonly RealDamage[] = [
  {
    rule: "index-place",
    damage: "a column index alone",
    file: "plain",
    apply: (file) => {
      remove(file.chunk("int64_required"), 4);
      remove(file.chunk("int64_required"), 5);
    },
  },
  {
    rule: "offset-index-pages",
    damage: "an offset from the chunk's start",
    file: "plain",
    apply: (file) => {
      file.editOffsetIndex("int64_required", (index) => {
        addAt(index, -numberAt(file.metadata("int64_required"), 9), 1, 1, 1);
      });
    },
  },
  {
    rule: "offset-index-rows",
    damage: "entries counted instead of rows",
    file: "nested",
    apply: (file) => {
      file.editOffsetIndex("ints.list.element", (index) => {
        addAt(index, 40, 1, 1, 3);
      });
    },
  },
  {
    rule: "size-statistics",
    damage: "a page's byte too many",
    file: "nested",
    apply: (file) => {
      file.editOffsetIndex("texts.list.element", (index) => {
        addAt(index, 1, 2, 1);
      });
    },
  },
  {
    rule: "size-statistics",
    damage: "a page's level too many",
    file: "nested",
    apply: (file) => {
      file.editColumnIndex("maybe_ints.list.element", (index) => {
        addAt(index, 1, 7, 0);
      });
    },
  },
  {
    rule: "column-index-shape",
    damage: "a page too few",
    file: "plain",
    apply: (file) => {
      file.editColumnIndex("int64_required", (index) => {
        itemsAt(index, 2).pop();
      });
    },
  },
  {
    rule: "column-index-nulls",
    damage: "a null too many",
    file: "nested",
    apply: (file) => {
      file.editColumnIndex("maybe_ints.list.element", (index) => {
        addAt(index, 1, 5, 1);
      });
    },
  },
  {
    rule: "column-index-bounds",
    damage: "a shortened text that is not made greater",
    file: "plain",
    apply: (file) => {
      file.editColumnIndex("counted16_required", (index) => {
        const max = bytesAt(index, 3, 0);
        max.writeUInt8(max.readUInt8(max.length - 1) - 1, max.length - 1);
      });
    },
  },
  {
    rule: "nan-count",
    damage: "a page's NaN too many",
    file: "plain",
    apply: (file) => {
      file.editColumnIndex("float_bit", (index) => {
        addAt(index, 1, 8, 0);
      });
    },
  },
  {
    rule: "boundary-order",
    damage: "pages said to ascend",
    file: "plain",
    apply: (file) => {
      file.editColumnIndex("int64_required", (index) => {
        set(index, 4, i32(1));
      });
    },
  },
  {
    rule: "bloom-header",
    damage: "another hash",
    file: "plain",
    apply: (file) => {
      file.editBloomFilter("text8_bit", (header) => {
        set(header, 3, struct({ 2: struct({}) }));
      });
    },
  },
  {
    rule: "bloom-membership",
    damage: "no bit",
    file: "chosen",
    apply: (file) => {
      file.editBloomFilter("text8_bit", (_, bits) => {
        bits.fill(0);
      });
    },
  },
];
