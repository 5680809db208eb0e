/** Recovery of what killed captures left, as `pqflow recover` does it. */
import { binding } from "./binding.js";
import { PqflowError, toPqflowError } from "./error.js";
import { type Orphan, toOrphan } from "./orphan.js";
import { nearestName } from "./suggest.js";

export interface RecoverOptions {
  /** Orphans are finished, named and removed; else (default) nothing is changed. */
  readonly write?: boolean;
  /** Where the rings of killed processes are: `ringDir` of the captures. Default `/dev/shm`. */
  readonly ringDir?: string;
  /** With `write`: gets a line of JSON for each file that gets its final name, as a capture's `manifest` does. Made where it is missing. */
  readonly manifest?: string;
}

export interface RecoveryReport {
  readonly folder: string;
  readonly write: boolean;
  /** Files that are written now are among them, as `live`. */
  readonly orphans: readonly Orphan[];
}

function refuse(problem: string): never {
  throw new PqflowError("INVALID_ARGUMENT", problem);
}

function checkFolder(name: string, value: unknown): void {
  if (typeof value !== "string" || value === "" || value.includes("\0"))
    refuse(`${name}: expected the path of a folder, not empty and without a NUL`);
}

function checkManifest(path: unknown, write: boolean): void {
  if (typeof path !== "string" || path === "" || path.includes("\0"))
    refuse("option manifest: expected the path of a file, not empty and without a NUL");
  if (!write) refuse("option manifest: needs write: true; it lists what was finished");
}

function checkOptions(options: RecoverOptions): void {
  if (typeof options !== "object" || (options as unknown) === null) refuse("options: expected an object such as { write: true }");
  const known = ["write", "ringDir", "manifest"];
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    refuse(`option ${name}: unknown${nearest === undefined ? "" : `; did you mean \`${nearest}\`?`}`);
  }
  if (options.write !== undefined && typeof options.write !== "boolean") refuse("option write: expected true or false");
  if (options.ringDir !== undefined) checkFolder("option ringDir", options.ringDir);
  if (options.manifest !== undefined) checkManifest(options.manifest, options.write === true);
}

/**
 * Looks in a folder, and those below it, for what killed captures left, and with `write` finishes it. Does not hold up the thread. Resolves
 * when the folder was looked through: what went wrong with one file is its `problem`. Rejects with PqflowError for a folder that cannot be
 * listed and a manifest that cannot be written.
 */
export async function recover(folder: string, options: RecoverOptions = {}): Promise<RecoveryReport> {
  checkFolder("folder", folder);
  checkOptions(options);
  const write = options.write ?? false;
  try {
    const found = await binding().recover(folder, write, options.ringDir ?? null, options.manifest ?? null);
    return { folder, write, orphans: found.map(toOrphan) };
  } catch (error) {
    throw toPqflowError(error);
  }
}
