/** How `encoding`, `dictionary` and `bloom_filter` of the file reach the columns, in C and in TypeScript alike: a field's own word wins. */
import { describe, expect, it } from "vitest";
import { loadSchema } from "../../generator/src/load.js";
import { planTypeScript } from "../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../generator/src/render/typescript.js";
import { generateC } from "../compile/schemas.js";

interface Column {
  readonly encoding: string;
  readonly bloom: string;
}

const NONE = "none";

/** Of each column by its name: what the C descriptor says, after TypeScript was found to say the same. */
function columnsOf(file: string, fields: readonly string[]): Readonly<Record<string, Column>> {
  const items = fields.map((field, index) => `  - {id: ${index + 1}, ${field}}`);
  const text = ["pqflow: 1", "name: ticks", "version: 1", `parquet: ${file}`, "fields:", ...items, ""].join("\n");
  const { schema, layout, diagnostics } = loadSchema({ path: "ticks.yaml", text });
  if (schema === undefined || layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const c = fromC(generateC(text).source.text);
  expect(fromTypeScript(renderTypeScript(planTypeScript(schema, layout))[0]?.text ?? "")).toEqual(c);
  return c;
}

function fromC(text: string): Readonly<Record<string, Column>> {
  const columns = Array.from(text.matchAll(/\.name = "(\w+)",([^{}]*)\}/g), ([, name = "", settings = ""]) => {
    const setting = (key: string): string | undefined => new RegExp(`\\.${key} = ([\\w.+-]+)`).exec(settings)?.[1];
    const fpp = setting("bloom_filter_fpp");
    const bloom = fpp === undefined ? NONE : `${Number(fpp)} ${setting("bloom_filter_ndv") ?? "0"}`;
    return [name, { encoding: setting("encoding")?.replace("PQFLOW_ENCODING_", "") ?? "PLAIN", bloom }] as const;
  });
  return Object.fromEntries(columns);
}

function fromTypeScript(text: string): Readonly<Record<string, Column>> {
  const columns = Array.from(text.matchAll(/name: "(\w+)",\s*fieldId([^{}]*)\}/g), ([, name = "", settings = ""]) => {
    const setting = (key: string): string | undefined => new RegExp(`\\b${key}: "?([\\w.+-]+)`).exec(settings)?.[1];
    const fpp = setting("bloomFilterFpp");
    const bloom = fpp === undefined ? NONE : `${Number(fpp)} ${setting("bloomFilterNdv") ?? "0"}`;
    return [name, { encoding: setting("encoding") ?? "AUTO", bloom }] as const;
  });
  return Object.fromEntries(columns);
}

describe("an encoding of the file", () => {
  const integers = "{encoding: DELTA_BINARY_PACKED, dictionary: false}";

  it("is that of columns whose type can have it, the file's dictionary that of the others", () => {
    const columns = columnsOf(integers, ["name: a, type: int32", "name: b, type: double", "name: c, type: bool", "name: d, type: unknown"]);
    expect(Object.values(columns).map(({ encoding }) => encoding)).toEqual(["DELTA_BINARY_PACKED", "AUTO_NO_DICTIONARY", "AUTO", "AUTO"]);
  });

  it.each([
    ["encoding: PLAIN", "PLAIN"],
    ["encoding: RLE_DICTIONARY", "RLE_DICTIONARY"],
    ["dictionary: true", "RLE_DICTIONARY"],
    ["dictionary: false", "AUTO_NO_DICTIONARY"],
    ["dictionary: auto", "AUTO"],
  ])("gives way to a field's own %s", (own, encoding) => {
    expect(columnsOf(integers, [`name: a, type: int32, parquet: {${own}}`])["a"]?.encoding).toBe(encoding);
  });

  it("gives way where a field says auto of its dictionary, and so does the file's dictionary", () => {
    const fields = ["name: a, type: string, max_length: 9, parquet: {dictionary: auto}", "name: b, type: int64"];
    expect(columnsOf("{dictionary: false}", fields)).toMatchObject({ a: { encoding: "AUTO" }, b: { encoding: "AUTO_NO_DICTIONARY" } });
  });
});

describe("a bloom filter of the file", () => {
  it("is that of columns that say nothing of it and can have one", () => {
    const fields = [
      "name: a, type: int32",
      "name: b, type: int32, parquet: {bloom_filter: false}",
      "name: c, type: int32, parquet: {bloom_filter: {fpp: 0.5}}",
      "name: d, type: bool",
      "name: e, type: unknown",
    ];
    const columns = columnsOf("{bloom_filter: {fpp: 0.02, ndv: 77}}", fields);
    expect(Object.values(columns).map(({ bloom }) => bloom)).toEqual(["0.02 77", NONE, "0.5 0", NONE, NONE]);
    expect(columnsOf("{bloom_filter: true}", ["name: a, type: int32"])["a"]?.bloom).toBe("0.01 0");
    expect(columnsOf("{bloom_filter: false}", ["name: a, type: int32"])["a"]?.bloom).toBe(NONE);
  });

  it("gives way to a field that says no where the field's type says yes", () => {
    const file = "{bloom_filter: true}\ntypes: {Code: {type: int32, parquet: {bloom_filter: true}}}";
    const fields = ["name: a, type: Code, parquet: {bloom_filter: false}", "name: b, type: Code"];
    expect(columnsOf(file, fields)).toMatchObject({ a: { bloom: NONE }, b: { bloom: "0.01 0" } });
  });
});
