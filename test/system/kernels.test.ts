/** What is compiled for a newer instruction set must stay in its file: of an inline function, the linker keeps one copy for everybody. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

const objectPath = (name: string): string => projectPath(`build/runtime/CMakeFiles/pqflow_objects.dir/src/encoding/kernels/${name}.cpp.o`);

function sharedSymbols(name: string): readonly string[] {
  const output = execFileSync("nm", ["--defined-only", "--extern-only", "--demangle", objectPath(name)], { encoding: "utf8" });
  const symbols = output.split("\n").flatMap((line) => /^[0-9a-f]+ \w (.*)$/.exec(line)?.[1] ?? []);
  return symbols.filter((symbol) => !symbol.startsWith("DW.ref.")); // Addresses, for exceptions.
}

describe.runIf(process.platform === "linux" && process.arch === "x64")("kernels of an instruction set", () => {
  it.each([
    ["avx2", "pqflow::encoding::kAvx2Kernels"],
    ["avx512", "pqflow::encoding::kAvx512Kernels"],
  ])("%s share nothing with other files but their table", (name, table) => {
    expect(existsSync(objectPath(name))).toBe(true);
    expect(sharedSymbols(name)).toEqual([table]);
  });
});
