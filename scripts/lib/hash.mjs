// Content hash over files and folders: decides whether a build step's inputs changed.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file under the given files and folders, sorted by path. Paths that do not exist are left out. */
export function listFiles(paths) {
  return paths.flatMap(filesUnder).sort();
}

function filesUnder(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

/** SHA-256 over names and contents. */
export function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of listFiles(paths)) {
    const content = readFileSync(path);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
