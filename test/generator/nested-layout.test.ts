/** Bytes and levels of structs, lists and maps. */
import { describe, expect, it } from "vitest";
import type { ArrayNode, ColumnNode, RecordLayout, StructLayout } from "../../generator/src/layout/model.js";
import { childrenOf, leavesOf } from "../../generator/src/layout/tree.js";
import { loadSchema } from "../../generator/src/load.js";
import { schemaText } from "./support/folders.js";

function layoutOf(text: string): RecordLayout {
  const { layout, diagnostics } = loadSchema({ path: "schema.yaml", text });
  if (layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return layout;
}

function nodeAt(nodes: readonly ColumnNode[], [name, ...rest]: readonly string[]): ColumnNode {
  const node = nodes.find(({ field }) => field.name === name);
  if (node === undefined) throw new Error(`no column ${name ?? ""}`);
  return rest.length === 0 ? node : nodeAt(childrenOf(node), rest);
}

function column(layout: RecordLayout, path: string): ColumnNode {
  return nodeAt(layout.columns, path.split("."));
}

function arrayAt(layout: RecordLayout, path: string): ArrayNode {
  const node = column(layout, path);
  if (node.kind === "leaf" || node.groupOf === "struct") throw new Error(`${path} is no list and no map`);
  return node;
}

const members = ({ members: list }: Pick<StructLayout, "members">): readonly string[] =>
  list.map((member) => {
    const name = "field" in member ? member.field.name : member.kind;
    return `${member.kind === "count" ? `${name}_count` : name} ${member.offsetBytes}+${member.sizeBytes}`;
  });

/** The struct of a field, or the element of a list or map. */
function inside(layout: RecordLayout, name: string): StructLayout {
  const found = layout.members.find((member) => member.kind === "field" && member.field.name === name);
  if (found?.kind !== "field" || found.shape.kind === "value") throw new Error(`${name} has no members`);
  return found.shape.kind === "struct" ? found.shape.struct : found.shape.element;
}

function expectCovered({ sizeBytes, members: list }: StructLayout): void {
  let end = 0;
  for (const member of list) {
    expect(member.offsetBytes).toBe(end);
    end += member.sizeBytes;
    if (member.kind !== "field" || member.shape.kind === "value") continue;
    expectCovered(member.shape.kind === "struct" ? member.shape.struct : member.shape.element);
  }
  expect(end).toBe(sizeBytes);
}

const level = "type: struct, fields: [{name: qty, type: uint8}, {name: px, type: int64, presence: optional}, {name: ct, type: uint16}]";

describe("structs in the record", () => {
  const layout = layoutOf(schemaText("{name: a, id: 1, type: int8}", `{name: b, id: 2, ${level}, presence: optional}`));

  it("are laid out by the rules of the record, with null bits of their own", () => {
    expect(members(layout)).toEqual(["b 0+16", "a 16+1", "valid 17+1", "pad 18+6"]);
    expect(members(inside(layout, "b"))).toEqual(["px 0+8", "ct 8+2", "qty 10+1", "valid 11+1", "pad 12+4"]);
  });

  it("have the bit of an optional struct in the record, and those of its fields in itself", () => {
    expect(column(layout, "b").nullEncoding).toEqual({ kind: "BIT", byteOffsetBytes: 17, bitIndex: 0 });
    expect(column(layout, "b.px").nullEncoding).toEqual({ kind: "BIT", byteOffsetBytes: 11, bitIndex: 0 });
  });

  it("count an optional struct and an optional field as a definition level each", () => {
    expect(["b", "b.qty", "b.px"].map((path) => column(layout, path).maxDefinitionLevel)).toEqual([1, 1, 2]);
  });

  it("give a constant of a required struct no bytes", () => {
    const fields = "{name: x, type: int8, presence: constant, value: 3}, {name: y, type: int8}";
    const constant = layoutOf(schemaText(`{name: s, id: 1, type: struct, fields: [${fields}]}`));
    expect(constant.recordSizeBytes).toBe(1);
    expect(column(constant, "s.x")).toMatchObject({ storage: "NONE", constantBytes: Uint8Array.of(3, 0, 0, 0) });
  });
});

describe("lists in the record", () => {
  const layout = layoutOf(schemaText("{name: a, id: 1, type: int32}", `{name: b, id: 2, type: list, of: {${level}}, max_count: 3}`));

  it("are their elements and a count, which reordering may part", () => {
    expect(members(layout)).toEqual(["b 0+48", "a 48+4", "b_count 52+1", "pad 53+3"]);
    expect(arrayAt(layout, "b")).toMatchObject({ offsetBytes: 0, widthBytes: 53 });
  });

  it("name the count, the room and the stride in the repeated group, and the offsets of element 0 below it", () => {
    expect(arrayAt(layout, "b").repeated).toMatchObject({
      name: "list",
      storage: "UINT8",
      offsetBytes: 52,
      widthBytes: 1,
      maxElementCount: 3,
      elementStrideBytes: 16,
      maxDefinitionLevel: 1,
      maxRepetitionLevel: 1,
    });
    expect(column(layout, "b.element.ct")).toMatchObject({ offsetBytes: 8, maxDefinitionLevel: 1, maxRepetitionLevel: 1 });
    expect(column(layout, "b.element.px")).toMatchObject({ maxDefinitionLevel: 2, nullEncoding: { kind: "BIT", byteOffsetBytes: 11 } });
  });

  it("count up to 255 elements in one byte and more in two", () => {
    const lists = layoutOf(
      schemaText("{name: a, id: 1, type: list, of: int8, max_count: 255}", "{name: b, id: 2, type: list, of: int8, max_count: 256}"),
    );
    expect(arrayAt(lists, "a").repeated.storage).toBe("UINT8");
    expect(arrayAt(lists, "b").repeated).toMatchObject({ storage: "UINT16", widthBytes: 2 });
  });

  it("make a struct of an element with a null bit, and none of one with a null value", () => {
    const lists = layoutOf(
      schemaText(
        "{name: a, id: 1, type: list, of: {type: int32, presence: optional}, max_count: 2}",
        "{name: b, id: 2, type: list, of: {type: int32, presence: optional, null_value: -1}, max_count: 2}",
      ),
    );
    expect(members(inside(lists, "a"))).toEqual(["element 0+4", "valid 4+1", "pad 5+3"]);
    expect(members(inside(lists, "b"))).toEqual(["element 0+4"]);
    expect(column(lists, "b.element").nullEncoding).toEqual({ kind: "SENTINEL", bits: 0xffffffffn });
  });

  it("stand inside of each other by way of a struct, a repetition level each", () => {
    const inner = "{name: inner, type: list, of: int16, max_count: 5}";
    const lists = layoutOf(schemaText(`{name: a, id: 1, type: list, of: {type: struct, fields: [${inner}]}, max_count: 4}`));
    expect(members(inside(lists, "a"))).toEqual(["element 0+12"]);
    expect(arrayAt(lists, "a").repeated).toMatchObject({ elementStrideBytes: 12, offsetBytes: 48 });
    expect(arrayAt(lists, "a.element.inner").repeated).toMatchObject({ elementStrideBytes: 2, offsetBytes: 10, maxRepetitionLevel: 2 });
  });
});

describe("maps in the record", () => {
  const map = "type: map, key: {type: string, max_length: 3}, value: {type: int64, presence: optional}, max_count: 2";
  const layout = layoutOf(schemaText(`{name: m, id: 1, ${map}, presence: optional}`));

  it("are entries of key, value and null bit", () => {
    expect(members(inside(layout, "m"))).toEqual(["value 0+8", "key 8+4", "valid 12+1", "pad 13+3"]);
    expect(arrayAt(layout, "m")).toMatchObject({ groupOf: "map", repetition: "OPTIONAL", repeated: { name: "key_value" } });
  });

  it("have the levels of an optional map, of its repetition and of an optional value", () => {
    expect(leavesOf(layout.columns).map((leaf) => [leaf.maxDefinitionLevel, leaf.maxRepetitionLevel])).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });
});

describe("nested layouts", () => {
  const fields = [
    "{name: a, id: 1, type: int8, presence: optional}",
    `{name: b, id: 2, ${level}}`,
    `{name: c, id: 3, type: list, of: {${level}, presence: optional}, max_count: 300, presence: optional}`,
    "{name: d, id: 4, type: map, key: uuid, value: {type: string, max_length: 301}, max_count: 3}",
    `{name: e, id: 5, type: struct, fields: [{name: f, type: list, of: {type: interval}, max_count: 2}, {name: g, ${level}}]}`,
  ];

  it.each(["natural, reorder: true", "natural, reorder: false", "packed", "packed, align: 32"])(
    "cover every byte of every struct exactly once (%s)",
    (options) => {
      const layout = layoutOf(`${schemaText(...fields)}layout: {packing: ${options}}\n`);
      expectCovered({ sizeBytes: layout.recordSizeBytes, alignBytes: layout.recordAlignBytes, members: layout.members });
    },
  );

  it("take no byte for a field of type unknown", () => {
    const layout = layoutOf(schemaText("{name: a, id: 1, type: int8}", "{name: b, id: 2, type: unknown}"));
    expect(layout.recordSizeBytes).toBe(1);
    expect(column(layout, "b")).toMatchObject({
      physicalType: "INT32",
      logicalType: { kind: "UNKNOWN" },
      storage: "NONE",
      nullEncoding: { kind: "ALWAYS" },
      maxDefinitionLevel: 1,
    });
  });

  it("share the layout of a named type", () => {
    const layout = layoutOf(
      `${schemaText("{name: a, id: 1, type: Level}", "{name: b, id: 2, type: list, of: Level, max_count: 2}")}types: {Level: {${level}}}\n`,
    );
    const [first] = inside(layout, "b").members;
    expect(first?.kind === "field" && first.shape.kind === "struct" ? first.shape.struct : undefined).toBe(inside(layout, "a"));
  });
});

describe("fingerprints of nested schemas", () => {
  const base = schemaText(`{name: a, id: 1, type: list, of: {${level}}, max_count: 3}`);
  const pair = (text: string): readonly [bigint, bigint] => {
    const { layoutFingerprint, schemaFingerprint } = layoutOf(text);
    return [layoutFingerprint, schemaFingerprint];
  };

  it.each([
    ["the room of a list", "max_count: 3", "max_count: 4", true, true],
    ["a type inside", "type: uint8", "type: int8", true, true],
    ["an id inside", "{name: qty,", "{name: qty, id: 7,", false, true],
    ["the presence inside", "int64, presence: optional", "int64", true, true],
    ["a unit inside", "{name: qty,", "{name: qty, unit_of_measure: shares,", false, true],
    ["a description inside", "{name: qty,", "{name: qty, description: words,", false, false],
  ])("change with %s", (_, from, to, changesLayout, changesMeaning) => {
    const [layout, meaning] = pair(base.replace(from, to));
    const [layoutBefore, meaningBefore] = pair(base);
    expect([layout !== layoutBefore, meaning !== meaningBefore]).toEqual([changesLayout, changesMeaning]);
  });
});
