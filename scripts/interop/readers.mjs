// Readers in other languages for `npm run test:interop`: parquet-java, its dependencies pinned in a pom.xml, and arrow-rs, pinned in a Cargo.lock. Where the tools or their
// registries cannot be had, those readers are left out; that never fails the run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildDir, rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";

const lastLine = (output) => output.trim().split("\n").at(-1) ?? "";

async function built(name, tool, program, args, options) {
  if (!(await run(tool, ["--version"])).ok) return `${name} is left out: there is no ${tool}`;
  const result = await run(program, args, options);
  return result.ok ? `${name} is built` : `${name} is left out (${tool}: ${lastLine(result.output)})`;
}

export async function buildParquetJava() {
  const output = join(buildDir, "parquet-java");
  const goals = ["compile", ...(existsSync(join(output, "lib")) ? [] : ["dependency:copy-dependencies"])];
  return built("parquet-java", "mvn", "mvn", [
    ...["--quiet", "--batch-mode", "-Dstyle.color=never", `-Doutput=${output}`],
    ...["--file", join("test", "interop", "parquet-java", "pom.xml"), ...goals],
  ]);
}

export async function buildArrowRs() {
  const env = { CARGO_TARGET_DIR: join(buildDir, "arrow-rs") };
  const manifest = join(rootDir, "test", "interop", "arrow-rs", "Cargo.toml");
  return built("arrow-rs", "cargo", "cargo", ["build", "--release", "--locked", "--quiet", "--manifest-path", manifest], { env });
}
