/** generate: reads, renders what is stale, and writes, compares or prints it. */
import { join } from "node:path";
import type { GenerateFlags } from "../flags.js";
import { renderTarget } from "../generate.js";
import { findStale } from "../output/check.js";
import { findLeftovers } from "../output/clean.js";
import { readManifest } from "../output/manifest.js";
import type { GeneratedFile } from "../output/model.js";
import type { Host } from "./host.js";
import { promisedPaths } from "./promises.js";
import { printRemark } from "./report.js";
import { type ReadSchema, readSchemas } from "./sources.js";
import { startTimings } from "./timings.js";
import { plural } from "./words.js";
import { writeOutputs } from "./write-outputs.js";

/** Exit code 0 or 1. Throws OutputError. */
export async function runGenerate(flags: GenerateFlags, host: Host): Promise<number> {
  const timings = startTimings(host);
  timings.mark("start");
  const read = readSchemas(flags, host);
  if (read === undefined) return 1;
  timings.mark("read");
  const exitCode = await act(read, flags, host, timings.mark);
  if (flags.timings) printRemark(`note: ${timings.text()}\n`, flags, host);
  return exitCode;
}

async function act(read: readonly ReadSchema[], flags: GenerateFlags, host: Host, mark: (part: string) => void): Promise<number> {
  if (flags.listOutputs) return listOutputs(read, flags, host);
  if (!flags.check && !flags.stdout) return writeOutputs(read, flags, host, mark);
  const files = await renderAll(read, flags);
  mark("render");
  const exitCode = flags.check ? compare(read, files, flags, host) : print(files, host);
  mark(flags.check ? "compare" : "print");
  return exitCode;
}

function listOutputs(read: readonly ReadSchema[], flags: GenerateFlags, host: Host): number {
  const paths = promisedPaths(read, flags).map((path) => join(flags.out, path));
  host.out(`${paths.join("\n")}\n`);
  return 0;
}

async function renderAll(read: readonly ReadSchema[], { emit }: GenerateFlags): Promise<readonly GeneratedFile[]> {
  const files = await Promise.all(read.flatMap(({ schema, layout }) => emit.map(async (target) => renderTarget(schema, layout, target))));
  return files.flat();
}

function compare(read: readonly ReadSchema[], files: readonly GeneratedFile[], flags: GenerateFlags, host: Host): number {
  const stale = findStale(flags.out, files);
  const sources = read.map(({ path }) => path).join(", ");
  for (const { path, isMissing, diff } of stale)
    host.out(isMissing ? `missing: ${path}\n` : `stale: ${path} differs from ${sources}\n${diff}\n`);
  const leftovers = flags.clean ? findLeftovers(flags.out, readManifest(flags.out), new Set(files.map(({ path }) => path))).unchanged : [];
  for (const path of leftovers) host.out(`left over: ${join(flags.out, path)}\n`);
  if (stale.length > 0)
    host.out(
      `${stale.length} of ${plural(files.length, "file")} ${stale.length === 1 ? "is" : "are"} out of date. Run: npx pqflow-gen generate\n`,
    );
  if (leftovers.length > 0) host.out(`${plural(leftovers.length, "file")} left over. Run: npx pqflow-gen generate --clean\n`);
  const isCurrent = stale.length === 0 && leftovers.length === 0;
  if (isCurrent && !flags.quiet)
    printRemark(`note: ${plural(files.length, "output")} for ${plural(read.length, "schema")}, all up to date\n`, flags, host);
  return isCurrent ? 0 : 1;
}

/** One file as it is; several with a line before each. */
function print(files: readonly GeneratedFile[], host: Host): number {
  for (const { path, text } of files) host.out(files.length === 1 ? text : `==> ${path} <==\n${text}`);
  return 0;
}
