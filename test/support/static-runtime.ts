import { execFileSync } from "node:child_process";
import { projectPath } from "./paths.js";

/** What a linker needs after a program's own objects: the static library of the build, and the libraries that this build uses. Without the lines of its sources, whose copy takes longer than the rest. */
export function staticRuntime(): readonly string[] {
  const words = execFileSync("pkg-config", ["--static", "--libs", projectPath("build/pqflow.pc")], { encoding: "utf8" })
    .trim()
    .split(/\s+/);
  return [
    "-Wl,--strip-debug",
    process.env["PQFLOW_LIBRARY"] ?? projectPath("build/runtime/libpqflow.a"),
    ...words.filter((word) => word !== "-lpqflow"),
  ];
}
