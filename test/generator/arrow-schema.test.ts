/** The Arrow schema of a record, read back by Arrow's own library. */
import { readFileSync } from "node:fs";
import { type Field, type Schema, tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { loadSchema } from "../../generator/src/load.js";
import { projectPath } from "../support/paths.js";

const END_OF_STREAM = Buffer.from("ffffffff00000000", "hex");

function arrowText(yaml: string): string | undefined {
  const { layout, diagnostics } = loadSchema({ path: "schema.yaml", text: yaml });
  if (layout === undefined) throw new Error(diagnostics[0]?.message);
  return layout.keyValues.find(([key]) => key === "ARROW:schema")?.[1];
}

function arrowSchemaOf(yaml: string): Schema {
  return tableFromIPC(Buffer.concat([Buffer.from(arrowText(yaml) ?? "", "base64"), END_OF_STREAM])).schema;
}

const withArrow = (fields: readonly string[]): string =>
  `pqflow: 1\nname: r\nversion: 1\nfields:\n${fields.map((keys, index) => `  - {name: f${index}, id: ${index + 1}, ${keys}}\n`).join("")}parquet: {arrow_schema: true}\n`;

const typeText = ({ type, nullable }: Field): string => `${String(type)}${nullable ? "" : " not null"}`;

const leaves: readonly (readonly [keys: string, type: string])[] = [
  ["type: bool", "Bool not null"],
  ["type: int8, presence: optional", "Int8"],
  ["type: uint16, presence: optional, null_value: 0", "Uint16"],
  ["type: int32", "Int32 not null"],
  ["type: uint64", "Uint64 not null"],
  ["type: float16", "Float16 not null"],
  ["type: float", "Float32 not null"],
  ["type: double", "Float64 not null"],
  ["type: decimal, precision: 38, scale: 2", "Decimal[38e+2] not null"],
  ["type: decimal, precision: 4, storage: int64", "Decimal[4e0] not null"],
  ["type: date", "Date32<DAY> not null"],
  ["type: time, unit: ms", "Time32<MILLISECOND> not null"],
  ["type: time, unit: us, utc: true", "Time64<MICROSECOND> not null"],
  ["type: timestamp, unit: ns", "Timestamp<NANOSECOND> not null"],
  ["type: timestamp, unit: ms, utc: true", "Timestamp<MILLISECOND, UTC> not null"],
  ["type: int96", "Timestamp<NANOSECOND> not null"],
  ["type: interval", "FixedSizeBinary[12] not null"],
  ["type: string, length: 8", "Utf8 not null"],
  ["type: json, max_length: 20", "Utf8 not null"],
  ["type: bson, max_length: 20", "Binary not null"],
  ["type: bytes, max_length: 20", "Binary not null"],
  ["type: fixed, length: 5", "FixedSizeBinary[5] not null"],
  ["type: uuid", "FixedSizeBinary[16] not null"],
  ["type: enum, storage: char, values: [{name: a, value: A}]", "Dictionary<Int32, Utf8> not null"],
  ["type: enum, storage: int16, stored_as: code, values: [{name: a, value: 1}]", "Int16 not null"],
  ["type: set, storage: uint8, values: [{name: a, bit: 1}]", "Uint8 not null"],
  ["type: unknown", "Null"],
  ["type: int16, presence: constant, value: 7", "Int16 not null"],
];

describe("the Arrow schema", () => {
  it("is left out unless it is wanted", () => {
    const yaml = withArrow(["type: bool"]);
    expect(arrowText(yaml)).toBeDefined();
    expect(arrowText(yaml.replace("true", "false"))).toBeUndefined();
    expect(arrowText(yaml.replace(/parquet:.*/, ""))).toBeUndefined();
  });

  it("counts among the entries of metadata, of which there are 4,096", () => {
    const entries = (count: number): string => Array.from({ length: count }, (_, index) => `k${index}: v`).join(", ");
    const yaml = withArrow(["type: bool"]);
    const withEntries = (count: number): string =>
      yaml.replace("{arrow_schema: true", `{key_value_metadata: {${entries(count)}}, arrow_schema: true`);
    expect(arrowText(withEntries(4095))).toBeDefined();
    expect(() => arrowText(withEntries(4096))).toThrow("4096 metadata entries; 4095 are allowed");
  });

  it("is a framed message of whole words", () => {
    const bytes = Buffer.from(arrowText(withArrow(["type: bool"])) ?? "", "base64");
    expect(bytes.readUInt32LE(0)).toBe(0xffff_ffff);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.length % 8).toBe(0);
  });

  it.each(leaves)("has for {%s} the type %s", (keys, type) => {
    expect(arrowSchemaOf(withArrow([keys, "type: bool"])).fields.map(typeText)).toEqual([type, "Bool not null"]);
  });

  it("gives decimals of more than 38 digits 256 bits", () => {
    const [small, large] = arrowSchemaOf(withArrow(["type: decimal, precision: 38", "type: decimal, precision: 39"])).fields;
    expect([small, large].map((field) => (field?.type as { readonly bitWidth?: number }).bitWidth)).toEqual([128, 256]);
  });

  it("numbers dictionaries, each its own", () => {
    const side = "type: enum, storage: char, values: [{name: a, value: A}]";
    const ids = arrowSchemaOf(withArrow([side, side])).fields.map(({ type }) => (type as { readonly id?: number }).id);
    expect(ids).toEqual([0, 1]);
  });

  it("names the extension types of UUIDs and JSON", () => {
    const { fields } = arrowSchemaOf(withArrow(["type: uuid", "type: json, max_length: 9", "type: string, length: 9"]));
    const names = fields.map(({ metadata }) => metadata.get("ARROW:extension:name"));
    expect(names).toEqual(["arrow.uuid", "arrow.json", undefined]);
  });

  it("has Parquet's names for what lists and maps hold", () => {
    const yaml = readFileSync(projectPath("test/generator/cases/valid/nested/schema.yaml"), "utf8");
    const { fields } = arrowSchemaOf(`${yaml}parquet: {arrow_schema: true}\n`);
    const at = (name: string): Field | undefined => fields.find((field) => field.name === name);
    const child = (field: Field | undefined): Field | undefined => (field?.type as { readonly children?: readonly Field[] }).children?.[0];
    expect(child(at("ratios"))).toMatchObject({ name: "element", nullable: true });
    expect(child(at("tags"))).toMatchObject({ name: "element", nullable: false });
    expect(child(at("attributes"))?.nullable).toBe(false);
    expect(child(child(at("attributes")))).toMatchObject({ name: "key", nullable: false });
    expect(at("asks")?.nullable).toBe(true);
  });
});
