/** --check: what would change. */
import { join } from "node:path";
import { unifiedDiff } from "./diff.js";
import type { GeneratedFile } from "./model.js";
import { readOutput } from "./read-output.js";

export interface StaleFile {
  /** As printed: output folder and path. */
  readonly path: string;
  readonly isMissing: boolean;
  readonly diff: string;
}

/** Writes nothing. Throws OutputError. */
export function findStale(outDir: string, files: readonly GeneratedFile[]): readonly StaleFile[] {
  return files.flatMap(({ path, text }): readonly StaleFile[] => {
    const shown = join(outDir, path);
    const present = readOutput(shown);
    if (present === text) return [];
    return [{ path: shown, isMissing: present === undefined, diff: present === undefined ? "" : unifiedDiff(present, text) }];
  });
}
