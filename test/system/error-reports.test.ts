/** What a user is told when a capture cannot be written, through the generated C code and the public library alone, on real files. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { staticRuntime } from "../support/static-runtime.js";

const directory = mkdtempSync(join(tmpdir(), "pqflow-errors-"));
const program = join(directory, "error_cases");

beforeAll(() => {
  const includes = ["-I", projectPath("generated"), "-I", projectPath("runtime/include")];
  const objects = ["test/system/errors/error_cases.c", "generated/orders_sink.c"].map((source, index) => {
    const object = join(directory, `${index}.o`);
    execFileSync("gcc", ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-c", projectPath(source), ...includes, "-o", object]);
    return object;
  });
  execFileSync("g++", [...objects, ...staticRuntime(), "-o", program]);
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Outcome {
  readonly lines: readonly string[];
  readonly files: readonly string[];
  readonly code: number | null;
}

function runCase(name: string, path: (folder: string) => string = (folder) => join(folder, "orders.parquet")): Outcome {
  const folder = mkdtempSync(join(directory, "case-"));
  const { stdout, status } = spawnSync(program, [name, path(folder)], { encoding: "utf8" });
  return { lines: stdout.replaceAll(folder, "FOLDER").trim().split("\n"), files: readdirSync(folder), code: status };
}

describe("a capture that cannot be written says so", () => {
  it("writes a complete file when nothing is wrong (the other cases differ from this one)", () => {
    expect(runCase("plain")).toEqual({
      lines: ["open ok: ", "flush ok: ", "stats state 0 accepted 10000 persisted 10000 visible 10000", "close ok: ", "lost 0"],
      files: ["orders.parquet"],
      code: 0,
    });
  });

  it("names a missing folder at open and leaves no file", () => {
    const { lines, files } = runCase("plain", (folder) => join(folder, "missing/orders.parquet"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^open io error: .*FOLDER\/missing/);
    expect(files).toEqual([]);
  });

  it("names a codec that is not in the build, and those that are, and leaves no file", () => {
    const { lines, files } = runCase("codec");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^open codec unavailable: .*LZO.*UNCOMPRESSED/);
    expect(files).toEqual([]);
  });

  it("refuses a target that exists and does not touch it", () => {
    const folder = mkdtempSync(join(directory, "case-"));
    writeFileSync(join(folder, "orders.parquet"), "precious");
    const { stdout } = spawnSync(program, ["plain", join(folder, "orders.parquet")], { encoding: "utf8" });
    expect(stdout).toMatch(/^open file exists: .*orders\.parquet/);
    expect(readdirSync(folder)).toEqual(["orders.parquet"]);
  });

  it("refuses a folder as target", () => {
    const { lines } = runCase("plain", (folder) => {
      mkdirSync(join(folder, "orders.parquet"));
      return join(folder, "orders.parquet");
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^open invalid argument: .*orders\.parquet is a folder/);
  });

  it("reports a full disk from flush and close, counts nothing as written, and leaves nothing under the final name", () => {
    const { lines, files, code } = runCase("full-disk");
    expect(lines[0]).toBe("open ok: ");
    expect(lines[1]).toMatch(/^flush no space: .*orders\.parquet/);
    expect(lines[2]).toBe("stats state 1 accepted 10000 persisted 0 visible 0");
    expect(lines[3]).toMatch(/^close no space: /);
    expect(lines[4]).toBe("lost 10000");
    expect(files.filter((file) => !file.startsWith("."))).toEqual([]);
    expect(code).toBe(1);
  });
});
