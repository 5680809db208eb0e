/** --clean: files that an earlier run wrote and this one does not make. */
import { unlinkSync } from "node:fs";
import { OutputError, systemMessage } from "./errors.js";
import { type Manifest, sha256 } from "./manifest.js";
import { existingPath, openOutDir } from "./out-dir.js";
import { readOutput } from "./read-output.js";

export interface Leftovers {
  /** As they were written; to be deleted. */
  readonly unchanged: readonly string[];
  /** Changed since: they are somebody's now. */
  readonly changed: readonly string[];
}

/** Paths relative to the output folder. Throws OutputError when the manifest names a path that leads out of the folder or onto something that is not a regular file. */
export function findLeftovers(outDir: string, manifest: Manifest, promisedPaths: ReadonlySet<string>): Leftovers {
  const written = new Map([...manifest.values()].flatMap((targets) => [...targets.values()].flatMap(({ files }) => Object.entries(files))));
  const left = [...written].filter(([path]) => !promisedPaths.has(path)).toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (left.length === 0) return { unchanged: [], changed: [] };
  const root = openOutDir(outDir);
  const present = left.flatMap(([path, hash]) => {
    const target = existingPath(root, path);
    const text = target === undefined ? undefined : readOutput(target);
    return text === undefined ? [] : [{ path, isUnchanged: sha256(text) === hash }];
  });
  const pathsOf = (isUnchanged: boolean): readonly string[] =>
    present.filter((item) => item.isUnchanged === isUnchanged).map(({ path }) => path);
  return { unchanged: pathsOf(true), changed: pathsOf(false) };
}

/** Throws OutputError. */
export function deleteFiles(outDir: string, paths: readonly string[]): void {
  const root = openOutDir(outDir);
  for (const path of paths) {
    const target = existingPath(root, path);
    if (target !== undefined) deleteFile(target);
  }
}

function deleteFile(target: string): void {
  try {
    unlinkSync(target);
  } catch (error) {
    throw new OutputError(`cannot delete ${target}: ${systemMessage(error)}`);
  }
}
