/** Is what lies in the output folder already what the generator would make? */
import { readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, MANIFEST_PATH, sha256 } from "./manifest.js";
import { lstatOf } from "./out-dir.js";
import { readOutput } from "./read-output.js";

export interface Promised {
  readonly schemaName: string;
  readonly target: string;
  readonly inputs: string;
  readonly paths: readonly string[];
}

/** The manifest names the same inputs, and every file is there with the hash it was written with. */
export function isFresh(outDir: string, manifest: Manifest, { schemaName, target, inputs, paths }: Promised): boolean {
  const output = manifest.get(schemaName)?.get(target);
  if (output?.inputs !== inputs) return false;
  return paths.every((path) => {
    const text = readOutput(join(outDir, path));
    return text !== undefined && output.files[path] === sha256(text);
  });
}

/** A generator that was rebuilt under the same version may make other files: then the manifest is older than the generator's own code and is not believed. */
export function isManifestCurrent(outDir: string, codeFolders: readonly string[]): boolean {
  const manifest = lstatOf(join(outDir, MANIFEST_PATH));
  return manifest !== undefined && codeFolders.every((folder) => newestMs(folder) <= manifest.mtimeMs);
}

/** Says that the manifest was confirmed by rendering; its bytes stay. */
export function confirmManifest(outDir: string): void {
  const now = new Date();
  utimesSync(join(outDir, MANIFEST_PATH), now, now);
}

function newestMs(folder: string): number {
  if (lstatOf(folder) === undefined) return 0;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(0, ...names.map((name) => statSync(join(folder, name)).mtimeMs));
}
