import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type DiagnosticCode, diagnosticCodes } from "../../generator/src/diagnostics/codes.js";
import { renderDiagnostics } from "../../generator/src/diagnostics/render.js";
import { plainStyle } from "../../generator/src/diagnostics/style.js";
import type { SourceFile } from "../../generator/src/document/model.js";
import { loadSchemaBytes } from "../../generator/src/load.js";
import { caseBytes, caseNames, casesDir, expectGolden, readCaseFile } from "./golden.js";

function load(kind: "valid" | "invalid", name: string) {
  return loadSchemaBytes({ path: "schema.yaml", bytes: caseBytes(kind, name) }, readCaseFile(kind, name));
}

const textsOf = (files: readonly SourceFile[]): ReadonlyMap<string, string> => new Map(files.map(({ path, text }) => [path, text]));

const isWarning = (name: string): boolean => diagnosticCodes[name.slice(0, 6) as DiagnosticCode]?.severity === "warning";

describe("schemas with faults", () => {
  it.each(caseNames("invalid"))("%s: reports exactly the expected text", (name) => {
    const { diagnostics, files } = load("invalid", name);
    expectGolden(`${renderDiagnostics(diagnostics, textsOf(files), plainStyle)}\n`, "invalid", name, "expected.txt");
  });

  it.each(caseNames("invalid").filter((name) => name.startsWith("PQ")))("%s: reports the code it is named after, and no other", (name) => {
    const codes = new Set(load("invalid", name).diagnostics.map(({ code }) => code));
    expect([...codes]).toEqual([name.slice(0, 6)]);
  });

  it.each(caseNames("invalid").filter((name) => !isWarning(name)))("%s: gives no schema and no layout", (name) => {
    const loaded = load("invalid", name);
    expect(loaded.schema).toBeUndefined();
    expect(loaded.layout).toBeUndefined();
  });

  it("a warning alone leaves the schema usable", () => {
    for (const name of caseNames("invalid").filter(isWarning)) expect(load("invalid", name).layout, name).toBeDefined();
  });

  it("three mistakes give three errors", () => {
    expect(load("invalid", "three-mistakes").diagnostics.map(({ code }) => code)).toEqual(["PQ2101", "PQ2010", "PQ2403"]);
  });
});

describe("schemas without faults", () => {
  it.each(caseNames("valid"))("%s: resolves to exactly the expected JSON, without a word", (name) => {
    const { layout, diagnostics } = load("valid", name);
    expect(diagnostics).toEqual([]);
    expectGolden(`${JSON.stringify(JSON.parse(layout?.resolvedJson ?? "null"), null, 1)}\n`, "valid", name, "resolved.json");
  });
});

describe("the registry of codes", () => {
  it("has a golden case for every code", () => {
    const covered = new Set(caseNames("invalid").map((name) => name.slice(0, 6)));
    expect(Object.keys(diagnosticCodes).filter((code) => !covered.has(code))).toEqual([]);
  });

  it("names no code twice in two forms: every expected text uses registered codes", () => {
    for (const name of caseNames("invalid")) {
      const text = readFileSync(join(casesDir, "invalid", name, "expected.txt"), "utf8");
      for (const [, code] of text.matchAll(/^(?:error|warning)\[(PQ\d{4})\]/gm)) expect(diagnosticCodes).toHaveProperty(code ?? "");
    }
  });
});
