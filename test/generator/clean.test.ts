/** --clean deletes what earlier runs wrote and this one does not make, and nothing else. */
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGenerator } from "./support/host.js";
import { namedSchema, projectFolder, temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
const manifestName = ".pqflow-manifest.json";

interface Project {
  readonly root: string;
  readonly out: string;
  readonly generate: (names: readonly string[], ...flags: readonly string[]) => ReturnType<typeof runGenerator>;
}

/** Schemas a and b, both generated as JSON. */
async function project(): Promise<Project> {
  const root = projectFolder(folder, { "a.yaml": namedSchema("a"), "b.yaml": namedSchema("b") });
  const out = join(root, "out");
  const generate = async (names: readonly string[], ...flags: readonly string[]) =>
    runGenerator([...names.map((name) => join(root, `${name}.yaml`)), "--out", out, "--emit", "ir", ...flags]);
  await generate(["a", "b"]);
  return { root, out, generate };
}

/** Puts another path into the manifest, with the hash of a text. */
async function forge(out: string, path: string, text: string): Promise<void> {
  const { createHash } = await import("node:crypto");
  const manifest = JSON.parse(readFileSync(join(out, manifestName), "utf8")) as { schemas: Record<string, unknown> };
  manifest.schemas["b"] = { ir: { inputs: "", files: { [path]: createHash("sha256").update(text).digest("hex") } } };
  writeFileSync(join(out, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

describe("--clean", () => {
  it("deletes the files of a schema that is gone, and forgets them", async () => {
    const { out, generate } = await project();
    const run = await generate(["a"], "--clean");
    expect(run).toEqual({ exitCode: 0, out: "", error: "note: 1 output for 1 schema, 0 written, 1 deleted, 84 ms\n" });
    expect(Object.keys(textsIn(out))).toEqual([manifestName, "a.pqflow.json"]);
    expect(Object.keys((JSON.parse(textsIn(out)[manifestName] ?? "") as { schemas: object }).schemas)).toEqual(["a"]);
    expect((await generate(["a"], "--clean")).error).toContain("0 written (all unchanged)");
  });

  it("deletes the files of a target that is no longer asked for", async () => {
    const { root, out } = await project();
    const schemas = [join(root, "a.yaml"), join(root, "b.yaml")];
    await runGenerator([...schemas, "--out", out, "--emit", "c,ir"]);
    await runGenerator([...schemas, "--out", out, "--emit", "c", "--clean"]);
    expect(Object.keys(textsIn(out))).toEqual([manifestName, "a_sink.c", "a_sink.h", "b_sink.c", "b_sink.h"]);
  });

  it("leaves the same manifest as a run into an empty folder", async () => {
    const { root, out, generate } = await project();
    await generate(["a"], "--clean");
    const fresh = join(root, "fresh");
    await runGenerator([join(root, "a.yaml"), "--out", fresh, "--emit", "ir"]);
    expect(textsIn(out)).toEqual(textsIn(fresh));
  });

  it("deletes nothing without the flag", async () => {
    const { out, generate } = await project();
    await generate(["a"]);
    expect(Object.keys(textsIn(out))).toContain("b.pqflow.json");
  });

  it("keeps a file that was changed by hand, says so once, and leaves files it never wrote alone", async () => {
    const { out, generate } = await project();
    writeFileSync(join(out, "b.pqflow.json"), "mine\n");
    writeFileSync(join(out, "notes.txt"), "mine\n");
    const run = await generate(["a"], "--clean");
    expect(run.exitCode).toBe(0);
    expect(run.error).toContain(`warning: kept ${join(out, "b.pqflow.json")}: it was changed after it was generated\n`);
    expect(textsIn(out)).toMatchObject({ "b.pqflow.json": "mine\n", "notes.txt": "mine\n" });
    expect((await generate(["a"], "--clean")).error).not.toContain("kept");
  });

  it("forgets a file that is gone already", async () => {
    const { out, generate } = await project();
    rmSync(join(out, "b.pqflow.json"));
    expect((await generate(["a"], "--clean")).error).toContain("0 written (all unchanged)");
    expect(readFileSync(join(out, manifestName), "utf8")).not.toContain("b.pqflow.json");
  });

  it("deletes nothing when a schema is invalid", async () => {
    const { root, out, generate } = await project();
    writeFileSync(join(root, "a.yaml"), "pqflow: 1\n");
    const before = textsIn(out);
    expect((await generate(["a"], "--clean")).exitCode).toBe(1);
    expect(textsIn(out)).toEqual(before);
  });

  it.each(["../precious", "/etc/passwd", "sub/../../precious"])("refuses a manifest that names `%s`, and changes nothing", async (path) => {
    const { root, out, generate } = await project();
    writeFileSync(join(root, "precious"), "mine\n");
    await forge(out, path, "mine\n");
    const before = textsIn(root);
    const run = await generate(["a"], "--clean");
    expect(run).toMatchObject({ exitCode: 2, error: `error: refused to delete \`${path}\`: not a path inside the output folder\n` });
    expect(textsIn(root)).toEqual(before);
  });

  it("refuses a symbolic link at the place of a file", async () => {
    const { root, out, generate } = await project();
    writeFileSync(join(root, "precious"), readFileSync(join(out, "b.pqflow.json")));
    rmSync(join(out, "b.pqflow.json"));
    symlinkSync(join(root, "precious"), join(out, "b.pqflow.json"));
    const run = await generate(["a"], "--clean");
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/^error: refused to delete .*b\.pqflow\.json: it is a symbolic link\n$/);
  });

  it("refuses a symbolic link among the folders", async () => {
    const { root, out, generate } = await project();
    const outside = projectFolder(root, { precious: "mine\n" });
    symlinkSync(outside, join(out, "sub"));
    await forge(out, "sub/precious", "mine\n");
    const run = await generate(["a"], "--clean");
    expect(run.exitCode).toBe(2);
    expect(run.error).toMatch(/^error: refused to delete a file in .*sub: it is not a folder\n$/);
    expect(textsIn(outside)).toEqual({ precious: "mine\n" });
  });

  it("with --check names what it would delete, exits 1 and deletes nothing", async () => {
    const { out, generate } = await project();
    const before = textsIn(out);
    const run = await generate(["a"], "--clean", "--check");
    expect(run).toEqual({
      exitCode: 1,
      out: `left over: ${join(out, "b.pqflow.json")}\n1 file left over. Run: npx pqflow-gen generate --clean\n`,
      error: "",
    });
    expect(textsIn(out)).toEqual(before);
  });
});
