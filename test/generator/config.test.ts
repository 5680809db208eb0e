/** Configuration files. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../generator/src/config/read.js";
import { DiagnosticCollector } from "../../generator/src/diagnostics/collector.js";
import { runGenerator } from "./support/host.js";
import { namedSchema, projectFolder, temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
const schemas = { "schemas/a.yaml": namedSchema("a"), "schemas/b.yaml": namedSchema("b") };

const project = (files: Readonly<Record<string, string>>): string => projectFolder(folder, { ...schemas, ...files });
const run = async (workingDir: string, ...args: readonly string[]) => runGenerator(args, { workingDir });
const settings = { schemas: ["schemas/*.yaml"], out: "gen", emit: ["ir"] };
const yaml = "schemas: ['schemas/*.yaml']\nout: gen\nemit: [ir]\n";

describe("a configuration", () => {
  it.each([
    ["pqflow.config.yaml", yaml],
    ["pqflow.config.json", JSON.stringify(settings)],
    ["pqflow.config.mjs", `export default ${JSON.stringify(settings)};\n`],
    ["package.json", JSON.stringify({ name: "x", pqflow: settings })],
  ])("as %s says what pqflow-gen without arguments generates", async (name, text) => {
    const root = project({ [name]: text });
    expect(await run(root)).toMatchObject({ exitCode: 0, error: "note: 2 outputs for 2 schemas, 2 written, 84 ms\n" });
    expect(Object.keys(textsIn(join(root, "gen")))).toEqual([".pqflow-manifest.json", "a.pqflow.json", "b.pqflow.json"]);
    expect(await run(root, "--check")).toMatchObject({ exitCode: 0 });
    expect(await run(root, "check")).toMatchObject({ exitCode: 0, error: "note: 2 schemas without errors\n" });
  });

  it("has paths relative to itself, wherever it is named from", async () => {
    const root = project({ "sub/other.yaml": "schemas: [../schemas/a.yaml]\nout: gen\nemit: [ir]\ndepfile: a.d\n" });
    await run("", "--config", join(root, "sub/other.yaml"));
    expect(Object.keys(textsIn(join(root, "sub")))).toEqual(["a.d", "gen/.pqflow-manifest.json", "gen/a.pqflow.json", "other.yaml"]);
    expect(textsIn(join(root, "sub"))["a.d"]).toContain(`: ${join(root, "schemas/a.yaml")}\n`);
  });

  it("gives way to flags, also to those that say the default", async () => {
    const root = project({ "pqflow.config.yaml": `${yaml}quiet: true\ncolor: always\n` });
    const other = join(root, "other");
    expect(await run(root, join(root, "schemas/b.yaml"), "--out", other, "--emit", "c,ir")).toEqual({ exitCode: 0, out: "", error: "" });
    expect(Object.keys(textsIn(other))).toEqual([".pqflow-manifest.json", "b.pqflow.json", "b_sink.c", "b_sink.h"]);
    const bad = project({ "schemas/a.yaml": "pqflow: 1\n", "pqflow.config.yaml": `${yaml}color: always\n` });
    expect((await run(bad, "check")).error).toContain("\u001b[");
    expect((await run(bad, "check", "--color", "auto")).error).not.toContain("\u001b[");
  });

  it("can ask for --clean, --timings and another --error-format", async () => {
    const root = project({ "pqflow.config.yaml": `${yaml}clean: true\ntimings: true\n` });
    await run(root, "--emit", "c,ir");
    const again = await run(root);
    expect(again.error).toContain("4 deleted");
    expect(again.error).toMatch(/\nnote: start \d+ ms, read \d+ ms, render \d+ ms, write \d+ ms\n$/);
    const bad = project({ "schemas/a.yaml": "pqflow: 1\n", "pqflow.config.yaml": `${yaml}error_format: github\n` });
    expect((await run(bad, "check")).error).toContain("::error file=");
  });

  it("is not read with --no-config", async () => {
    const root = project({ "pqflow.config.yaml": yaml });
    expect(await run(root, "--no-config")).toEqual({
      exitCode: 2,
      out: "",
      error: "error: no schema: name one (pqflow-gen schemas/orders.yaml), or list them under `schemas` in pqflow.config.yaml\n",
    });
  });

  it("must be one: two are refused", async () => {
    const root = project({ "pqflow.config.yaml": yaml, "package.json": JSON.stringify({ pqflow: settings }) });
    const { exitCode, error } = await run(root);
    expect(exitCode).toBe(2);
    expect(error).toBe(
      `error: ${join(root, "pqflow.config.yaml")} and ${join(root, "package.json")}#pqflow both configure pqflow-gen: keep one, or name it with --config\n`,
    );
  });
});

describe("faults of a configuration", () => {
  it("are reported with their place, all at once, before anything is done", async () => {
    const root = project({ "pqflow.config.yaml": "schema: [a.yaml]\nout: 7\nemit: [c, rust]\ncolor: pink\nclean: maybe\nschemas: [1]\n" });
    const { exitCode, error } = await run(root);
    expect(exitCode).toBe(2);
    expect(error.match(/^(error\[\w+\]: .*|.*= help: .*)$/gm)).toEqual([
      "error[PQ2001]: unknown key `schema`",
      "  = help: did you mean `schemas`?",
      "error[PQ1205]: `out` is text, not an integer",
      '  = help: write `"7"` if the text is meant',
      "error[PQ2006]: `emit` cannot be `rust`",
      "error[PQ2006]: `color` cannot be `pink`",
      "error[PQ1205]: `clean` is `true` or `false`, not text",
      "error[PQ1205]: expected a text, found an integer",
    ]);
    expect(error).toContain(`┌─ ${join(root, "pqflow.config.yaml")}:1:1\n`);
    expect(error).toMatch(/\nerror: 6 errors in .*pqflow\.config\.yaml\n$/);
  });

  it("show a module's value as JSON", async () => {
    const root = project({ "pqflow.config.mjs": "export default { emits: ['c'] };\n" });
    expect((await run(root)).error).toContain('2 │   "emits": [\n');
  });

  it.each([
    ["pqflow.config.mjs", "export const schemas = [];\n", /expected an object of settings/],
    ["pqflow.config.mjs", "throw new Error('boom');\n", /cannot load .*pqflow\.config\.mjs: boom/],
    ["pqflow.config.yaml", "", /1 error in .*pqflow\.config\.yaml/],
    ["package.json", '{"pqflow": "x"}', /package\.json#pqflow: expected an object/],
  ])("in %s: %j", async (name, text, message) => {
    const { exitCode, error } = await run(project({ [name]: text }));
    expect(exitCode).toBe(2);
    expect(error).toMatch(message);
  });

  it.each([
    ["none.yaml", /cannot read .*none\.yaml: ENOENT/],
    ["none.mjs", /cannot read .*none\.mjs: ENOENT/],
    ["config.toml", /a configuration is \.yaml, \.json or \.mjs/],
    ["latin.yaml", /it is not UTF-8/],
  ])("--config %s", async (name, message) => {
    const root = project({});
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(root, "latin.yaml"), Buffer.from([0x6f, 0xff, 0x0a]));
    const { exitCode, error } = await run(root, "--config", join(root, name));
    expect(exitCode).toBe(2);
    expect(error).toMatch(message);
  });

  it.each(["pqflow.config.yml", "pqflow.config.js"])("under a name that nothing reads is refused: %s", async (name) => {
    const root = project({ [name]: yaml });
    expect(await run(root)).toEqual({
      exitCode: 2,
      out: "",
      error: `error: ${join(root, name)} is not read: call it \`pqflow.config.yaml\`, \`pqflow.config.json\` or \`pqflow.config.mjs\`, name it with --config, or say --no-config\n`,
    });
  });

  it("a package.json without `pqflow`, or that is no JSON, is none of ours", async () => {
    for (const text of ["{}", "{", "[]"]) expect((await run(project({ "package.json": text }))).error).toMatch(/^error: no schema/);
  });
});

describe("readConfig", () => {
  it("gives what is written and nothing else", () => {
    const collector = new DiagnosticCollector();
    expect(readConfig({ path: "c.yaml", text: "emit: [ir, c, ir]\nclean: false\n" }, collector)).toEqual({
      emit: ["c", "ir"],
      clean: false,
    });
    expect(collector.diagnostics).toEqual([]);
  });
});
