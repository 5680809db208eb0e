/** pqflow_generate() in a project outside the tree. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { projectPath } from "../support/paths.js";
import {
  build,
  configure,
  configureAndBuild,
  installInto,
  required,
  temporaryFolder,
  writeProject,
  type Configuration,
} from "./cmake-support.js";

const text = (path: string): string => readFileSync(projectPath(path), "utf8");

const cmakeLists = (generateArguments: string): string => `cmake_minimum_required(VERSION 3.22)
project(consumer LANGUAGES C CXX)
find_package(pqflow REQUIRED)
pqflow_generate(${generateArguments})
message(STATUS "generated: \${generated_files}")
add_executable(consumer main.c)
target_link_libraries(consumer PRIVATE orders)
`;
const ordinary = "TARGET orders SCHEMAS schemas/orders.yaml OUT_VAR generated_files";

const folder = temporaryFolder();
const generatorCommand = `${process.execPath};${projectPath("generator/bin/pqflow-gen.js")}`;
let prefix = "";

beforeAll(() => {
  prefix = installInto(folder);
});

/** A project with the README's C program and schema. */
function createProject(name: string, generateArguments = ordinary): string {
  const project = join(folder, name);
  writeProject(project, {
    "CMakeLists.txt": cmakeLists(generateArguments),
    "main.c": text("docs/snippets/ten_lines.c"),
    "schemas/orders.yaml": text("schemas/orders.yaml"),
  });
  return project;
}

const withGenerator = (configuration: Configuration = {}): Configuration => ({
  ...configuration,
  options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: generatorCommand, ...configuration.options },
});

async function captureAndCount(project: string): Promise<unknown> {
  const run = join(project, "run");
  rmSync(run, { recursive: true, force: true });
  mkdirSync(run);
  required(join(project, "build/consumer"), [], { cwd: run });
  const [row] = await withDuckdb((connection) =>
    rowsOf(connection, `SELECT count(*)::INTEGER AS orders FROM ${sqlText(join(run, "orders.parquet"))}`),
  );
  return row?.["orders"];
}

const headerOf = (project: string): string => join(project, "build/pqflow_generated/orders/orders_sink.h");

describe("pqflow_generate", () => {
  it.each(["OFF", "ON"])("generates, compiles and links a producer whose file has every record, BUILD_SHARED_LIBS=%s", async (shared) => {
    const project = createProject(`capture-${shared}`);
    const output = configureAndBuild(project, withGenerator({ options: { BUILD_SHARED_LIBS: shared } }));
    expect(await captureAndCount(project)).toBe(1000);
    expect(output).toContain(headerOf(project));
    expect(required("readelf", ["-d", join(project, "build/consumer")]).includes("libpqflow.so")).toBe(shared === "ON");
  });

  describe.each(["Ninja", "Unix Makefiles"] as const)("with %s", (generator) => {
    it("generates anew when the schema changes, and only then", () => {
      const project = createProject(`regenerate-${generator.slice(0, 4)}`);
      configureAndBuild(project, withGenerator({ generator }));
      const before = readFileSync(headerOf(project), "utf8");
      expect(build(project).output).not.toContain("Generating");

      const schema = join(project, "schemas/orders.yaml");
      writeFileSync(schema, readFileSync(schema, "utf8").replace("Venue time", "Exchange time"));
      const rebuilt = build(project);
      expect(rebuilt.ok, rebuilt.output).toBe(true);
      expect(rebuilt.output).toContain("Generating");
      expect(before).toContain("Venue time");
      expect(readFileSync(headerOf(project), "utf8")).toContain("Exchange time");
      build(project);
      expect(build(project).output).not.toContain("Generating");
    });

    it("generates anew when a file that the schema includes changes", () => {
      const project = createProject(`include-${generator.slice(0, 4)}`);
      const schema = join(project, "schemas/orders.yaml");
      writeFileSync(
        schema,
        `${readFileSync(schema, "utf8").replace("fields:\n", "fields:\n  - {name: lot, id: 99, type: Lot}\n")}include: [lot.yaml]\n`,
      );
      const lot = join(project, "schemas/lot.yaml");
      writeFileSync(lot, "pqflow: 1\ntypes: {Lot: {type: int64, description: Ten pieces.}}\n");
      writeFileSync(join(project, "main.c"), "int main(void) { return 0; }\n");
      configureAndBuild(project, withGenerator({ generator }));
      expect(readFileSync(headerOf(project), "utf8")).toContain("Ten pieces.");
      expect(build(project).output).not.toContain("Generating");
      writeFileSync(lot, readFileSync(lot, "utf8").replace("Ten", "Twenty"));
      expect(build(project).output).toContain("Generating");
      expect(readFileSync(headerOf(project), "utf8")).toContain("Twenty pieces.");
    });

    it("fails the build when the schema becomes invalid, and keeps the old output", () => {
      const project = createProject(`invalid-${generator.slice(0, 4)}`);
      configureAndBuild(project, withGenerator({ generator }));
      const before = readFileSync(headerOf(project), "utf8");
      const schema = join(project, "schemas/orders.yaml");
      writeFileSync(schema, readFileSync(schema, "utf8").replace("type: int32}", "type: int46}"));
      const rebuilt = build(project);
      expect(rebuilt.ok).toBe(false);
      expect(rebuilt.output).toContain("int46");
      expect(readFileSync(headerOf(project), "utf8")).toBe(before);
    });
  });

  it("passes EMIT on: JavaScript beside C, and alone", () => {
    const project = createProject("emit", `${ordinary} EMIT c js)\npqflow_generate(TARGET orders_js SCHEMAS schemas/orders.yaml EMIT js`);
    configureAndBuild(project, withGenerator());
    const generated = join(project, "build/pqflow_generated");
    for (const file of ["orders/orders_sink.h", "orders/orders_sink.cjs", "orders/orders_sink.d.ts"])
      expect(existsSync(join(generated, file)), file).toBe(true);
    required("cmake", ["--build", join(project, "build"), "--target", "orders_js"]);
    expect(existsSync(join(generated, "orders_js/orders_sink.js"))).toBe(true);
    expect(existsSync(join(generated, "orders_js/orders_sink.h"))).toBe(false);
  });

  it("is not led elsewhere by a configuration in the project", () => {
    const project = createProject("configured");
    writeFileSync(join(project, "pqflow.config.yaml"), "out: elsewhere\nnonsense: 1\n");
    configureAndBuild(project, withGenerator());
    expect(existsSync(headerOf(project))).toBe(true);
  });

  it("leaves the header's time alone when a touched schema says the same", () => {
    const project = createProject("touched");
    configureAndBuild(project, withGenerator());
    const before = statSync(headerOf(project)).mtimeMs;
    utimesSync(join(project, "schemas/orders.yaml"), new Date(), new Date());
    expect(build(project).output).toContain("Generating");
    expect(statSync(headerOf(project)).mtimeMs).toBe(before);
  });

  it("refuses an invalid schema at configure time with the generator's words", () => {
    const project = createProject("invalid-at-configure");
    writeFileSync(join(project, "schemas/orders.yaml"), text("schemas/orders.yaml").replace("type: int32}", "type: int46}"));
    const { ok, output } = configure(project, withGenerator());
    expect(ok).toBe(false);
    expect(output).toContain("pqflow-gen refuses the schema");
    expect(output).toContain("int46");
  });

  it.each([
    { name: "unknown-argument", generateArguments: `${ordinary} COLOUR red`, message: /unknown\s+argument\s+COLOUR;red/ },
    { name: "no-target", generateArguments: "SCHEMAS schemas/orders.yaml", message: /TARGET\s+and\s+SCHEMAS\s+are\s+required/ },
    {
      name: "no-schema",
      generateArguments: "TARGET orders SCHEMAS schemas/missing.yaml",
      message: /there\s+is\s+no\s+schema.*missing\.yaml/s,
    },
  ])("refuses wrong arguments: $name", ({ name, generateArguments, message }) => {
    const { ok, output } = configure(createProject(name, generateArguments), withGenerator());
    expect(ok).toBe(false);
    expect(output).toMatch(message);
  });

  it("refuses a generator that does not run", () => {
    const { ok, output } = configure(createProject("bad-generator"), withGenerator({ options: { PQFLOW_GEN: "/nowhere/pqflow-gen" } }));
    expect(ok).toBe(false);
    expect(output).toMatch(/PQFLOW_GEN is "\/nowhere\/pqflow-gen"/);
  });
});

describe("pqflow_generate without a generator", () => {
  const offline = `${ordinary} GENERATED_DIR committed`;

  function createOfflineProject(name: string): string {
    const project = createProject(name, offline);
    mkdirSync(join(project, "committed"));
    for (const file of ["orders_sink.h", "orders_sink.c", ".pqflow-manifest.json"])
      copyFileSync(projectPath(`generated/${file}`), join(project, "committed", file));
    return project;
  }

  /** A PATH with the build's tools and without node. */
  function pathWithoutNode(): string {
    const bin = join(folder, "bin");
    if (!existsSync(bin)) {
      mkdirSync(bin);
      for (const tool of ["cmake", "ninja", "cc", "gcc", "c++", "g++", "ar", "ranlib", "ld", "as", "nm", "uname"]) {
        required("ln", ["-s", required("which", [tool]).trim(), join(bin, tool)]);
      }
    }
    return bin;
  }

  it("uses committed output where node is absent", async () => {
    const project = createOfflineProject("offline-path");
    // CMake looks for programs in the system's folders too, whatever the PATH says.
    const ignored = ["/usr/bin", "/bin", "/usr/local/bin", dirname(process.execPath)].join(";");
    const output = configureAndBuild(project, {
      options: { CMAKE_PREFIX_PATH: prefix, CMAKE_IGNORE_PATH: ignored },
      env: { PATH: pathWithoutNode() },
    });
    expect(output).toMatch(/uses\s+the\s+committed\s+output/);
    expect(output).not.toContain("CMake Warning");
    expect(await captureAndCount(project)).toBe(1000);
  });

  it("uses committed output with PQFLOW_GEN=OFF", async () => {
    const project = createOfflineProject("offline-off");
    configureAndBuild(project, { options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: "OFF" } });
    expect(await captureAndCount(project)).toBe(1000);
    expect(existsSync(join(project, "build/pqflow_generated"))).toBe(false);
  });

  it("warns when the committed output was made from another schema", () => {
    const project = createOfflineProject("offline-stale");
    const schema = join(project, "schemas/orders.yaml");
    writeFileSync(schema, `${readFileSync(schema, "utf8")}# changed\n`);
    const output = configureAndBuild(project, { options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: "OFF" } });
    expect(output).toMatch(/CMake Warning[\s\S]*was\s+not\s+made\s+from/);
  });

  it("warns when a file that the schema includes was changed since, and only then", () => {
    const project = createOfflineProject("offline-included");
    const schema = join(project, "schemas/orders.yaml");
    const lot = join(project, "schemas/lot.yaml");
    writeFileSync(
      schema,
      `${readFileSync(schema, "utf8").replace("fields:\n", "fields:\n  - {name: lot, id: 99, type: Lot}\n")}include: [lot.yaml]\n`,
    );
    writeFileSync(lot, "pqflow: 1\ntypes: {Lot: {type: int64}}\n");
    required(process.execPath, [projectPath("generator/bin/pqflow-gen.js"), schema, "--emit", "c", "--out", join(project, "committed")]);
    const offlineOptions = { options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: "OFF" } };
    expect(configure(project, offlineOptions).output).not.toContain("CMake Warning");
    writeFileSync(lot, "pqflow: 1\ntypes: {Lot: {type: int32}}\n");
    expect(configure(project, offlineOptions).output).toMatch(/CMake Warning[\s\S]*was\s+not\s+made\s+from/);
  });

  it("says which file is missing when committed output is incomplete", () => {
    const project = createOfflineProject("offline-incomplete");
    rmSync(join(project, "committed/orders_sink.c"));
    const { ok, output } = configure(project, { options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: "OFF" } });
    expect(ok).toBe(false);
    expect(output).toMatch(/holds\s+no\s+orders_sink\.c/);
  });

  it("says what to do when there is no committed output either", () => {
    const { ok, output } = configure(createProject("offline-nothing"), { options: { CMAKE_PREFIX_PATH: prefix, PQFLOW_GEN: "OFF" } });
    expect(ok).toBe(false);
    expect(output).toMatch(/GENERATED_DIR/);
  });
});
