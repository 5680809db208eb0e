/** The runner behind `npm test` never takes silence for success. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

interface Outcome {
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly text: string }[];
  readonly skips: readonly { readonly name: string; readonly reason: string }[];
}

interface GoogleTestStage {
  runGoogleTest(options: { readonly label: string; readonly command: readonly string[]; readonly reportFile: string }): Promise<Outcome>;
}

interface Outcomes {
  withReasonsRequired(outcome: Outcome): Outcome;
  finalLine(outcome: Outcome): string;
}

const { runGoogleTest } = (await import(projectPath("scripts/test/googletest.mjs"))) as GoogleTestStage;
const { withReasonsRequired, finalLine } = (await import(projectPath("scripts/test/outcome.mjs"))) as Outcomes;

const folder = mkdtempSync(join(tmpdir(), "pqflow-runner-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (name: string, result = "COMPLETED", failure?: string): object => ({
  classname: "Suite",
  name,
  result,
  ...(failure === undefined ? {} : { failures: [{ failure }] }),
});

/** A program that behaves like a GoogleTest one whose tests all fall to the first shard: prints `output`, writes `tests` as its report unless there are none, ends with `code`. Other shards report that they ran nothing. */
function runFake({
  output = "",
  tests,
  code = 0,
}: {
  readonly output?: string;
  readonly tests?: readonly object[];
  readonly code?: number;
}): Promise<Outcome> {
  const report =
    tests === undefined
      ? ""
      : `require("fs").writeFileSync(file, ${JSON.stringify(JSON.stringify({ testsuites: [{ testsuite: tests }] }))});`;
  const program = join(folder, "fake.cjs");
  writeFileSync(
    program,
    `const file = process.argv[2].replace("--gtest_output=json:", "");
     if (process.env.GTEST_SHARD_INDEX === "0") { process.stdout.write(${JSON.stringify(output)}); ${report} process.exitCode = ${code}; }
     else require("fs").writeFileSync(file, '{"testsuites":[]}');`,
  );
  return runGoogleTest({ label: "fake", command: [process.execPath, program], reportFile: join(folder, "report.json") });
}

describe("the GoogleTest stage", () => {
  it("counts what passed and shows failures in full", async () => {
    const outcome = await runFake({ tests: [entry("a"), entry("b", "COMPLETED", "file.cpp:1\nwrong")], code: 1 });
    expect(outcome).toEqual({ passed: 1, failures: [{ name: "fake Suite.b", text: "file.cpp:1\nwrong" }], skips: [] });
  });

  it("takes a program that ends without a report for a failure", async () => {
    const outcome = await runFake({ output: "Segmentation fault", code: 139 });
    expect(outcome.failures).toHaveLength(1);
    expect(outcome.failures[0]?.text).toMatch(/Segmentation fault[\s\S]*ended without a report: exit code 139/);
  });

  it("takes a program that ran no tests for a failure", async () => {
    expect((await runFake({ tests: [] })).failures).toEqual([{ name: "fake", text: "ran no tests" }]);
  });

  it("takes a failing exit code for a failure although every test passed", async () => {
    const outcome = await runFake({ output: "WARNING: ThreadSanitizer: data race", tests: [entry("a")], code: 66 });
    expect(outcome.failures[0]?.text).toMatch(/data race[\s\S]*exit code 66/);
  });

  it("takes the reason of a skip from the output", async () => {
    const output = "[ RUN      ] Suite.a\nfile.cpp:2: Skipped\nneeds root\n[  SKIPPED ] Suite.a (0 ms)\n";
    expect((await runFake({ output, tests: [entry("a", "SKIPPED")] })).skips).toEqual([{ name: "fake Suite.a", reason: "needs root" }]);
  });

  it("does not pass over disabled tests", async () => {
    const outcome = withReasonsRequired(await runFake({ tests: [entry("a"), entry("DISABLED_b", "SUPPRESSED")] }));
    expect(outcome.failures).toEqual([{ name: "fake Suite.DISABLED_b", text: "skipped without a reason" }]);
  });
});

describe("the vitest reporter", () => {
  const testFile = `import { beforeAll, describe, expect, it } from "vitest";
it("passes", () => {});
it("fails", () => expect(1).toBe(2));
it("is skipped with a note", (context) => context.skip("no moon"));
it.skip("is skipped silently", () => {});
it.todo("is planned");
describe.skipIf(true)("group (skipped: no sun)", () => { it("is inside", () => {}); });
describe("group with a broken hook", () => { beforeAll(() => { throw new Error("broken hook"); }); it("never runs", () => {}); });
`;

  it("reports failures, reasons, broken hooks and files that cannot be loaded", () => {
    const project = join(folder, "vitest");
    mkdirSync(project);
    symlinkSync(projectPath("node_modules"), join(project, "node_modules"));
    writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
    writeFileSync(join(project, "a.test.ts"), testFile);
    writeFileSync(join(project, "b.test.ts"), 'throw new Error("cannot be loaded");\n');
    const reportFile = join(project, "report.json");
    const args = ["run", `--reporter=${projectPath("scripts/test/vitest-reporter.mjs")}`];
    spawnSync(projectPath("node_modules/.bin/vitest"), args, { cwd: project, env: { ...process.env, PQFLOW_VITEST_REPORT: reportFile } });

    const outcome = JSON.parse(readFileSync(reportFile, "utf8")) as Outcome;
    expect(outcome.passed).toBe(1);
    expect(outcome.failures.map(({ name, text }) => `${name}: ${text.split("\n")[0]}`).sort()).toEqual([
      "a.test.ts › fails: AssertionError: expected 1 to be 2 // Object.is equality",
      "a.test.ts › group with a broken hook: Error: broken hook",
      "a.test.ts › is planned: ended as todo",
      "b.test.ts: Error: cannot be loaded",
    ]);
    expect(outcome.skips).toEqual([
      { name: "a.test.ts › is skipped with a note", reason: "no moon" },
      { name: "a.test.ts › is skipped silently", reason: "" },
      { name: "a.test.ts › group (skipped: no sun) > is inside", reason: "no sun" },
      { name: "a.test.ts › group with a broken hook > never runs", reason: "" },
    ]);
  });
});

describe("the sum", () => {
  it("counts a skip without a reason as failed", () => {
    const outcome = withReasonsRequired({
      passed: 2,
      failures: [],
      skips: [
        { name: "a", reason: "" },
        { name: "b", reason: "no data" },
      ],
    });
    expect(finalLine(outcome)).toBe("2 passed, 1 failed, 1 skipped");
  });
});
