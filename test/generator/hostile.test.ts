/** Nothing that a schema file may hold ends the process, hangs it or escapes as an exception. */
import { describe, expect, it } from "vitest";
import { renderDiagnostics } from "../../generator/src/diagnostics/render.js";
import { plainStyle } from "../../generator/src/diagnostics/style.js";
import { findExcessiveNesting } from "../../generator/src/document/limits.js";
import { loadSchemaBytes } from "../../generator/src/load.js";
import { caseBytes } from "./golden.js";

const fill = (unit: string, sizeBytes: number): string => unit.repeat(Math.floor(sizeBytes / Buffer.byteLength(unit)));

function load(text: string | Uint8Array) {
  const loaded = loadSchemaBytes({ path: "schema.yaml", bytes: Buffer.from(text as string) });
  renderDiagnostics(loaded.diagnostics.slice(0, 20), new Map(loaded.files.map((file) => [file.path, file.text])), plainStyle);
  return loaded;
}

describe("endless", () => {
  const units = [
    "!a ",
    "&a ",
    "*a ",
    "a: &a [*a]\n",
    "'",
    '"',
    "|",
    "#",
    "\n",
    "-\n  ",
    "\t",
    "\r",
    "%YAML 1.2\n",
    "---\n",
    "\0",
    "\ufeff",
    "a",
    "\u{1f40e}",
    "a: 1\n",
  ];

  it.each(units)("%j gives findings, a thousand at most", (unit) => {
    const { schema, diagnostics } = load(fill(unit, 1 << 16));
    expect(schema).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(1000);
  });

  it.each(["[", "{a: ", "- ", "? ", ": ", "[{", "- - ", "[\n", "- {"])(
    "nesting with %j, a mebibyte of it, is refused before the parser runs",
    (unit) => {
      expect(load(fill(unit, 1 << 20)).diagnostics.map(({ code }) => code)).toEqual(["PQ1002"]);
    },
  );
});

describe("the nesting scan", () => {
  const blocks = (depth: number): string => Array.from({ length: depth }, (_, index) => `${" ".repeat(index)}a:`).join("\n");

  it.each([
    ["64 flow sequences", "[".repeat(64) + "]".repeat(64), false],
    ["65 flow sequences", "[".repeat(65) + "]".repeat(65), true],
    ["64 flow mappings in a value", `a: ${"{a: ".repeat(63)}1${"}".repeat(63)}`, false],
    ["65 of them", `a: ${"{a: ".repeat(64)}1${"}".repeat(64)}`, true],
    ["64 block mappings", `${blocks(64)} 1`, false],
    ["65 block mappings", `${blocks(65)} 1`, true],
    ["brackets in quotes", `a: "${"[".repeat(200)}"\nb: '${"{".repeat(200)}'`, false],
    ["brackets in a plain text behind an apostrophe", `a: it's ${"[".repeat(200)}`, false],
    ["brackets in a comment", `a: 1 # ${"[".repeat(200)}`, false],
    ["brackets and dashes in a block text", `a: |\n  ${"[".repeat(200)}\n  ${"- ".repeat(200)}\n`, false],
    ["an apostrophe before real brackets", `a: it's\nb: ${"[".repeat(65)}${"]".repeat(65)}`, true],
    ["many mappings side by side", `fields:\n${"  - {a: {b: [1]}}\n".repeat(1000)}`, false],
    ["many blocks side by side", `fields:\n${"  - a:\n      b:\n        - 1\n".repeat(1000)}`, false],
  ])("%s", (_, text, isExcessive) => {
    expect(findExcessiveNesting(text) !== undefined).toBe(isExcessive);
  });
});

describe("a valid schema with random damage", () => {
  it("is read or refused with findings, never otherwise", () => {
    const original = caseBytes("valid", "every-type");
    let seed = 12_345;
    const random = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    const pieces = [
      "",
      "{",
      "}",
      "[",
      "]",
      ":",
      ": ",
      "- ",
      "#",
      '"',
      "'",
      "\n",
      "\t",
      "&a ",
      "*a",
      "!x ",
      "<<: ",
      "null",
      "0x",
      "1e999",
      "\u202e",
      "- - ",
      "? ",
    ];
    for (let round = 0; round < 400; round += 1) {
      const start = random(original.length);
      const piece = random(4) === 0 ? Buffer.of(random(256)) : Buffer.from(pieces[random(pieces.length)] ?? "");
      const bytes = Buffer.concat([original.subarray(0, start), piece, original.subarray(start + random(6))]);
      const { schema, diagnostics } = load(bytes);
      expect(schema === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
      for (const { span } of diagnostics) expect(span.end.offset).toBeGreaterThanOrEqual(span.start.offset);
    }
  });
});
