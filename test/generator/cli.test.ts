import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGenerator } from "./support/host.js";
import { schemaFile, schemaText, temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
let folderCount = 0;

function emptyFolder(): string {
  folderCount += 1;
  const path = join(folder, String(folderCount));
  mkdirSync(path);
  return path;
}

const good = schemaText("{name: price, id: 1, type: int64}");
const bad = schemaText(
  "{name: price, id: 1, type: int46}",
  "{name: size, id: 1, type: int64}",
  "{name: at, id: 3, type: timestamp, unit: s}",
);

function project(text = good): { readonly schema: string; readonly out: string } {
  const path = emptyFolder();
  return { schema: schemaFile(path, text), out: join(path, "generated") };
}

describe("generate", () => {
  it("writes every target and a manifest, and says so", async () => {
    const { schema, out } = project();
    const run = await runGenerator([schema, "--out", out]);
    expect(run).toEqual({ exitCode: 0, out: "", error: "note: 4 outputs for 1 schema, 4 written, 84 ms\n" });
    expect(Object.keys(textsIn(out))).toEqual([
      ".pqflow-manifest.json",
      "trades.pqflow.json",
      "trades_sink.c",
      "trades_sink.h",
      "trades_sink.ts",
    ]);
    for (const text of Object.values(textsIn(out))) expect(text).toMatch(/[^\n]\n$/);
  });

  it("writes nothing the second time", async () => {
    const { schema, out } = project();
    await runGenerator(["generate", schema, "--out", out]);
    const before = textsIn(out);
    for (const path of Object.keys(before)) utimesSync(join(out, path), 1000, 1000);
    const run = await runGenerator(["generate", schema, "--out", out]);
    expect(run.error).toBe("note: 4 outputs for 1 schema, 0 written (all unchanged), 84 ms\n");
    for (const path of Object.keys(before)) expect(statSync(join(out, path)).mtimeMs).toBe(1_000_000);
  });

  it("renders anew, and confirms the manifest, when the generator's own code is younger than the manifest", async () => {
    const { schema, out } = project();
    const code = emptyFolder();
    await runGenerator([schema, "--out", out, "--emit", "ir"]);
    const path = join(out, "trades.pqflow.json");
    const manifest = join(out, ".pqflow-manifest.json");
    const text = readFileSync(path, "utf8");
    const forged = `${text.trimEnd()} \n`;
    writeFileSync(path, forged);
    const { createHash } = await import("node:crypto");
    const hash = (data: string): string => createHash("sha256").update(data).digest("hex");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(hash(text), hash(forged)));
    await runGenerator([schema, "--out", out, "--emit", "ir"], { codeFolders: [code] });
    expect(readFileSync(path, "utf8")).toBe(forged);
    writeFileSync(join(code, "new.js"), "");
    utimesSync(manifest, 1000, 1000);
    await runGenerator([schema, "--out", out, "--emit", "ir"], { codeFolders: [code] });
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(statSync(manifest).mtimeMs).toBeGreaterThan(1_000_000);
  });

  it("repairs a file that was edited or removed", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out]);
    const before = textsIn(out);
    writeFileSync(join(out, "trades_sink.h"), "edited\n");
    const run = await runGenerator([schema, "--out", out]);
    expect(run.error).toContain("1 written");
    expect(textsIn(out)).toEqual(before);
  });

  it("writes the targets that --emit names, and no other", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out, "--emit", "c,ir"]);
    expect(Object.keys(textsIn(out))).toEqual([".pqflow-manifest.json", "trades.pqflow.json", "trades_sink.c", "trades_sink.h"]);
  });

  it("keeps the manifest's entries of other schemas and targets, whatever the order", async () => {
    const path = emptyFolder();
    const trades = schemaFile(path, good, "trades.yaml");
    const quotes = schemaFile(path, good.replace("trades", "quotes"), "quotes.yaml");
    const [one, two, three] = [join(path, "one"), join(path, "two"), join(path, "three")];
    await runGenerator([trades, "--out", one, "--emit", "ir"]);
    await runGenerator([quotes, "--out", one, "--emit", "ir,c"]);
    await runGenerator([quotes, "--out", two, "--emit", "c"]);
    await runGenerator([trades, quotes, "--out", two, "--emit", "ir"]);
    await runGenerator([quotes, trades, "--out", three, "--emit", "ir"]);
    await runGenerator([quotes, "--out", three, "--emit", "c"]);
    expect(textsIn(two)).toEqual(textsIn(one));
    expect(textsIn(three)).toEqual(textsIn(one));
    expect(JSON.parse(textsIn(one)[".pqflow-manifest.json"] ?? "")).toMatchObject({
      schemas: {
        quotes: { c: {}, ir: {} },
        trades: { ir: { files: { "trades.pqflow.json": expect.stringMatching(/^[0-9a-f]{64}$/) as string } } },
      },
    });
  });

  it("makes everything anew over a broken manifest", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out, "--emit", "ir"]);
    const before = textsIn(out);
    for (const broken of ["", "[]", '{"pqflow_manifest": 2}', '{"pqflow_manifest": 1, "schemas": {"trades": {"ir": {"inputs": 1}}}}']) {
      writeFileSync(join(out, ".pqflow-manifest.json"), broken);
      expect((await runGenerator([schema, "--out", out, "--emit", "ir"])).exitCode).toBe(0);
      expect(textsIn(out)).toEqual(before);
    }
  });

  it("reports all errors of an invalid schema and changes no file", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out]);
    const before = textsIn(out);
    writeFileSync(schema, bad);
    const run = await runGenerator([schema, "--out", out]);
    expect(run.exitCode).toBe(1);
    expect(run.error.match(/^error\[PQ\d+\]/gm)).toEqual(["error[PQ2101]", "error[PQ2010]", "error[PQ2403]"]);
    expect(run.error).toMatch(/\nerror: 3 errors in 1 schema\n$/);
    expect(textsIn(out)).toEqual(before);
  });

  it("writes nothing at all when one of several schemas is invalid", async () => {
    const path = emptyFolder();
    const schemas = [schemaFile(path, good, "good.yaml"), schemaFile(path, bad, "bad.yaml")];
    const run = await runGenerator([...schemas, "--out", join(path, "out")]);
    expect(run.exitCode).toBe(1);
    expect(Object.keys(textsIn(path))).toEqual(["bad.yaml", "good.yaml"]);
  });

  it("refuses two schemas of one name", async () => {
    const path = emptyFolder();
    const schemas = [schemaFile(path, good, "a.yaml"), schemaFile(path, good, "b.yaml")];
    const run = await runGenerator([...schemas, "--out", join(path, "out")]);
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.error).toContain("both describe `trades`");
  });

  it("refuses a symbolic link at the place of an output", async () => {
    const { schema, out } = project();
    mkdirSync(out);
    const outside = join(emptyFolder(), "precious");
    writeFileSync(outside, "mine\n");
    symlinkSync(outside, join(out, "trades_sink.h"));
    const run = await runGenerator([schema, "--out", out, "--emit", "c"]);
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/^error: refused to .*trades_sink\.h: it is a symbolic link\n$/);
    expect(readFileSync(outside, "utf8")).toBe("mine\n");
  });

  it("prints warnings and goes on", async () => {
    const { schema, out } = project(
      `${schemaText("{name: a, id: 1, type: int8}", "{name: b, id: 2, type: int64}", "{name: c, id: 3, type: int8}")}layout: {reorder: false}\n`,
    );
    const run = await runGenerator([schema, "--out", out, "--emit", "ir"]);
    expect(run.exitCode).toBe(0);
    expect(run.error).toContain("warning[PQ3104]");
  });

  it("is silent with --quiet", async () => {
    const { schema, out } = project();
    expect(await runGenerator([schema, "--out", out, "--quiet", "--emit", "ir"])).toEqual({ exitCode: 0, out: "", error: "" });
  });
});

describe("--check", () => {
  it("agrees after generating, and says so", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out]);
    expect(await runGenerator([schema, "--out", out, "--check"])).toEqual({
      exitCode: 0,
      out: "",
      error: "note: 4 outputs for 1 schema, all up to date\n",
    });
  });

  it("prints a diff of what is stale, exits 1 and writes nothing", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out, "--emit", "ir"]);
    const before = textsIn(out);
    writeFileSync(schema, good.replace("int64", "uint64"));
    const run = await runGenerator([schema, "--out", out, "--emit", "ir", "--check"]);
    expect(run.exitCode).toBe(1);
    expect(run.out).toContain(`stale: ${join(out, "trades.pqflow.json")} differs from ${schema}\n@@ -`);
    expect(run.out).toContain('\n-        "kind": "int64"\n+        "kind": "uint64"\n');
    expect(run.out).toMatch(/\n1 of 1 file is out of date\. Run: npx pqflow-gen generate\n$/);
    expect(textsIn(out)).toEqual(before);
  });

  it("does not believe the manifest: an edited file is found", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out]);
    writeFileSync(join(out, "trades_sink.h"), `${readFileSync(join(out, "trades_sink.h"), "utf8")}// mine\n`);
    const run = await runGenerator([schema, "--out", out, "--check"]);
    expect(run.exitCode).toBe(1);
    expect(run.out).toContain("-// mine\n");
    expect(run.out).toContain("1 of 4 files is out of date.");
  });

  it("names missing files and does not create the folder", async () => {
    const { schema, out } = project();
    const run = await runGenerator([schema, "--out", out, "--emit", "c", "--check"]);
    expect(run.exitCode).toBe(1);
    expect(run.out).toBe(
      `missing: ${join(out, "trades_sink.h")}\nmissing: ${join(out, "trades_sink.c")}\n2 of 2 files are out of date. Run: npx pqflow-gen generate\n`,
    );
    expect(() => statSync(out)).toThrow("ENOENT");
  });
});

describe("other forms of output", () => {
  it("--stdout prints one file as it is and several under their names", async () => {
    const { schema, out } = project();
    await runGenerator([schema, "--out", out]);
    const ir = await runGenerator([schema, "--stdout", "--emit", "ir"]);
    expect(ir).toEqual({ exitCode: 0, out: textsIn(out)["trades.pqflow.json"], error: "" });
    const c = await runGenerator([schema, "--stdout", "--emit", "c"]);
    expect(c.out).toBe(
      `==> trades_sink.h <==\n${textsIn(out)["trades_sink.h"] ?? ""}==> trades_sink.c <==\n${textsIn(out)["trades_sink.c"] ?? ""}`,
    );
  });

  it("reads a schema from standard input", async () => {
    const run = await runGenerator(["-", "--stdout", "--emit", "ir"], { readStdin: () => Buffer.from(good) });
    expect(JSON.parse(run.out)).toMatchObject({ name: "trades" });
    const faulty = await runGenerator(["-", "--stdout"], { readStdin: () => Buffer.from(bad) });
    expect(faulty.error).toContain("┌─ <stdin>:5:32");
  });

  it("--list-outputs prints the paths and writes nothing", async () => {
    const { schema, out } = project();
    const run = await runGenerator([schema, "--out", out, "--list-outputs"]);
    const names = ["trades_sink.h", "trades_sink.c", "trades_sink.ts", "trades.pqflow.json"];
    expect(run).toEqual({ exitCode: 0, out: `${names.map((name) => join(out, name)).join("\n")}\n`, error: "" });
    expect(() => statSync(out)).toThrow("ENOENT");
  });

  it("--depfile names every output and every schema", async () => {
    const { schema, out } = project();
    const depfile = join(emptyFolder(), "trades.d");
    await runGenerator([schema, "--out", out, "--emit", "c", "--depfile", depfile]);
    expect(readFileSync(depfile, "utf8")).toBe(`${join(out, "trades_sink.h")} ${join(out, "trades_sink.c")}: ${schema}\n`);
  });
});

describe("check", () => {
  it("accepts good schemas and writes nothing", async () => {
    const { schema } = project();
    expect(await runGenerator(["check", schema])).toEqual({ exitCode: 0, out: "", error: "note: 1 schema without errors\n" });
  });

  it("reports the errors of all schemas", async () => {
    const path = emptyFolder();
    const run = await runGenerator(["check", schemaFile(path, bad, "a.yaml"), schemaFile(path, bad, "b.yaml")]);
    expect(run.exitCode).toBe(1);
    expect(run.error).toMatch(/\nerror: 6 errors in 2 schemas\n$/);
  });
});

describe("exit codes and messages", () => {
  it.each([
    [["--nonsense"]],
    [["generate"]],
    [["x.yaml", "--emit", "rust"]],
    [["x.yaml", "--color", "pink"]],
    [["x.yaml", "--check", "--stdout"]],
    [["x.yaml", "--check", "--list-outputs"]],
  ])("2 for wrong usage: %j", async (args) => {
    const run = await runGenerator(args);
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/^error: /);
  });

  it("2 for a schema that cannot be read", async () => {
    const path = join(emptyFolder(), "none.yaml");
    expect(await runGenerator([path])).toEqual({
      exitCode: 2,
      out: "",
      error: `error: cannot read ${path}: ENOENT: no such file or directory\n`,
    });
    expect((await runGenerator([folder])).error).toBe(
      `error: cannot read ${folder}: it is a folder; name its schemas: '${folder}/*.yaml'\n`,
    );
  });

  it.each([
    [["generat", "x.yaml"], "`generat` is neither a command nor a file: did you mean `generate`?"],
    [["lint"], "`lint` is neither a command nor a file: commands are `generate`, `check`, `show`, `layout` and `explain`"],
    [["check", "show"], "the command comes first: pqflow-gen show …"],
  ])("2 for a command that does not exist: %j", async (args, error) => {
    expect(await runGenerator(args)).toEqual({ exitCode: 2, out: "", error: `error: ${error}\n` });
  });

  it("2 for a schema whose name is mistyped, and names the one that is there", async () => {
    const path = join(emptyFolder(), "orders.yaml");
    writeFileSync(path, good);
    const mistyped = path.replace("orders.yaml", "order.yml");
    const error = `error: cannot read ${mistyped}: ENOENT: no such file or directory; did you mean \`orders.yaml\`?\n`;
    expect(await runGenerator([mistyped])).toEqual({ exitCode: 2, out: "", error });
  });

  it("2 for an unknown flag, and says where flags are listed", async () => {
    const { error } = await runGenerator(["check", "x.yaml", "--out", "x"]);
    expect(error).toBe(
      "error: unknown option '--out'\n`pqflow-gen --help` lists the commands, `pqflow-gen generate --help` the options of one\n",
    );
  });

  it("2 for a folder that cannot be written", async () => {
    const { schema } = project();
    const run = await runGenerator([schema, "--out", "/proc/pqflow-out", "--emit", "ir"]);
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/^error: cannot create \/proc\/pqflow-out: E/);
  });

  it("70 for a fault of the generator, with a block to report and the stack inside it", async () => {
    const readStdin = (): Buffer => {
      throw new TypeError("boom");
    };
    const run = await runGenerator(["check", "-"], { readStdin });
    expect(run.exitCode).toBe(70);
    expect(run.error).toMatch(
      /^internal error in pqflow-gen: [\s\S]*Please report it[\s\S]*\n-----\npqflow-gen \d+\.\d+\.\d+, test\nTypeError: boom\n[\s\S]*\n-----\n$/,
    );
  });

  it("0 for --help and --version; verbs that do not exist are not listed", async () => {
    const help = await runGenerator(["--help"]);
    expect(help.exitCode).toBe(0);
    expect(help.out.match(/^ {2}(\w+) \[?(options|<)/gm)?.map((line) => line.trim().split(" ")[0])).toEqual([
      "generate",
      "check",
      "show",
      "layout",
      "explain",
    ]);
    const version = await runGenerator(["--version"]);
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect(version).toEqual({ exitCode: 0, out: `${manifest.version}\n`, error: "" });
  });
});

describe("colour", () => {
  const escape = "\u001b[";

  it.each([
    ["never without a terminal", [], false, {}, false],
    ["on a terminal", [], true, {}, true],
    ["not on a terminal with NO_COLOR", [], true, { NO_COLOR: "1" }, false],
    ["on a terminal with an empty NO_COLOR", [], true, { NO_COLOR: "" }, true],
    ["not on a dumb terminal", [], true, { TERM: "dumb" }, false],
    ["always with --color always", ["--color", "always"], false, { NO_COLOR: "1" }, true],
    ["never with --color never", ["--color", "never"], true, {}, false],
  ])("%s", async (_, args, isErrorTty, env, isColored) => {
    const { schema } = project(bad);
    const run = await runGenerator(["check", schema, ...args], { isErrorTty, env });
    expect(run.error.includes(escape)).toBe(isColored);
    if (isColored) expect(run.error.replaceAll(/\u001b\[[0-9;]*m/g, "")).toBe((await runGenerator(["check", schema])).error);
  });
});
