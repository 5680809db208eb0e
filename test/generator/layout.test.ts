import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LeafNode, RecordLayout } from "../../generator/src/layout/model.js";
import { commitOffsetBytes, slotSizeBytes } from "../../generator/src/layout/slots.js";
import { loadSchema } from "../../generator/src/load.js";
import { projectPath } from "../support/paths.js";
import { schemaText, temporaryFolder } from "./support/folders.js";

function layoutOf(text: string): RecordLayout {
  const { layout, diagnostics } = loadSchema({ path: "schema.yaml", text });
  if (layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return layout;
}

function column(layout: RecordLayout, name: string): LeafNode {
  const node = layout.columns.find(({ field }) => field.name === name);
  if (node?.kind !== "leaf") throw new Error(`no column ${name}`);
  return node;
}

const members = (layout: RecordLayout): readonly string[] =>
  layout.members.map((member) => `${"field" in member ? member.field.name : member.kind} ${member.offsetBytes}+${member.sizeBytes}`);

describe("slot arithmetic", () => {
  it("equals pqflow/lane.h for every record size up to 2,000 bytes and every alignment", () => {
    const folder = temporaryFolder();
    const source = join(folder, "slots.c");
    writeFileSync(
      source,
      `#include <pqflow/lane.h>
#include <stdio.h>
int main(void) {
  for (uint32_t align = 1; align <= 4096; align *= 2)
    for (uint32_t size = 1; size <= 2000; size += 1) {
      const uint32_t record = (size + align - 1) / align * align;
      printf("%u %u %u %u\\n", record, align, pqflow_commit_offset_bytes(record), pqflow_slot_size_bytes(record, align));
    }
  printf("%u %u %u %u\\n", 1048576U, 1U, pqflow_commit_offset_bytes(1048576), pqflow_slot_size_bytes(1048576, 1));
  return 0;
}
`,
    );
    const program = join(folder, "slots");
    execFileSync(process.env["CC"] ?? "cc", ["-std=c11", "-I", projectPath("runtime/include"), source, "-o", program]);
    const rows = execFileSync(program, { encoding: "utf8", maxBuffer: 1 << 26 })
      .trimEnd()
      .split("\n");
    const mine = rows.map((row) => {
      const [size = 0, align = 0] = row.split(" ").map(Number);
      return `${size} ${align} ${commitOffsetBytes(size)} ${slotSizeBytes(size, align)}`;
    });
    expect(rows.length).toBe(13 * 2000 + 1);
    expect(mine).toEqual(rows);
  });
});

describe("record layout", () => {
  const mixed = [
    "{name: a, id: 1, type: int8}",
    "{name: b, id: 2, type: int64, presence: optional}",
    "{name: c, id: 3, type: int16}",
  ] as const;

  it("sorts members by alignment, keeps the order of equals, and puts the bitmap behind them", () => {
    expect(members(layoutOf(schemaText(...mixed)))).toEqual(["b 0+8", "c 8+2", "a 10+1", "valid 11+1", "pad 12+4"]);
  });

  it("keeps the declared order without reorder and names every hole", () => {
    const layout = layoutOf(`${schemaText(...mixed)}layout: {reorder: false}\n`);
    expect(members(layout)).toEqual(["a 0+1", "pad 1+7", "b 8+8", "c 16+2", "valid 18+1", "pad 19+5"]);
  });

  it("packs without a hole and with alignment 1", () => {
    const layout = layoutOf(`${schemaText(...mixed)}layout: {packing: packed}\n`);
    expect(members(layout)).toEqual(["a 0+1", "b 1+8", "c 9+2", "valid 11+1"]);
    expect(layout).toMatchObject({ recordSizeBytes: 12, recordAlignBytes: 1, commitOffsetBytes: 12 });
  });

  it("pads the record to the alignment asked for", () => {
    expect(layoutOf(`${schemaText(...mixed)}layout: {align: 64}\n`)).toMatchObject({ recordSizeBytes: 64, recordAlignBytes: 64 });
  });

  it.each(["natural, reorder: true", "natural, reorder: false", "packed", "packed, align: 32"])(
    "covers every byte exactly once (%s)",
    (options) => {
      const types = [
        "int8",
        "string, length: 3",
        "int64",
        "uuid",
        "string, max_length: 255",
        "string, max_length: 256",
        "bool",
        "double",
        "int16",
        "float",
      ];
      const fields = types.map(
        (type, index) => `{name: f${index}, id: ${index + 1}, type: ${type}${index % 2 === 0 ? ", presence: optional" : ""}}`,
      );
      const layout = layoutOf(`${schemaText(...fields)}layout: {packing: ${options}}\n`);
      let end = 0;
      for (const { offsetBytes, sizeBytes } of layout.members) {
        expect(offsetBytes).toBe(end);
        end += sizeBytes;
      }
      expect(end).toBe(layout.recordSizeBytes);
      expect(layout.recordSizeBytes % layout.recordAlignBytes).toBe(0);
    },
  );

  it("counts texts of up to 255 bytes in one byte and longer ones in two", () => {
    const layout = layoutOf(
      schemaText("{name: a, id: 1, type: string, max_length: 255}", "{name: b, id: 2, type: string, max_length: 256}"),
    );
    expect(column(layout, "a")).toMatchObject({ storage: "COUNTED_8", widthBytes: 256 });
    expect(column(layout, "b")).toMatchObject({ storage: "COUNTED_16", widthBytes: 258 });
    expect(column(layout, "b").offsetBytes % 2).toBe(0);
  });

  it.each(["string", "json", "bson", "bytes"])("keeps the pad byte behind a %s of odd length out of the column's width", (type) => {
    const fields = schemaText(`{name: a, id: 1, type: ${type}, max_length: 257}`, "{name: b, id: 2, type: int16}");
    const sizeOfFirst = (layout: RecordLayout): number | undefined =>
      layout.members.find(({ offsetBytes }) => offsetBytes === 0)?.sizeBytes;
    const natural = layoutOf(`${fields}layout: {packing: natural, reorder: false}\n`);
    expect(column(natural, "a")).toMatchObject({ storage: "COUNTED_16", offsetBytes: 0, widthBytes: 259 });
    expect(sizeOfFirst(natural)).toBe(260);
    expect(column(natural, "b").offsetBytes).toBe(260);
    const packed = layoutOf(`${fields}layout: {packing: packed, reorder: false}\n`);
    expect(column(packed, "a").widthBytes).toBe(259);
    expect(sizeOfFirst(packed)).toBe(259);
    expect(column(packed, "b").offsetBytes).toBe(259);
  });

  it("gives the i-th optional field bit i of the bitmap, in the order of the list", () => {
    const fields = Array.from({ length: 10 }, (_, index) => `{name: f${index}, id: ${index + 1}, type: int8, presence: optional}`);
    const layout = layoutOf(schemaText(...fields));
    expect(column(layout, "f0").nullEncoding).toEqual({ kind: "BIT", byteOffsetBytes: 10, bitIndex: 0 });
    expect(column(layout, "f9").nullEncoding).toEqual({ kind: "BIT", byteOffsetBytes: 11, bitIndex: 1 });
  });

  it("gives a constant no byte of the record and its PLAIN bytes", () => {
    const layout = layoutOf(schemaText("{name: a, id: 1, type: int8}", "{name: b, id: 2, type: int32, presence: constant, value: -2}"));
    expect(layout.recordSizeBytes).toBe(1);
    expect(column(layout, "b")).toMatchObject({ storage: "NONE", widthBytes: 0, constantBytes: Uint8Array.of(0xfe, 0xff, 0xff, 0xff) });
  });
});

describe("columns", () => {
  const cases: readonly (readonly [type: string, physical: string, logical: object])[] = [
    ["int8", "INT32", { kind: "INTEGER", bitWidth: 8, isSigned: true }],
    ["uint16", "INT32", { kind: "INTEGER", bitWidth: 16, isSigned: false }],
    ["int32", "INT32", { kind: "NONE" }],
    ["uint32", "INT32", { kind: "INTEGER", bitWidth: 32, isSigned: false }],
    ["int64", "INT64", { kind: "NONE" }],
    ["uint64", "INT64", { kind: "INTEGER", bitWidth: 64, isSigned: false }],
    ["bool", "BOOLEAN", { kind: "NONE" }],
    ["date", "INT32", { kind: "DATE" }],
    ["time, unit: ms", "INT32", { kind: "TIME", unit: "MILLIS", isAdjustedToUtc: false }],
    ["time, unit: ns, utc: true", "INT64", { kind: "TIME", unit: "NANOS", isAdjustedToUtc: true }],
    ["timestamp, unit: us", "INT64", { kind: "TIMESTAMP", unit: "MICROS", isAdjustedToUtc: false }],
    ["decimal, precision: 9, scale: 2", "INT32", { kind: "DECIMAL", precision: 9, scale: 2 }],
    ["decimal, precision: 10", "INT64", { kind: "DECIMAL", precision: 10, scale: 0 }],
    ["decimal, precision: 19", "FIXED_LEN_BYTE_ARRAY", { kind: "DECIMAL", precision: 19, scale: 0 }],
    ["json, max_length: 9", "BYTE_ARRAY", { kind: "JSON" }],
    ["string, length: 9", "BYTE_ARRAY", { kind: "STRING" }],
    ["uuid", "FIXED_LEN_BYTE_ARRAY", { kind: "UUID" }],
    ["enum, storage: char, values: [{name: a, value: A}]", "BYTE_ARRAY", { kind: "STRING" }],
    ["enum, storage: char, stored_as: code, values: [{name: a, value: A}]", "INT32", { kind: "INTEGER", bitWidth: 8, isSigned: false }],
    ["enum, storage: int64, stored_as: code, values: [{name: a, value: 1}]", "INT64", { kind: "NONE" }],
    ["set, storage: uint64, values: [{name: a, bit: 63}]", "INT64", { kind: "INTEGER", bitWidth: 64, isSigned: false }],
  ];

  it.each(cases)("writes %s as %s", (type, physicalType, logicalType) => {
    expect(column(layoutOf(schemaText(`{name: a, id: 1, type: ${type}}`)), "a")).toMatchObject({ physicalType, logicalType });
  });

  it("gives a decimal of n digits the fewest bytes that hold it", () => {
    const lengths = [19, 21, 22, 24, 38, 76].map(
      (precision) => column(layoutOf(schemaText(`{name: a, id: 1, type: decimal, precision: ${precision}}`)), "a").typeLengthBytes,
    );
    expect(lengths).toEqual([9, 9, 10, 11, 16, 32]);
  });

  it("gives sentinels as the bits that lie in the record", () => {
    const layout = layoutOf(
      schemaText(
        "{name: a, id: 1, type: int16, presence: optional, null_value: -1}",
        "{name: b, id: 2, type: float, presence: optional, null_value: -1.5}",
        "{name: c, id: 3, type: double, presence: optional, null_value: .nan}",
        "{name: d, id: 4, type: uint64, presence: optional, null_value: 0xffffffffffffffff}",
      ),
    );
    expect(["a", "b", "c", "d"].map((name) => column(layout, name).nullEncoding)).toEqual([
      { kind: "SENTINEL", bits: 0xffffn },
      { kind: "SENTINEL", bits: 0xbfc00000n },
      { kind: "NAN" },
      { kind: "SENTINEL", bits: 0xffffffffffffffffn },
    ]);
  });
});

describe("fingerprints", () => {
  const base = schemaText("{name: a, id: 1, type: int32}", "{name: b, id: 2, type: int32}");
  const pair = (text: string): readonly bigint[] => {
    const { layoutFingerprint, schemaFingerprint } = layoutOf(text);
    return [layoutFingerprint, schemaFingerprint];
  };
  const [layoutPrint, meaningPrint] = pair(base);

  it("stay when only texts and options change", () => {
    expect(pair(`${base.replace("id: 1,", "id: 1, description: words,")}parquet: {compression: ZSTD}\n`)).toEqual([
      layoutPrint,
      meaningPrint,
    ]);
  });

  it.each([
    ["a unit of the values", "type: int32}", "type: int32, unit_of_measure: cents}", false, true],
    ["an id", "id: 2", "id: 3", false, true],
    ["the type at the same width", "type: int32}", "type: uint32}", true, true],
    ["the width", "type: int32}", "type: int64}", true, true],
  ])("change with %s", (_, from, to, changesLayout, changesMeaning) => {
    const [layout, meaning] = pair(base.replace(from, to));
    expect([layout !== layoutPrint, meaning !== meaningPrint]).toEqual([changesLayout, changesMeaning]);
  });

  it("the layout's changes with the order of members, the meaning's does not", () => {
    const text = schemaText("{name: a, id: 1, type: int8}", "{name: b, id: 2, type: int32}");
    const [reordered, declared] = [pair(text), pair(`${text}layout: {reorder: false}\n`)];
    expect([reordered[0] === declared[0], reordered[1] === declared[1]]).toEqual([false, true]);
  });
});
