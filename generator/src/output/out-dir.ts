/** The output folder: paths inside it, and nothing outside of it, symbolic links included. */
import { lstatSync, mkdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { OutputError, systemCode, systemMessage } from "./errors.js";

/** Creates the folder when it does not exist. The folder itself may be a link: its user chose it. Throws OutputError. */
export function openOutDir(outDir: string): string {
  try {
    makeFolders(outDir);
    const root = realpathSync(outDir);
    if (!statSync(root).isDirectory()) throw new OutputError(`cannot create ${outDir}: it is not a folder`);
    return root;
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw new OutputError(`cannot create ${outDir}: ${systemMessage(error)}`);
  }
}

/** One attempt for each parent: mkdirSync's own recursion never ends where the system answers ENOENT below a folder that exists, as under /proc. */
function makeFolders(folder: string): void {
  if (lstatOf(folder) !== undefined) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolders(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

/** The place of a generated file; folders on the way are made. Throws OutputError when the path leads out of the folder or onto something that is not a regular file. */
export function targetPath(root: string, path: string): string {
  checkInside(path, "write");
  foldersOf(root, path).forEach(enterFolder);
  const target = join(root, ...path.split("/"));
  checkRegular(target, "write");
  return target;
}

/** The place of a file written before; undefined when it is gone. Throws OutputError like targetPath. */
export function existingPath(root: string, path: string): string | undefined {
  checkInside(path, "delete");
  for (const folder of foldersOf(root, path)) {
    const stats = lstatOf(folder);
    if (stats === undefined) return undefined;
    if (!stats.isDirectory()) throw new OutputError(`refused to delete a file in ${folder}: it is not a folder`);
  }
  const target = join(root, ...path.split("/"));
  return checkRegular(target, "delete") ? target : undefined;
}

type Intent = "write" | "delete";

function checkInside(path: string, intent: Intent): void {
  if (path === "" || posix.isAbsolute(path) || posix.normalize(path) !== path || path.split("/").includes("..") || path.includes("\\")) {
    throw new OutputError(`refused to ${intent} \`${path}\`: not a path inside the output folder`);
  }
}

/** Whether something is there. */
function checkRegular(target: string, intent: Intent): boolean {
  const stats = lstatOf(target);
  if (stats?.isSymbolicLink() === true) throw new OutputError(`refused to ${intent} ${target}: it is a symbolic link`);
  if (stats !== undefined && !stats.isFile()) throw new OutputError(`refused to ${intent} ${target}: it is not a regular file`);
  return stats !== undefined;
}

/** Between the root and the file, outermost first. */
function foldersOf(root: string, path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => join(root, ...parts.slice(0, index + 1)));
}

function enterFolder(folder: string): void {
  const stats = lstatOf(folder);
  if (stats === undefined) makeFolder(folder);
  else if (!stats.isDirectory()) throw new OutputError(`refused to write into ${folder}: it is not a folder`);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new OutputError(`cannot create ${folder}: ${systemMessage(error)}`);
  }
}

/** Undefined when nothing is there. */
export function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw new OutputError(`cannot look at ${path}: ${systemMessage(error)}`);
  }
}
