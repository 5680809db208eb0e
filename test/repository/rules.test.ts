/** Each repository rule finds what it is for: run in a small repository of its own, once with a fault and once without. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly rule: string;
  readonly finds: string;
  readonly faulty: Files;
  readonly sound: Files;
  readonly message: RegExp;
}

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function createRepository(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-rules-"));
  folders.push(folder);
  cpSync(projectPath("scripts"), join(folder, "scripts"), { recursive: true });
  symlinkSync(projectPath("node_modules"), join(folder, "node_modules"));
  for (const config of [".clang-format", ".prettierrc.json", ".prettierignore", "tsconfig.json", "package.json"])
    cpSync(projectPath(config), join(folder, config));
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync("git", ["init", "-q"], { cwd: folder });
  return folder;
}

function runRule(rule: string, files: Files): { readonly code: number | null; readonly output: string } {
  const folder = createRepository(files);
  const result = spawnSync(process.execPath, [join(folder, "scripts/verify", `${rule}.mjs`)], { cwd: folder, encoding: "utf8" });
  return { code: result.status, output: result.stdout + result.stderr };
}

const lines = (count: number): string => "// line\n".repeat(count);

const cases: readonly Case[] = [
  {
    rule: "generator-dependencies",
    finds: "a stage that imports a later one",
    faulty: {
      "generator/src/schema/read.ts": 'import { plan } from "../plan/c.js";\nplan();\n',
      "generator/src/plan/c.ts": "export const plan = (): number => 1;\n",
    },
    sound: {
      "generator/src/plan/c.ts": 'import { read } from "../schema/read.js";\nread();\n',
      "generator/src/schema/read.ts": "export const read = (): number => 1;\n",
    },
    message: /schema\/read\.ts:1: `schema` must not import `plan`/,
  },
  {
    rule: "generator-dependencies",
    finds: "a package in the wrong stage",
    faulty: { "generator/src/plan/c.ts": 'import { parse } from "yaml";\nparse("");\n' },
    sound: { "generator/src/document/read.ts": 'import { parse } from "yaml";\nparse("");\n' },
    message: /only document may import yaml/,
  },
  {
    rule: "generator-dependencies",
    finds: "the console outside cli",
    faulty: { "generator/src/plan/c.ts": 'console.log("");\n' },
    sound: { "generator/src/cli.ts": 'console.log("");\n' },
    message: /plan\/c\.ts:1: only cli may use console\.log/,
  },
  {
    rule: "runtime-includes",
    finds: "ring that knows parquet",
    faulty: { "runtime/src/ring/a.cpp": '#include "parquet/b.hpp"\n' },
    sound: { "runtime/src/parquet/a.cpp": '#include "columns/b.hpp"\n' },
    message: /ring\/a\.cpp:1: ring must not include parquet/,
  },
  {
    rule: "public-headers",
    finds: "private headers in the addon",
    faulty: { "native/src/a.cpp": '#include "../../runtime/src/ring/a.hpp"\n', "runtime/src/ring/a.hpp": "" },
    sound: { "native/src/a.cpp": "#include <pqflow/pqflow.h>\n", "runtime/include/pqflow/pqflow.h": "" },
    message: /native\/src\/a\.cpp:1: includes runtime\/src\/ring\/a\.hpp/,
  },
  {
    rule: "public-headers",
    finds: "a public header that does not exist",
    faulty: { "generated/orders_sink.h": "#include <pqflow/missing.h>\n" },
    sound: { "generated/orders_sink.h": "#include <stdint.h>\n" },
    message: /there is no public header pqflow\/missing\.h/,
  },
  {
    rule: "tests-are-leaves",
    finds: "code that reaches a test",
    faulty: {
      "bench/a.ts": 'import { help } from "../test/help.js";\nhelp();\n',
      "test/help.ts": "export const help = (): void => undefined;\n",
    },
    sound: { "test/a.ts": 'import { help } from "./help.js";\nhelp();\n', "test/help.ts": "export const help = (): void => undefined;\n" },
    message: /bench\/a\.ts:1: imports test\/help\.ts/,
  },
  {
    rule: "import-cycles",
    finds: "a cycle of type imports",
    faulty: {
      "native/lib/a.ts": 'import type { B } from "./b.js";\nexport type A = B;\n',
      "native/lib/b.ts": 'import type { A } from "./a.js";\nexport type B = A;\n',
    },
    sound: { "native/lib/a.ts": 'import type { B } from "./b.js";\nexport type A = B;\n', "native/lib/b.ts": "export type B = 1;\n" },
    message: /cycle: native\/lib\/a\.ts → native\/lib\/b\.ts → native\/lib\/a\.ts/,
  },
  {
    rule: "dead-exports",
    finds: "a function that nothing imports",
    faulty: { "generator/src/plan/c.ts": "export const unused = (): number => 1;\n" },
    sound: {
      "generator/src/plan/c.ts": "export const used = (): number => 1;\n",
      "test/c.ts": 'import { used } from "../generator/src/plan/c.js";\nused();\n',
    },
    message: /plan\/c\.ts:1: nothing imports `unused`/,
  },
  {
    rule: "file-size",
    finds: "a file over the limit",
    faulty: { "generator/src/plan/c.ts": lines(401) },
    sound: { "generator/src/plan/c.ts": lines(400) },
    message: /401 lines, the limit is 400/,
  },
  {
    rule: "format-cpp",
    finds: "unformatted C in generated code",
    faulty: { "generated/a.h": "int   a ( void ) ;\n" },
    sound: { "generated/a.h": "int a(void);\n" },
    message: /generated\/a\.h: not formatted/,
  },
  {
    rule: "format-typescript",
    finds: "unformatted TypeScript",
    faulty: { "generator/src/a.ts": "export const  a = 'a'\n" },
    sound: { "generator/src/a.ts": 'export const a = "a";\n' },
    message: /generator\/src\/a\.ts/,
  },
  {
    rule: "typescript-types",
    finds: "a type error",
    faulty: { "generator/src/a.ts": 'export const a: number = "a";\n' },
    sound: { "generator/src/a.ts": "export const a: number = 1;\n" },
    message: /generator\/src\/a\.ts\(1,14\): error TS2322/,
  },
  {
    rule: "text-hygiene",
    finds: "blanks at the end of a template's line",
    faulty: { "templates/c/a.hbs": "int a; \n" },
    sound: { "templates/c/a.hbs": "int a;\n" },
    message: /templates\/c\/a\.hbs:1: trailing blank/,
  },
  {
    rule: "text-hygiene",
    finds: "carriage returns",
    faulty: { "docs/a.md": "one\r\ntwo\n" },
    sound: { "docs/a.md": "one\ntwo\n" },
    message: /docs\/a\.md:1: carriage return/,
  },
  {
    rule: "forbidden-words",
    finds: "unfinished work",
    faulty: { "runtime/src/base/a.cpp": `// TO${"DO"}: later\n` },
    sound: { "runtime/src/base/a.cpp": "// Later.\n" },
    message: /base\/a\.cpp:1: unfinished work/,
  },
  {
    rule: "forbidden-words",
    finds: "paths of a machine",
    faulty: { "docs/a.md": `see ${["", "home", "someone", "x"].join("/")}\n` },
    sound: { "docs/a.md": "see ~/x\n" },
    message: /docs\/a\.md:1: path of a machine/,
  },
  {
    rule: "doc-links",
    finds: "a link to a missing file",
    faulty: { "docs/a.md": "[b](b.md)\n" },
    sound: { "docs/a.md": "[b](b.md)\n", "docs/b.md": "# B\n" },
    message: /docs\/a\.md:1: b\.md: there is no docs\/b\.md/,
  },
  {
    rule: "doc-links",
    finds: "a link to a missing heading",
    faulty: { "docs/a.md": "# A\n\n[b](#b)\n" },
    sound: { "docs/a.md": "# A b\n\n[b](#a-b)\n" },
    message: /docs\/a\.md:3: #b: docs\/a\.md has no heading #b/,
  },
];

describe("repository rules", () => {
  it.each(cases)("$rule finds $finds", ({ rule, faulty, sound, message }) => {
    const found = runRule(rule, faulty);
    expect(found.output).toMatch(message);
    expect(found.code).toBe(1);
    const clean = runRule(rule, sound);
    expect(clean.code, clean.output).toBe(0);
  });
});
