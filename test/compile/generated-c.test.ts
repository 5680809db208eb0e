/** Generated C and C++ compile without a warning everywhere, and a record that is not the schema's is refused. */
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cCompilers, type Compiler, cppCompilers, createWorkshop, type Workshop } from "./compilers.js";
import { fixedSchemas, generateC, type GeneratedC, repository } from "./schemas.js";
import { usage } from "./usage.js";

const macroHeaders = [
  "errno.h",
  "sys/stat.h",
  "signal.h",
  "math.h",
  "stdio.h",
  "netinet/in.h",
  "unistd.h",
  "time.h",
  "limits.h",
  "inttypes.h",
];
const gcc: Compiler = { command: "gcc", language: "c", standard: "c11" };

let workshop: Workshop;
let generated: readonly (GeneratedC & { readonly name: string })[];

beforeAll(() => {
  workshop = createWorkshop();
  generated = fixedSchemas.map(({ name, text }) => ({ name, ...generateC(text) }));
  for (const { header, source } of generated) {
    workshop.write(header.path, header.text);
    workshop.write(source.path, source.text);
  }
});

afterAll(() => {
  workshop.remove();
});

function label({ command, standard }: Compiler): string {
  return `${command} -std=${standard}`;
}

describe("generated headers", () => {
  it.each(cCompilers.map((compiler) => [label(compiler), compiler] as const))(
    "are clean C for %s, all in one program",
    async (_, compiler) => {
      const file = workshop.write(
        `all-${compiler.command}-${compiler.standard}.c`,
        generated.map(({ plan }) => usage(plan, "c")).join("\n"),
      );
      expect(await workshop.compile(compiler, file)).toBe("");
    },
  );

  it.each(cppCompilers.map((compiler) => [label(compiler), compiler] as const))(
    "are clean C++ for %s, all in one program",
    async (_, compiler) => {
      const file = workshop.write(
        `all-${compiler.command}-${compiler.standard}.cpp`,
        generated.map(({ plan }) => usage(plan, "c++")).join("\n"),
      );
      expect(await workshop.compile(compiler, file)).toBe("");
    },
  );

  it("are clean where headers that define macros came first, and where PQFLOW_DEBUG is defined", async () => {
    const includes = macroHeaders.map((name) => `#include <${name}>\n`).join("");
    const c = workshop.write("macros.c", `#include <complex.h>\n${includes}${generated.map(({ plan }) => usage(plan, "c")).join("\n")}`);
    const cpp = workshop.write("macros.cpp", `${includes}${generated.map(({ plan }) => usage(plan, "c++")).join("\n")}`);
    const flags = ["-fsyntax-only", "-D_GNU_SOURCE", "-DPQFLOW_DEBUG", "-Wno-reserved-macro-identifier", "-Wno-unused-macros"];
    expect(await workshop.compile({ command: "clang", language: "c", standard: "gnu17" }, c, flags)).toBe("");
    expect(await workshop.compile({ command: "g++", language: "c++", standard: "gnu++17" }, cpp, ["-fsyntax-only", "-DPQFLOW_DEBUG"])).toBe(
      "",
    );
  });

  it("need no other header before them and define one macro: the include guard", () => {
    const macrosOf = (include: string): readonly string[] => {
      const text = execFileSync("gcc", ["-std=c11", "-dM", "-E", `-I${repository}runtime/include`, `-I${workshop.folder}`, "-"], {
        input: include,
        encoding: "utf8",
      });
      return text.split("\n").map((line) => line.split(/[ (]/)[1] ?? "");
    };
    const before = new Set(macrosOf("#include <pqflow/record.h>\n"));
    const beforeWithClock = new Set(macrosOf("#include <pqflow/record.h>\n#include <pqflow/clock.h>\n"));
    for (const { plan } of generated) {
      const known = plan.hasClock ? beforeWithClock : before;
      expect(macrosOf(`#include "${plan.headerPath}"\n`).filter((name) => !known.has(name))).toEqual([plan.guard]);
    }
  });
});

describe("generated sources", () => {
  it.each(cCompilers.map((compiler) => [label(compiler), compiler] as const))("are clean for %s", async (_, compiler) => {
    const file = workshop.write(
      `sources-${compiler.command}-${compiler.standard}.c`,
      generated.map(({ source }) => `#include "${source.path}"\n`).join(""),
    );
    expect(await workshop.compile(compiler, file)).toBe("");
  });

  it("are clean where the optimizer looks too", async () => {
    const optimized = generated.filter(({ name }) => ["orders", "every_type", "hostile"].includes(name));
    const text = optimized.map(({ plan, source }) => `#include "${source.path}"\n${usage(plan, "c")}`).join("");
    const file = workshop.write("optimized.c", text);
    expect(await workshop.compile(gcc, file, ["-O2", "-c", "-o", `${workshop.folder}/optimized.o`])).toBe("");
  });
});

describe("a record that is not the schema's", () => {
  const orders = (): GeneratedC => {
    const found = generated.find(({ name }) => name === "orders");
    if (found === undefined) {
      throw new Error("orders is among the fixed schemas");
    }
    return found;
  };

  it("of another size is refused at compile time", async () => {
    const use = (type: string): string =>
      `#include "orders_sink.h"\nstruct other { int64_t timestamp_ns; };\npqflow_status f(orders_lane *lane, const ${type} *record);\n` +
      `pqflow_status f(orders_lane *lane, const ${type} *record) { return orders_log(lane, record); }\n`;
    expect(await workshop.compile(gcc, workshop.write("same.c", use("orders_record")))).toBe("");
    expect(await workshop.compile(gcc, workshop.write("other.c", use("struct other")))).toContain("incompatible pointer type");
    const cpp: Compiler = { command: "g++", language: "c++", standard: "c++17" };
    expect(await workshop.compile(cpp, workshop.write("other.cpp", use("struct other")))).toContain("cannot convert");
  });

  it.each([
    [
      "permuted",
      (text: string) =>
        text.replace(/ {2}int64_t order_id;\n([^]*?)( {2}int64_t quantity;\n)/, "  int64_t quantity;\n$1  int64_t order_id;\n"),
      "must lie where",
    ],
    ["retyped", (text: string) => text.replace("int32_t exchange;", "int64_t exchange;"), "must have the size and alignment"],
    [
      "aligned otherwise",
      (text: string) => text.replace("typedef struct orders_record", "typedef struct __attribute__((aligned(4), packed)) orders_record"),
      "must have the size and alignment",
    ],
    ["without its pad", (text: string) => text.replace("  uint8_t pad0[4];\n", ""), "pad0"],
  ])("because a member was changed (%s) fails the static assertions", async (name, change, message) => {
    const changed = change(orders().header.text);
    expect(changed).not.toBe(orders().header.text);
    const file = workshop.write(`changed-${name.replaceAll(" ", "-")}.h`, changed);
    const use = workshop.write(`changed-${name.replaceAll(" ", "-")}.c`, `#include "${file}"\nextern int x;\n`);
    expect(await workshop.compile(gcc, use)).toContain(message);
    const cpp: Compiler = { command: "clang++", language: "c++", standard: "c++11" };
    expect(await workshop.compile(cpp, use)).toContain(message);
  });
});
