/** What the generator promises of the program as it is installed: the built one, started as a user starts it. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { precompileTemplates, readTemplates } from "../../generator/src/render/handlebars.js";
import { projectPath } from "../support/paths.js";
import { schemaFile, schemaText, temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
const program = projectPath("generator/bin/pqflow-gen.js");
const everyType = readFileSync(projectPath("test/generator/cases/valid/every-type/schema.yaml"), "utf8");

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly umask?: string;
  readonly program?: string;
}

function run(args: readonly string[], { cwd = folder, env = {}, umask = "022", program: path = program }: Surroundings = {}) {
  const result = spawnSync("sh", ["-c", 'umask "$0"; exec "$@"', umask, process.execPath, path, ...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { exitCode: result.status, out: result.stdout, error: result.stderr };
}

describe("the built program", () => {
  it("has been built", () => {
    expect(existsSync(projectPath("dist/generator/src/cli.js")), "npx tsc -p tsconfig.build.json").toBe(true);
  });

  it("gives the same bytes in other folders, time zones, locales and umasks, under other paths, and writes nothing the second time", () => {
    const places: readonly Surroundings[] = [
      { env: { TZ: "UTC", LC_ALL: "C" } },
      { cwd: join(folder, "elsewhere"), env: { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" }, umask: "077" },
    ];
    const texts = places.map((place, index) => {
      const cwd = place.cwd ?? folder;
      mkdirSync(cwd, { recursive: true });
      const schema = schemaFile(cwd, everyType, `schema-${index}.yaml`);
      const out = join(cwd, `out-${index}`);
      const flags = ["--emit", "c,ts,js,ir", "--out", out];
      expect(run([index === 0 ? schema : `./schema-${index}.yaml`, ...flags], place)).toMatchObject({ exitCode: 0 });
      expect(run([schema, ...flags], place).error).toMatch(/^note: 8 outputs for 1 schema, 0 written \(all unchanged\), \d+ ms\n$/);
      return textsIn(out);
    });
    expect(texts[1]).toEqual(texts[0]);
    for (const text of Object.values(texts[0] ?? {})) expect(text).not.toContain("\r");
  });

  it("gives files the permissions of the umask", () => {
    const schema = schemaFile(folder, schemaText("{name: price, id: 1, type: int64}"), "modes.yaml");
    run([schema, "--out", join(folder, "modes"), "--emit", "ir"], { umask: "027" });
    expect(statSync(join(folder, "modes/trades.pqflow.json")).mode & 0o777).toBe(0o640);
  });

  it("exits with 0, 1 and 2", () => {
    const good = schemaFile(folder, schemaText("{name: price, id: 1, type: int64}"), "good.yaml");
    const bad = schemaFile(folder, schemaText("{name: price, id: 1, type: int46}"), "bad.yaml");
    expect(
      [run(["check", good]), run(["check", bad]), run(["check", "none.yaml"]), run(["--nonsense"])].map(({ exitCode }) => exitCode),
    ).toEqual([0, 1, 2, 2]);
  });

  it("prints no colour into a pipe", () => {
    const bad = schemaFile(folder, schemaText("{name: price, id: 1, type: int46}"), "pipe.yaml");
    const { error } = run(["check", bad]);
    expect(error).toContain("error[PQ2101]");
    expect(error).not.toContain("\u001b");
  });

  it("writes through an output folder that is a link its user made, and only there", () => {
    const schema = schemaFile(folder, schemaText("{name: price, id: 1, type: int64}"), "linked.yaml");
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "link"));
    expect(run([schema, "--out", join(folder, "link"), "--emit", "ir"]).exitCode).toBe(0);
    expect(Object.keys(textsIn(join(folder, "real")))).toEqual([".pqflow-manifest.json", "trades.pqflow.json"]);
  });

  it("loads ts-morph only when TypeScript is emitted and stale", () => {
    const schema = schemaFile(folder, schemaText("{name: price, id: 1, type: int64}"), "lazy.yaml");
    const trace = join(folder, "trace.mjs");
    writeFileSync(
      trace,
      `import module from "node:module";
const isLoaded = () => Object.keys(module._cache).some((path) => path.includes("/ts-morph/"));
process.on("exit", () => process.stderr.write(isLoaded() ? "ts-morph" : "nothing"));
`,
    );
    const loads = (args: readonly string[]): string =>
      run([schema, "--out", join(folder, "lazy"), "--quiet", ...args], { env: { NODE_OPTIONS: `--import ${trace}` } }).error;
    expect(loads(["--emit", "c,ir"])).toBe("nothing");
    expect(loads([])).toBe("ts-morph");
    expect(loads([])).toBe("nothing");
    expect(loads(["--emit", "js"])).toBe("ts-morph");
    expect(loads(["--emit", "js"])).toBe("nothing");
  });

  it("does not load the template compiler: the build compiled the templates, as they are now", () => {
    const schema = schemaFile(folder, everyType, "templates.yaml");
    const trace = join(folder, "trace-handlebars.mjs");
    writeFileSync(
      trace,
      `import module from "node:module";
const isLoaded = () => Object.keys(module._cache).some((path) => path.includes("/handlebars/compiler/"));
process.on("exit", () => process.stderr.write(isLoaded() ? "compiler" : "nothing"));
`,
    );
    const flags = [schema, "--out", join(folder, "templates"), "--quiet", "--emit", "c"];
    expect(run(flags, { env: { NODE_OPTIONS: `--import ${trace}` } }).error).toBe("nothing");
    expect(readFileSync(projectPath("dist/generator/src/render/templates-c.cjs"), "utf8")).toBe(precompileTemplates(readTemplates("c")));
  });

  it("prints C from compiled templates as from their texts", async () => {
    const schema = schemaFile(folder, everyType, "texts.yaml");
    run([schema, "--out", join(folder, "texts"), "--emit", "c"]);
    const { files } = await generate({ path: schema, text: everyType }, { emit: ["c"] });
    expect(textsIn(join(folder, "texts"))).toMatchObject(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  });

  it("says how to build it when it is not built", () => {
    const copy = join(folder, "package");
    mkdirSync(join(copy, "generator/bin"), { recursive: true });
    cpSync(program, join(copy, "generator/bin/pqflow-gen.js"));
    writeFileSync(join(copy, "package.json"), '{"type": "module"}');
    expect(run(["--version"], { program: join(copy, "generator/bin/pqflow-gen.js") })).toEqual({
      exitCode: 2,
      out: "",
      error: "error: pqflow-gen is not built yet. Run in the package's folder: npx tsc -p tsconfig.build.json\n",
    });
  });
});
