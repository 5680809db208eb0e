/** Writes what changed, each file atomically, all files or none. */
import { randomBytes } from "node:crypto";
import { closeSync, constants, openSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { OutputError, systemMessage } from "./errors.js";
import type { GeneratedFile } from "./model.js";
import { openOutDir, targetPath } from "./out-dir.js";
import { readOutput } from "./read-output.js";

interface PreparedFile {
  readonly target: string;
  readonly temporary: string;
}

/** Paths written, in the order given. Files that hold the same text already are not touched. Throws OutputError; then no target was changed, unless a rename itself failed. */
export function writeFiles(outDir: string, files: readonly GeneratedFile[]): readonly string[] {
  const root = openOutDir(outDir);
  const changed = files
    .map((file) => ({ ...file, target: targetPath(root, file.path) }))
    .filter(({ target, text }) => readOutput(target) !== text);
  const prepared: PreparedFile[] = [];
  try {
    for (const { target, text } of changed) prepared.push(writeTemporary(target, text));
    for (const { target, temporary } of prepared) renameFile(temporary, target);
  } finally {
    for (const { temporary } of prepared) removeTemporary(temporary);
  }
  return changed.map(({ path }) => path);
}

/** A file of the caller's own choice (a depfile): anywhere, otherwise like an output. */
export function writeFile(path: string, text: string): void {
  writeFiles(dirname(path), [{ path: basename(path), text }]);
}

/** O_EXCL and O_NOFOLLOW: nobody can lay a link in the way. */
function writeTemporary(target: string, text: string): PreparedFile {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o666);
    try {
      writeFileSync(file, text, "utf8");
    } finally {
      closeSync(file);
    }
    return { target, temporary };
  } catch (error) {
    removeTemporary(temporary);
    throw new OutputError(`cannot write ${target}: ${systemMessage(error)}`);
  }
}

/** What went wrong before matters more than a temporary file that cannot be removed. */
function removeTemporary(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // Renamed, or never made.
  }
}

function renameFile(temporary: string, target: string): void {
  try {
    renameSync(temporary, target);
  } catch (error) {
    throw new OutputError(`cannot replace ${target}: ${systemMessage(error)}`);
  }
}
