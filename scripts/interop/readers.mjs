// Readers in other languages for `npm run test:interop`: parquet-java, its dependencies pinned in a pom.xml, and arrow-rs, pinned in a Cargo.lock. Where the tools or their
// registries cannot be had, those readers are left out; that never fails the run.
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildDir, rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";

const lastLine = (output) => output.trim().split("\n").at(-1) ?? "";

async function built(name, tool, program, args, options) {
  if (!(await run(tool, ["--version"])).ok) return `${name} is left out: there is no ${tool}`;
  const result = await run(program, args, options);
  return result.ok ? `${name} is built` : `${name} is left out (${tool}: ${lastLine(result.output)})`;
}

const changed_ms = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Libraries are copied anew when the pom.xml names others: all that lie there are loaded. */
export async function buildParquetJava() {
  const output = join(buildDir, "parquet-java");
  const project = join(rootDir, "test", "interop", "parquet-java", "pom.xml");
  const libraries = join(output, "lib");
  const isCurrent = changed_ms(libraries) > changed_ms(project);
  if (!isCurrent) rmSync(libraries, { recursive: true, force: true });
  const goals = ["compile", ...(isCurrent ? [] : ["dependency:copy-dependencies"])];
  const options = ["--quiet", "--batch-mode", "-Dstyle.color=never", `-Doutput=${output}`, "--file", project];
  return built("parquet-java", "mvn", "mvn", [...options, ...goals]);
}

export async function buildArrowRs() {
  const env = { CARGO_TARGET_DIR: join(buildDir, "arrow-rs") };
  const manifest = join(rootDir, "test", "interop", "arrow-rs", "Cargo.toml");
  return built("arrow-rs", "cargo", "cargo", ["build", "--release", "--locked", "--quiet", "--manifest-path", manifest], { env });
}
