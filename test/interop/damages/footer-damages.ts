/** Damages to the footer: file, schema, row groups. */
import { addAt, itemsAt, structAt } from "../../support/parquet-surgery.js";
import { binary, boolean, i16, i32, i64, struct, structList } from "../../support/thrift.js";
import { remove, set, type RealDamage } from "./damage.js";

export const footerDamages: readonly RealDamage[] = [
  {
    rule: "required-field",
    damage: "no boundary_order",
    file: "plain",
    apply: (file) => {
      file.editColumnIndex("int64_required", (index) => {
        remove(index, 4);
      });
    },
  },
  {
    rule: "version",
    damage: "version 3",
    file: "plain",
    apply: ({ footer }) => {
      set(footer, 1, i32(3));
    },
  },
  {
    rule: "created-by",
    damage: "a name alone",
    file: "plain",
    apply: ({ footer }) => {
      set(footer, 6, binary("pqflow"));
    },
  },
  {
    rule: "file-rows",
    damage: "a row too many",
    file: "plain",
    apply: ({ footer }) => {
      addAt(footer, 1, 3);
    },
  },
  {
    rule: "column-orders",
    damage: "one too few",
    file: "plain",
    apply: ({ footer }) => {
      itemsAt(footer, 7).pop();
    },
  },
  {
    rule: "schema-root",
    damage: "a repeated root",
    file: "plain",
    apply: ({ footer }) => {
      set(structAt(footer, 2, 0), 3, i32(2));
    },
  },
  {
    rule: "leaf-type",
    damage: "no repetition",
    file: "plain",
    apply: (file) => {
      remove(file.element("int64_required"), 3);
    },
  },
  {
    rule: "type-length",
    damage: "none",
    file: "plain",
    apply: (file) => {
      remove(file.element("fixed5_bit"), 2);
    },
  },
  {
    rule: "logical-type",
    damage: "a UUID of five bytes",
    file: "plain",
    apply: (file) => {
      set(file.element("fixed5_bit"), 10, struct({ 14: struct({}) }));
    },
  },
  {
    rule: "converted-type",
    damage: "ENUM of a STRING",
    file: "plain",
    apply: (file) => {
      set(file.element("text8_bit"), 6, i32(4));
    },
  },
  {
    rule: "list",
    damage: "a struct of two as a LIST",
    file: "nested",
    apply: (file) => {
      set(file.element("levels"), 10, struct({ 3: struct({}) }));
      set(file.element("pair"), 10, struct({ 3: struct({}) }));
    },
  },
  {
    rule: "map",
    damage: "a struct as a MAP",
    file: "nested",
    apply: (file) => {
      set(file.element("pair"), 10, struct({ 2: struct({}) }));
    },
  },
  {
    rule: "row-group-rows",
    damage: "a row too many",
    file: "plain",
    apply: ({ footer }) => {
      addAt(footer, 1, 4, 0, 3);
      addAt(footer, 1, 3);
    },
  },
  {
    rule: "row-group-size",
    damage: "a byte too many",
    file: "plain",
    apply: (file) => {
      addAt(file.group(), 1, 2);
    },
  },
  {
    rule: "row-group-offset",
    damage: "a byte too far",
    file: "plain",
    apply: (file) => {
      set(file.group(), 5, i64(5));
    },
  },
  {
    rule: "row-group-ordinal",
    damage: "that of another",
    file: "plain",
    apply: (file) => {
      set(file.group(), 7, i16(5));
    },
  },
  {
    rule: "sorting",
    damage: "rows that are in no order",
    file: "plain",
    apply: (file) => {
      set(file.group(), 4, structList([struct({ 1: i32(0), 2: boolean(false), 3: boolean(false) })]));
    },
  },
];
