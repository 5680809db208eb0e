/** Damages to pages, in their place. */
import { addAt, structAt } from "../../support/parquet-surgery.js";
import { i32, struct } from "../../support/thrift.js";
import { set, type RealDamage } from "./damage.js";

/** Where the first block of DELTA_BINARY_PACKED says its widths: behind four numbers and the smallest difference. */
function deltaWidths(body: Buffer): number {
  let place = 0;
  for (let varints = 0; varints < 5; varints++) while (body.readUInt8(place++) >= 0x80);
  return place;
}

export const pageDamages: readonly RealDamage[] = [
  {
    rule: "page-crc",
    damage: "that of other bytes",
    file: "plain",
    apply: (file) => {
      file.editPage("int64_required", 1, (header) => addAt(header, 2, 4), false);
    },
  },
  {
    rule: "page-rows",
    damage: "entries counted instead of rows",
    file: "nested",
    apply: (file) => {
      file.editPage("booleans.list.element", 1, (header) => {
        addAt(header, 1, 8, 3);
      });
    },
  },
  {
    rule: "page-nulls",
    damage: "a null too many",
    file: "plain",
    apply: (file) => {
      file.editPage("text8_bit", 1, (header) => {
        addAt(header, 1, 8, 2);
      });
    },
  },
  {
    rule: "dictionary-index",
    damage: "the highest of the width",
    file: "chosen",
    apply: (file) => {
      file.editPage("uuid_required", 6, (_, body) => {
        body.writeUInt8((1 << body.readUInt8(0)) - 1, 2); // The width, a run's length, its value.
      });
    },
  },
  {
    rule: "delta-width",
    damage: "65 bits",
    file: "nested V1",
    apply: (file) => {
      file.editPage("sequence", 0, (_, body) => {
        body.writeUInt8(65, deltaWidths(body));
      });
    },
  },
  {
    rule: "value-range",
    damage: "256 of an unsigned byte",
    file: "plain",
    apply: (file) => {
      file.editPage("uint8_required", 0, (_, body) => {
        body.writeUInt8(1, 1);
      });
    },
    also: ["bounds-hold", "column-index-bounds", "bloom-membership"],
  },
  {
    rule: "utf8",
    damage: "a lone continuation",
    file: "plain",
    apply: (file) => {
      file.editPage("constant_text", 0, (_, body) => {
        body.writeUInt8(0x80, 4);
      });
    },
    also: ["bounds-hold", "column-index-bounds"],
  },
  {
    rule: "page-values",
    damage: "a text longer than its page",
    file: "plain",
    apply: (file) => {
      file.editPage("constant_text", 0, (_, body) => {
        body.writeUInt8(0x7f, 3);
      });
    },
  },
  {
    rule: "page-encoding",
    damage: "bit-packed values",
    file: "plain",
    apply: (file) => {
      file.editPage("int64_required", 0, (header) => {
        set(header, 8, struct({ ...Object.fromEntries(structAt(header, 8).fields), 4: i32(4) }));
      });
    },
    also: ["encodings"],
  },
];
