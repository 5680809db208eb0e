/** generate without --check and --stdout: renders what is stale, writes it, deletes what is left over. */
import { join } from "node:path";
import type { GenerateFlags } from "../flags.js";
import { renderTarget } from "../generate.js";
import { deleteFiles, findLeftovers, type Leftovers } from "../output/clean.js";
import { depfileText } from "../output/depfile.js";
import { confirmManifest, isFresh, isManifestCurrent } from "../output/freshness.js";
import { type Manifest, manifestFile, type ManifestUpdate, readManifest, reduceManifest, updateManifest } from "../output/manifest.js";
import type { GeneratedFile } from "../output/model.js";
import { writeFile, writeFiles } from "../output/write.js";
import type { Host } from "./host.js";
import { promisedPaths, type PromisedTarget, promisedTargets } from "./promises.js";
import { printRemark } from "./report.js";
import { type ReadSchema, STDIN_PATH } from "./sources.js";
import { plural } from "./words.js";

/** Exit code 0. Throws OutputError. */
export async function writeOutputs(
  read: readonly ReadSchema[],
  flags: GenerateFlags,
  host: Host,
  mark: (part: string) => void,
): Promise<number> {
  const manifest = readManifest(flags.out);
  const isBelieved = isManifestCurrent(flags.out, host.codeFolders);
  const promised = promisedTargets(read, flags);
  const leftovers = flags.clean ? findLeftovers(flags.out, manifest, new Set(promised.flatMap(({ paths }) => paths))) : noLeftovers;
  const updates = await renderStale(promised.filter((item) => !isBelieved || !isFresh(flags.out, manifest, item)));
  mark("render");
  const kept = flags.clean ? reduceManifest(manifest, (name, target) => isPromised(promised, name, target)) : manifest;
  const files = updates.flatMap((update) => update.files);
  const written = writeAll(
    flags.out,
    files,
    leftovers.unchanged,
    changedManifest(manifest, updateManifest(kept, updates), updates.length > 0),
  );
  if (!isBelieved) confirmManifest(flags.out);
  if (flags.depfile !== undefined) writeDepfile(read, flags, flags.depfile);
  mark("write");
  for (const path of leftovers.changed)
    printRemark(`warning: kept ${join(flags.out, path)}: it was changed after it was generated\n`, flags, host);
  const writtenCount = files.filter(({ path }) => written.includes(path)).length;
  if (!flags.quiet) printRemark(summary(read, flags, host, { writtenCount, deletedCount: leftovers.unchanged.length }), flags, host);
  return 0;
}

const noLeftovers: Leftovers = { unchanged: [], changed: [] };

function isPromised(promised: readonly PromisedTarget[], name: string, target: string): boolean {
  return promised.some((item) => item.schemaName === name && item.target === target);
}

async function renderStale(stale: readonly PromisedTarget[]): Promise<readonly ManifestUpdate[]> {
  return Promise.all(
    stale.map(async ({ item, ...rest }): Promise<ManifestUpdate> => ({
      ...rest,
      files: await renderTarget(item.schema, item.layout, rest.target),
    })),
  );
}

function changedManifest(before: Manifest, after: Manifest, isUpdated: boolean): readonly GeneratedFile[] {
  const file = manifestFile(after);
  return isUpdated || manifestFile(before).text !== file.text ? [file] : [];
}

/** The manifest goes last where files are deleted: whatever interrupts the run, it names every file that is still there. */
function writeAll(
  outDir: string,
  files: readonly GeneratedFile[],
  unwanted: readonly string[],
  manifest: readonly GeneratedFile[],
): readonly string[] {
  if (unwanted.length === 0) return writeFiles(outDir, [...files, ...manifest]);
  const written = writeFiles(outDir, files);
  deleteFiles(outDir, unwanted);
  return [...written, ...writeFiles(outDir, manifest)];
}

function writeDepfile(read: readonly ReadSchema[], flags: GenerateFlags, depfile: string): void {
  const inputs = new Set(read.flatMap(({ files }) => files.map(({ path }) => path)));
  inputs.delete(STDIN_PATH);
  const outputs = promisedPaths(read, flags).map((path) => join(flags.out, path));
  writeFile(depfile, depfileText(outputs, [...inputs]));
}

interface Counts {
  readonly writtenCount: number;
  readonly deletedCount: number;
}

function summary(read: readonly ReadSchema[], flags: GenerateFlags, host: Host, { writtenCount, deletedCount }: Counts): string {
  const outputs = plural(promisedPaths(read, flags).length, "output");
  const written = `${writtenCount} written${writtenCount === 0 && deletedCount === 0 ? " (all unchanged)" : ""}`;
  const deleted = deletedCount === 0 ? "" : `, ${deletedCount} deleted`;
  return `note: ${outputs} for ${plural(read.length, "schema")}, ${written}${deleted}, ${Math.round(host.elapsedMs())} ms\n`;
}
