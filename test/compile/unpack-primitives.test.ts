/** The primitives of pqflow/kernel.h, in every form that this machine can run. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-unpack-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function build(compiler: string, flags: readonly string[]): string {
  const program = join(folder, `${compiler}${flags.join("")}`);
  const common = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wconversion", "-Werror", `-I${projectPath("runtime/include")}`];
  execFileSync(compiler, [...common, ...flags, projectPath("test/compile/programs/unpack.c"), "-o", program]);
  return program;
}

const isThere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;
describe("the unpack primitives", () => {
  it("move what their names say, as the processor does it best", () => {
    expect(["SSE2\n", "NEON\n", "scalar\n"]).toContain(execFileSync(build("gcc", []), { encoding: "utf8" }));
  });

  it("move the same in their scalar form", () => {
    expect(execFileSync(build("gcc", ["-DPQFLOW_KERNEL_SCALAR"]), { encoding: "utf8" })).toBe("scalar\n");
  });

  it("move the same with NEON", (context) => {
    if (!isThere("aarch64-linux-gnu-gcc") || !isThere("qemu-aarch64")) context.skip("needs gcc-aarch64-linux-gnu and qemu-user");
    const program = build("aarch64-linux-gnu-gcc", ["-static"]);
    expect(execFileSync("qemu-aarch64", [program], { encoding: "utf8" })).toBe("NEON\n");
  });
});
