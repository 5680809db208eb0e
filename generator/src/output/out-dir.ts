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

/** The place of a generated file. Throws OutputError when the path leads out of the folder or onto something that is not a regular file. */
export function targetPath(root: string, path: string): string {
  if (path === "" || posix.isAbsolute(path) || posix.normalize(path) !== path || path.split("/").includes("..") || path.includes("\\")) {
    throw new OutputError(`refused to write \`${path}\`: not a path inside the output folder`);
  }
  const target = join(root, ...path.split("/"));
  checkFolders(root, path);
  const stats = lstatOf(target);
  if (stats?.isSymbolicLink() === true) throw new OutputError(`refused to write ${target}: it is a symbolic link`);
  if (stats !== undefined && !stats.isFile()) throw new OutputError(`refused to write ${target}: it is not a regular file`);
  return target;
}

function checkFolders(root: string, path: string): void {
  const folders = dirname(path)
    .split("/")
    .filter((part) => part !== ".");
  folders.reduce((parent, part) => {
    const folder = join(parent, part);
    const stats = lstatOf(folder);
    if (stats === undefined) makeFolder(folder);
    else if (!stats.isDirectory()) throw new OutputError(`refused to write into ${folder}: it is not a folder`);
    return folder;
  }, root);
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
