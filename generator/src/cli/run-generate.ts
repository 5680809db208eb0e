/** generate: reads, renders what is stale, and writes, compares or prints it. */
import { join } from "node:path";
import type { GenerateFlags } from "../flags.js";
import { renderTarget } from "../generate.js";
import { findStale } from "../output/check.js";
import { depfileText } from "../output/depfile.js";
import { type EmitTarget, outputPaths } from "../output/emit.js";
import { confirmManifest, isFresh, isManifestCurrent } from "../output/freshness.js";
import { type ManifestUpdate, manifestFile, readManifest, sha256, updateManifest } from "../output/manifest.js";
import type { GeneratedFile } from "../output/model.js";
import { GENERATOR_VERSION } from "../output/version.js";
import { writeFile, writeFiles } from "../output/write.js";
import type { Host } from "./host.js";
import { type ReadSchema, readSchemas, STDIN_PATH } from "./sources.js";
import { plural } from "./words.js";

/** Exit code 0 or 1. Throws OutputError. */
export async function runGenerate(flags: GenerateFlags, host: Host): Promise<number> {
  const read = readSchemas(flags, host);
  if (read === undefined) return 1;
  if (flags.listOutputs) return listOutputs(read, flags, host);
  if (flags.check) return compare(read, flags, host);
  if (flags.stdout) return print(read, flags, host);
  return write(read, flags, host);
}

function promisedPaths(read: readonly ReadSchema[], { emit, out }: GenerateFlags): readonly string[] {
  return read.flatMap(({ schema }) => emit.flatMap((target) => outputPaths(schema.name, target))).map((path) => join(out, path));
}

function listOutputs(read: readonly ReadSchema[], flags: GenerateFlags, host: Host): number {
  host.out(`${promisedPaths(read, flags).join("\n")}\n`);
  return 0;
}

async function renderAll(read: readonly ReadSchema[], { emit }: GenerateFlags): Promise<readonly GeneratedFile[]> {
  const files = await Promise.all(read.flatMap(({ schema, layout }) => emit.map(async (target) => renderTarget(schema, layout, target))));
  return files.flat();
}

async function compare(read: readonly ReadSchema[], flags: GenerateFlags, host: Host): Promise<number> {
  const files = await renderAll(read, flags);
  const stale = findStale(flags.out, files);
  const sources = read.map(({ path }) => path).join(", ");
  for (const { path, isMissing, diff } of stale)
    host.out(isMissing ? `missing: ${path}\n` : `stale: ${path} differs from ${sources}\n${diff}\n`);
  if (stale.length > 0)
    host.out(
      `${stale.length} of ${plural(files.length, "file")} ${stale.length === 1 ? "is" : "are"} out of date. Run: npx pqflow-gen generate\n`,
    );
  else if (!flags.quiet) host.error(`note: ${plural(files.length, "output")} for ${plural(read.length, "schema")}, all up to date\n`);
  return stale.length > 0 ? 1 : 0;
}

/** One file as it is; several with a line before each. */
async function print(read: readonly ReadSchema[], flags: GenerateFlags, host: Host): Promise<number> {
  const files = await renderAll(read, flags);
  for (const { path, text } of files) host.out(files.length === 1 ? text : `==> ${path} <==\n${text}`);
  return 0;
}

async function write(read: readonly ReadSchema[], flags: GenerateFlags, host: Host): Promise<number> {
  const manifest = readManifest(flags.out);
  const isBelieved = isManifestCurrent(flags.out, host.codeFolders);
  const promised = read.flatMap((item) => flags.emit.map((target) => promiseOf(item, target)));
  const stale = promised.filter((item) => !isBelieved || !isFresh(flags.out, manifest, item));
  const updates = await Promise.all(
    stale.map(async ({ item, ...rest }): Promise<ManifestUpdate> => ({
      ...rest,
      files: await renderTarget(item.schema, item.layout, rest.target),
    })),
  );
  const files = updates.flatMap((update) => update.files);
  const written = writeFiles(flags.out, [...files, ...(updates.length === 0 ? [] : [manifestFile(updateManifest(manifest, updates))])]);
  if (!isBelieved) confirmManifest(flags.out);
  if (flags.depfile !== undefined) writeDepfile(read, flags, flags.depfile);
  if (!flags.quiet) host.error(summary(read, flags, files.filter(({ path }) => written.includes(path)).length, host));
  return 0;
}

interface PromisedTarget {
  readonly item: ReadSchema;
  readonly schemaName: string;
  readonly target: EmitTarget;
  readonly inputs: string;
  readonly includes: readonly string[];
  readonly paths: readonly string[];
}

function promiseOf(item: ReadSchema, target: EmitTarget): PromisedTarget {
  const [schema, ...others] = item.files;
  const parts = others.flatMap(({ relativePath, bytes }) => [`\n${relativePath}\n`, bytes]);
  const inputs = sha256(`${GENERATOR_VERSION}\n${target}\n`, schema?.bytes ?? "", ...parts);
  const includes = others.map(({ relativePath }) => relativePath);
  return { item, schemaName: item.schema.name, target, inputs, includes, paths: outputPaths(item.schema.name, target) };
}

function writeDepfile(read: readonly ReadSchema[], flags: GenerateFlags, depfile: string): void {
  const inputs = new Set(read.flatMap(({ files }) => files.map(({ path }) => path)));
  inputs.delete(STDIN_PATH);
  writeFile(depfile, depfileText(promisedPaths(read, flags), [...inputs]));
}

function summary(read: readonly ReadSchema[], flags: GenerateFlags, writtenCount: number, host: Host): string {
  const outputs = plural(promisedPaths(read, flags).length, "output");
  const written = `${writtenCount} written${writtenCount === 0 ? " (all unchanged)" : ""}`;
  return `note: ${outputs} for ${plural(read.length, "schema")}, ${written}, ${Math.round(host.elapsedMs())} ms\n`;
}
