/** The installed runtime, used from projects outside the tree: find_package, pkg-config, add_subdirectory. */
import { renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { configure, configureAndBuild, installInto, required, temporaryFolder, writeProject } from "./cmake-support.js";

/** Opens no file: what is tested is that it compiles, links and starts. A null handle is refused with a status. */
const mainC = `#include <pqflow/pqflow.h>
#include <stdio.h>

int main(void) {
  puts(pqflow_build_info());
  return pqflow_sink_flush(NULL, NULL) == PQFLOW_STATUS_INVALID_HANDLE ? 0 : 1;
}
`;

const cmakeLists = (
  languages: string,
  target: string,
  find = "find_package(pqflow 0.1 REQUIRED)",
): string => `cmake_minimum_required(VERSION 3.22)
project(consumer LANGUAGES ${languages})
${find}
add_executable(consumer main.c)
target_link_libraries(consumer PRIVATE ${target})
`;

const folder = temporaryFolder();
const project = (name: string): string => join(folder, name);
let prefix = "";

beforeAll(() => {
  prefix = installInto(folder);
});

describe("the shared library", () => {
  it("exports pqflow_* and nothing else", () => {
    const symbols = required("nm", ["-D", "--defined-only", "--format=just-symbols", join(prefix, "lib/libpqflow.so")])
      .trim()
      .split("\n");
    expect(symbols).toContain("pqflow_sink_open");
    expect(symbols.filter((symbol) => !symbol.startsWith("pqflow_"))).toEqual([]);
  });

  it("carries the ABI version in its name", () => {
    expect(required("readelf", ["-d", join(prefix, "lib/libpqflow.so")])).toMatch(/SONAME.*\[libpqflow\.so\.1\]/);
  });

  it("needs no symbol that its libraries do not give", () => {
    expect(required("ldd", ["-r", join(prefix, "lib/libpqflow.so")])).not.toContain("undefined symbol");
  });
});

describe("find_package", () => {
  it.each([
    { name: "c-static", languages: "C", target: "pqflow::static", shared: "OFF" },
    { name: "c-shared", languages: "C", target: "pqflow::shared", shared: "OFF" },
    { name: "c-runtime-static", languages: "C", target: "pqflow::runtime", shared: "OFF" },
    { name: "cxx-runtime-static", languages: "C CXX", target: "pqflow::runtime", shared: "OFF" },
    { name: "cxx-runtime-shared", languages: "C CXX", target: "pqflow::runtime", shared: "ON" },
  ])("serves a project with languages $languages and target $target, BUILD_SHARED_LIBS=$shared", ({ name, languages, target, shared }) => {
    writeProject(project(name), { "CMakeLists.txt": cmakeLists(languages, target), "main.c": mainC });
    configureAndBuild(project(name), { options: { CMAKE_PREFIX_PATH: prefix, BUILD_SHARED_LIBS: shared } });
    const program = join(project(name), "build/consumer");
    expect(required(program, [])).toContain("pqflow 0.1.0");
    const isShared = target === "pqflow::shared" || shared === "ON";
    expect(required("readelf", ["-d", program]).includes("libpqflow.so.1")).toBe(isShared);
  });

  it("refuses a version that this one does not serve", () => {
    writeProject(project("too-new"), {
      "CMakeLists.txt": cmakeLists("C", "pqflow::runtime", "find_package(pqflow 0.2 REQUIRED)"),
      "main.c": mainC,
    });
    const { ok, output } = configure(project("too-new"), { options: { CMAKE_PREFIX_PATH: prefix } });
    expect(ok).toBe(false);
    expect(output).toMatch(/compatible\s+with\s+requested\s+version\s+"0\.2"/);
  });
});

describe("pkg-config", () => {
  const words = (text: string): readonly string[] => text.trim().split(/\s+/);
  const pkgConfig = (args: readonly string[], from: string): readonly string[] =>
    words(required("pkg-config", [...args, "pqflow"], { env: { PKG_CONFIG_PATH: join(from, "lib/pkgconfig") } }));

  function compile(name: string, flags: readonly string[], libraries: readonly string[]): string {
    writeProject(project(name), { "main.c": mainC });
    const program = join(project(name), "consumer");
    required("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", join(project(name), "main.c"), ...flags, ...libraries, "-o", program]);
    return program;
  }

  it("gives plain gcc what the shared library needs", () => {
    const program = compile("pc-shared", pkgConfig(["--cflags"], prefix), pkgConfig(["--libs"], prefix));
    expect(required(program, [], { env: { LD_LIBRARY_PATH: join(prefix, "lib") } })).toContain("pqflow 0.1.0");
  });

  it("gives plain gcc what the static library needs", () => {
    const libraries = pkgConfig(["--static", "--libs"], prefix).map((word) => (word === "-lpqflow" ? "-l:libpqflow.a" : word));
    const program = compile("pc-static", pkgConfig(["--cflags"], prefix), libraries);
    expect(required(program, [])).toContain("pqflow 0.1.0");
  });

  it("knows the version", () => {
    expect(pkgConfig(["--modversion"], prefix)).toEqual(["0.1.0"]);
  });

  it("follows a prefix that was moved", () => {
    const moved = join(folder, "moved prefix");
    renameSync(prefix, moved);
    try {
      writeProject(project("moved"), { "CMakeLists.txt": cmakeLists("C", "pqflow::static"), "main.c": mainC });
      configureAndBuild(project("moved"), { options: { CMAKE_PREFIX_PATH: moved } });
      expect(required(join(project("moved"), "build/consumer"), [])).toContain("pqflow 0.1.0");
      expect(pkgConfig(["--variable=pcfiledir"], moved).join(" ")).toContain("moved");
    } finally {
      renameSync(moved, prefix);
    }
  });
});

describe("add_subdirectory", () => {
  // In groups: the sources are compiled one by one in build/.
  it("makes pqflow::runtime part of a project's own build, without tests and install rules", () => {
    const find = `add_subdirectory("${projectPath(".")}" pqflow EXCLUDE_FROM_ALL)`;
    writeProject(project("subdirectory"), { "CMakeLists.txt": cmakeLists("C CXX", "pqflow::runtime", find), "main.c": mainC });
    configureAndBuild(project("subdirectory"), { options: { CMAKE_BUILD_TYPE: "Debug", PQFLOW_UNITY_BUILD: "ON" } });
    expect(required(join(project("subdirectory"), "build/consumer"), [])).toContain("pqflow 0.1.0");
    const targets = required("cmake", ["--build", join(project("subdirectory"), "build"), "--target", "help"]);
    expect(targets).not.toContain("pqflow_runtime_tests");
  });
});
