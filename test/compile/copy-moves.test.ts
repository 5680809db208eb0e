/** How the generated log copies a record: in pieces as wide as the fields are, or at once. */
import { describe, expect, it } from "vitest";
import { generateC } from "./schemas.js";

const copyOf = (fields: readonly string[], layout = ""): readonly string[] =>
  generateC(["pqflow: 1", "name: sample", "version: 1", layout, "fields:", ...fields.map((field) => `  - {${field}}`)].join("\n")).plan
    .copyStatements;

const packed = "layout: {packing: packed, reorder: false}";
const move = (widthBytes: number, offsetBytes: number): string => `pqflow_move_${widthBytes}(slot, record, ${offsetBytes});`;
const atOnce = ["memcpy(slot, record, SAMPLE_RECORD_SIZE_BYTES);"];
const integers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `name: f${index}, id: ${index + 1}, type: int64`);

describe("the copy that log makes", () => {
  it("has one piece per number, and none for pad bytes", () => {
    const fields = ["name: a, id: 1, type: int64", "name: b, id: 2, type: int32", "name: c, id: 3, type: uint8"];
    expect(copyOf(fields)).toEqual([move(8, 0), move(4, 8), move(1, 12)]);
  });

  it("takes texts and bytes in the widest pieces, and a length apart from what it counts", () => {
    const fields = ["name: a, id: 1, type: string, length: 7", "name: b, id: 2, type: string, max_length: 11"];
    expect(copyOf(fields, packed)).toEqual([move(4, 0), move(2, 4), move(1, 6), move(1, 7), move(8, 8), move(2, 16), move(1, 18)]);
  });

  it("takes an interval in its three numbers and null bits as bytes", () => {
    const fields = ["name: a, id: 1, type: interval", "name: b, id: 2, type: int32, presence: optional"];
    expect(copyOf(fields, packed)).toHaveLength(5);
    expect(copyOf(fields, packed)).toContain(move(1, 16));
    expect(copyOf(["name: a, id: 1, type: interval"])).toEqual([move(4, 0), move(4, 4), move(4, 8)]);
  });

  it("goes into structs", () => {
    const fields = [
      "name: a, id: 1, type: int64",
      "name: s, id: 2, type: struct, fields: [{name: x, id: 3, type: int64}, {name: y, id: 4, type: int16}]",
    ];
    expect(copyOf(fields)).toEqual([move(8, 0), move(8, 8), move(2, 16)]);
  });

  it("is one memcpy of a record of more than sixteen pieces, or of a list", () => {
    expect(copyOf(integers(16))).toHaveLength(16);
    expect(copyOf(integers(17))).toEqual(atOnce);
    expect(copyOf(["name: a, id: 1, type: list, max_count: 2, of: {type: int32}"])).toEqual(atOnce);
  });

  it("is one memcpy of a record of more than 128 bytes", () => {
    expect(copyOf(["name: a, id: 1, type: string, length: 128"], packed)).toHaveLength(16);
    expect(copyOf(["name: a, id: 1, type: string, length: 120", "name: b, id: 2, type: string, length: 9"], packed)).toEqual(atOnce);
  });
});
