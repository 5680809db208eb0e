/** The reference pages say what the tables in the generator say. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../generator/src/diagnostics/codes.js";
import { loadSchema } from "../../generator/src/load.js";
import * as keyTables from "../../generator/src/schema/keys.js";
import { codecNames } from "../../generator/src/schema/words.js";
import { projectPath } from "../support/paths.js";
import { diagnosticsPage } from "./diagnostics-page.js";

const schemaPage = readFileSync(projectPath("docs/schema.md"), "utf8");

describe("docs/diagnostics.md", () => {
  it("is in step with the registry of codes", () => {
    const path = projectPath("docs/diagnostics.md");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, diagnosticsPage());
    expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(diagnosticsPage());
  });

  it("names every code once", () => {
    for (const code of Object.keys(diagnosticCodes)) expect(diagnosticsPage().split(`| ${code} |`).length, code).toBe(2);
  });
});

describe("docs/schema.md", () => {
  const { rootKeys, reservedKeys, fieldKeys, sharedKeys, valueKeys, enumValueKeys, setChoiceKeys, deprecatedKeys, layoutKeys } = keyTables;
  const { fieldParquetKeys, fileParquetKeys, compressionKeys, rowGroupKeys, sinkKeys, ringKeys, fileKeys, rotateKeys, typeKeys } =
    keyTables;
  const tables: readonly keyTables.KeyTable[] = [
    rootKeys,
    reservedKeys,
    fieldKeys,
    sharedKeys,
    valueKeys,
    enumValueKeys,
    setChoiceKeys,
    deprecatedKeys,
    layoutKeys,
    fieldParquetKeys,
    fileParquetKeys,
    compressionKeys,
    rowGroupKeys,
    sinkKeys,
    ringKeys,
    fileKeys,
    rotateKeys,
    ...Object.values(typeKeys),
  ];
  const words = [...tables.flatMap((table) => Object.keys(table)), ...Object.keys(typeKeys), ...codecNames];

  it.each([...new Set(words)])("explains `%s`", (word) => {
    expect(schemaPage.includes(`\`${word}\``)).toBe(true);
  });

  const examples = Array.from(schemaPage.matchAll(/```yaml\n(pqflow: 1\n[\s\S]*?)```/g), ([, text]) => text ?? "");

  it("has complete examples", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)("has an example without faults: %#", (text) => {
    expect(loadSchema({ path: "example.yaml", text }).diagnostics).toEqual([]);
  });
});
