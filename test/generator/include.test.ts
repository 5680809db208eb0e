/** Schemas made of several files, as the command line reads them. What is wrong with files has golden cases. */
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { runGenerator } from "./support/host.js";
import { projectFolder, temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
const project = (files: Readonly<Record<string, string>>): string => projectFolder(folder, files);

const prices = "pqflow: 1\ntypes:\n  Price: {type: decimal, precision: 18, scale: 9}\n";
const trades = "pqflow: 1\nname: trades\nversion: 1\ninclude: [../common/prices.yaml]\nfields:\n  - {name: price, id: 1, type: Price}\n";
const ordinary = { "schemas/trades.yaml": trades, "common/prices.yaml": prices };

describe("a schema that includes a file", () => {
  it("generates what the same schema in one file generates", async () => {
    const root = project(ordinary);
    const out = join(root, "out");
    expect(await runGenerator([join(root, "schemas/trades.yaml"), "--out", out])).toMatchObject({ exitCode: 0 });
    const { ".pqflow-manifest.json": _, ...written } = textsIn(out);
    const whole = trades.replace("include: [../common/prices.yaml]", prices.slice(10).trimEnd());
    const { files, diagnostics } = await generate({ path: "trades.yaml", text: whole });
    expect(diagnostics).toEqual([]);
    expect(Object.fromEntries(files.map(({ path, text }) => [path, text]))).toEqual(written);
  });

  it("lists every file in the depfile", async () => {
    const root = project({ ...ordinary, "common/prices.yaml": `${prices}include: [units.yaml]\n`, "common/units.yaml": "pqflow: 1\n" });
    const depfile = join(root, "trades.d");
    await runGenerator([join(root, "schemas/trades.yaml"), "--out", join(root, "out"), "--emit", "ir", "--depfile", depfile]);
    expect(readFileSync(depfile, "utf8")).toBe(
      `${join(root, "out/trades.pqflow.json")}: ${["schemas/trades.yaml", "common/prices.yaml", "common/units.yaml"].map((path) => join(root, path)).join(" ")}\n`,
    );
  });

  it("is generated anew when the included file changes, and only then", async () => {
    const root = project(ordinary);
    const args = [join(root, "schemas/trades.yaml"), "--out", join(root, "out"), "--emit", "ir"];
    await runGenerator(args);
    expect((await runGenerator(args)).error).toContain("0 written");
    writeFileSync(join(root, "common/prices.yaml"), prices.replace("scale: 9", "scale: 4"));
    expect((await runGenerator(args)).error).toContain("1 written");
    expect(textsIn(join(root, "out"))["trades.pqflow.json"]).toContain('"scale": 4');
  });

  it("leaves a manifest that says what it was made from, wherever the project lies", async () => {
    const [one, two] = [project(ordinary), project({ "deeper/schemas/trades.yaml": trades, "deeper/common/prices.yaml": prices })];
    await runGenerator([join(one, "schemas/trades.yaml"), "--out", join(one, "out"), "--emit", "ir"]);
    await runGenerator([join(two, "deeper/schemas/trades.yaml"), "--out", join(two, "out"), "--emit", "ir"]);
    expect(textsIn(join(two, "out"))).toEqual(textsIn(join(one, "out")));
    expect(JSON.parse(textsIn(join(one, "out"))[".pqflow-manifest.json"] ?? "")).toMatchObject({
      schemas: { trades: { ir: { includes: ["../common/prices.yaml"] } } },
    });
  });

  it("shows a fault in the included file once, with that file's text, however many schemas include it", async () => {
    const root = project({
      ...ordinary,
      "schemas/quotes.yaml": trades.replace("name: trades", "name: quotes"),
      "common/prices.yaml": prices.replace("type: decimal", "type: decimla"),
    });
    const run = await runGenerator(["check", join(root, "schemas/trades.yaml"), join(root, "schemas/quotes.yaml")]);
    expect(run.exitCode).toBe(1);
    expect(run.error.match(/error\[PQ2101\]/g)).toHaveLength(1);
    expect(run.error).toContain(`┌─ ${join(root, "common/prices.yaml")}:3:17\n  │\n3 │   Price: {type: decimla`);
    expect(run.error).toMatch(/\nerror: 1 error in 2 schemas\n$/);
  });

  it("is read from standard input relative to the working directory", async () => {
    const readStdin = (): Buffer =>
      Buffer.from(trades.replace("../common/prices.yaml", "test/generator/cases/valid/include/common/prices.yaml"));
    const run = await runGenerator(["-", "--stdout", "--emit", "ir"], { readStdin });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ columns: [{ type: { kind: "decimal", scale: 9 } }] });
  });

  it("sees a circle through symbolic links", async () => {
    const root = project({ "a.yaml": trades.replace("../common/prices.yaml", "link.yaml") });
    symlinkSync("a.yaml", join(root, "link.yaml"));
    const run = await runGenerator(["check", join(root, "a.yaml")]);
    expect(run.error).toContain(`error[PQ6002]: files name each other in a circle: ${join(root, "a.yaml")} → ${join(root, "link.yaml")}\n`);
  });

  it("reads no device that a schema names", async () => {
    const root = project({ "a.yaml": trades.replace("../common/prices.yaml", "zero.yaml") });
    symlinkSync("/dev/zero", join(root, "zero.yaml"));
    const run = await runGenerator(["check", join(root, "a.yaml")]);
    expect(run.error).toContain("it is not a regular file");
  });

  it("has no files where nobody brings any", async () => {
    const { diagnostics } = await generate({ path: "trades.yaml", text: trades });
    expect(diagnostics.map(({ code, label }) => [code, label])).toEqual([["PQ6001", "only the schema itself was given"]]);
  });
});

describe("a schema that extends a file", () => {
  it("has the base's fields first, in C as well", async () => {
    const root = project({
      "trades.yaml": "pqflow: 1\nname: trades\nversion: 1\nextends: header.yaml\nfields:\n  - {name: price, id: 10, type: int64}\n",
      "header.yaml": "pqflow: 1\nfields:\n  - {name: time, id: 1, type: int64}\n",
    });
    const run = await runGenerator([join(root, "trades.yaml"), "--stdout", "--emit", "c"]);
    expect(run.exitCode).toBe(0);
    expect(run.out.indexOf("int64_t time;")).toBeGreaterThan(0);
    expect(run.out.indexOf("int64_t price;")).toBeGreaterThan(run.out.indexOf("int64_t time;"));
  });
});
