import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { projectPath } from "../support/paths.js";
import { emitTargets } from "../../generator/src/output/emit.js";
import { caseBytes, caseNames, readCaseFile } from "./golden.js";
import { runGenerator } from "./support/host.js";
import { schemaFile, schemaText, temporaryFolder, textsIn } from "./support/folders.js";

const source = (name: string) => ({ path: "schema.yaml", text: caseBytes("valid", name).toString("utf8") });

describe("generate", () => {
  it.each(caseNames("valid"))("%s: gives the files of every target", async (name) => {
    const { files, diagnostics } = await generate(source(name), { emit: emitTargets, readFile: readCaseFile("valid", name) });
    expect(diagnostics).toEqual([]);
    expect(files.map(({ path }) => path.replace(/^[a-z]+/, "NAME"))).toEqual([
      "NAME_sink.h",
      "NAME_sink.c",
      "NAME_sink.ts",
      "NAME_sink.js",
      "NAME_sink.d.ts",
      "NAME_sink.cjs",
      "NAME_sink.d.cts",
      "NAME.pqflow.json",
    ]);
    for (const { text } of files) expect(text).toMatch(/[^\n]\n$/);
    const commonJs = files.find(({ path }) => path.endsWith(".cjs"))?.text ?? "(";
    expect(() => new Script(commonJs)).not.toThrow();
  });

  it("gives CommonJS and ES modules that export the same, with one text of declarations", async () => {
    const { files } = await generate(source("every-type"), { emit: ["js"] });
    const [esm = "", declarations, commonJs = "", commonJsDeclarations] = files.map(({ text }) => text);
    const names = Array.from(esm.matchAll(/^export (?:const|class) (\w+)/gm), ([, name]) => name ?? "").toSorted();
    expect(names.length).toBeGreaterThan(2);
    expect(
      Array.from(new Set(Array.from(commonJs.matchAll(/^exports\.(\w+) = (?!exports)/gm), ([, name]) => name ?? ""))).toSorted(),
    ).toEqual(names);
    expect(commonJsDeclarations).toBe(declarations);
    for (const name of names) expect(declarations).toMatch(new RegExp(`^export declare (?:const|class) ${name}\\b`, "m"));
  });

  it("gives what the command line writes", async () => {
    const folder = temporaryFolder();
    const text = schemaText("{name: price, id: 1, type: int64}");
    const out = join(folder, "out");
    await runGenerator([schemaFile(folder, text), "--out", out]);
    const { files } = await generate({ path: "another/path.yaml", text });
    const { ".pqflow-manifest.json": _, ...written } = textsIn(out);
    expect(Object.fromEntries(files.map((file) => [file.path, file.text]))).toEqual(written);
  });

  it("gives the targets asked for, in that order", async () => {
    const { files } = await generate(source("minimal"), { emit: ["ir", "c"] });
    expect(files.map(({ path }) => path)).toEqual(["trades.pqflow.json", "trades_sink.h", "trades_sink.c"]);
  });

  it("gives no file when the schema has an error", async () => {
    const { files, diagnostics } = await generate({ path: "schema.yaml", text: schemaText("{name: price, id: 1, type: int46}") });
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["PQ2101"]);
  });

  it("gives the same files again", async () => {
    expect(await generate(source("every-type"))).toEqual(await generate(source("every-type")));
  });

  it("accepts the schema of the benchmark: 8 columns, 52 bytes and one named pad in 56, 64 bytes a slot", async () => {
    const text = readFileSync(projectPath("schemas/orders.yaml"), "utf8");
    const { files } = await generate({ path: "schemas/orders.yaml", text }, { emit: ["ir"] });
    expect(JSON.parse(files[0]?.text ?? "")).toMatchObject({
      record: { size_bytes: 56, align_bytes: 8, slot_size_bytes: 64, commit_offset_bytes: 56, members: { length: 9 } },
      columns: { length: 8 },
    });
  });
});
