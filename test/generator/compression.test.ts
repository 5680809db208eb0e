/** How `compression` reaches the descriptors: a level that the schema does not name is left to the codec, in C and in TypeScript alike. */
import { describe, expect, it } from "vitest";
import { loadSchema } from "../../generator/src/load.js";
import { planTypeScript } from "../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../generator/src/render/typescript.js";
import { generateC } from "../compile/schemas.js";

function schemaWith(file: string, field: string): string {
  return `pqflow: 1
name: ticks
version: 1
parquet: {compression: ${file}}
fields:
  - {id: 1, name: price, type: int64, parquet: {compression: ${field}}}
`;
}

/** The settings of codecs, field before file. */
function settingsOf(text: string): { readonly c: readonly string[]; readonly typescript: readonly string[] } {
  const { schema, layout, diagnostics } = loadSchema({ path: "ticks.yaml", text });
  if (schema === undefined || layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const typescript = renderTypeScript(planTypeScript(schema, layout))[0]?.text ?? "";
  return {
    c: Array.from(generateC(text).source.text.matchAll(/\.(codec(?:_level)?) = (-?\w+)/g), ([, name, value]) => `${name} ${value}`),
    typescript: Array.from(typescript.matchAll(/\b(codec(?:Level)?): ("?-?\w+"?)/g), ([, name, value]) => `${name} ${value}`),
  };
}

describe("a codec", () => {
  it("without a level leaves the level to the runtime", () => {
    const { c, typescript } = settingsOf(schemaWith("GZIP", "{codec: BROTLI}"));
    expect(c).toEqual(
      expect.arrayContaining(["codec PQFLOW_CODEC_BROTLI", "codec PQFLOW_CODEC_GZIP", "codec_level PQFLOW_CODEC_LEVEL_DEFAULT"]),
    );
    expect(c.filter((setting) => setting.startsWith("codec_level"))).toHaveLength(2);
    expect(typescript).toEqual(['codec "BROTLI"', 'codec "GZIP"']);
  });

  it("with a level brings it along, a level of 0 too", () => {
    const { c, typescript } = settingsOf(schemaWith("{codec: GZIP, level: 9}", "{codec: BROTLI, level: 0}"));
    expect(c.filter((setting) => setting.startsWith("codec_level"))).toEqual(["codec_level 9"]); // A member that is not named is 0.
    expect(typescript).toEqual(['codec "BROTLI"', "codecLevel 0", 'codec "GZIP"', "codecLevel 9"]);
  });
});
