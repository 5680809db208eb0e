/** Paths of schemas as they are written on a command line or in a configuration: `*`, `?`, `[…]` in a name, `**` for any folders. */
import { type Dirent, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { OutputError, systemMessage } from "./errors.js";

/** Never looked into by `**`. */
const skippedFolder = "node_modules";

/**
 * Files in the order of the patterns, those of one pattern sorted, each once. `-` and paths without a pattern pass unchanged, and so does a path that exists as it is written. Patterns are relative to `folder`.
 * Throws OutputError for a pattern that matches nothing.
 */
export function expandPaths(patterns: readonly string[], folder = ""): readonly string[] {
  const paths = patterns.flatMap((pattern) => (pattern === "-" ? [pattern] : expandPath(pattern, folder)));
  const seen = new Set<string>();
  return paths.filter((path) => !seen.has(normalize(path)) && seen.add(normalize(path)));
}

function expandPath(pattern: string, folder: string): readonly string[] {
  const path = folder === "" || isAbsolute(pattern) ? pattern : join(folder, pattern);
  if (!/[*?[]/.test(pattern) || isPresent(path)) return [path];
  const start = isAbsolute(pattern) ? "/" : folder;
  const matches = matchSegments(
    start,
    pattern.split("/").filter((segment) => segment !== "" && segment !== "."),
  );
  if (matches.length === 0) throw new OutputError(`no file matches ${path}`);
  return [...new Set(matches)].toSorted();
}

function isPresent(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function matchSegments(folder: string, segments: readonly string[]): readonly string[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [];
  if (segment === "**") return matchFolders(folder, rest);
  if (segment === "..") return matchSegments(join(folder, ".."), rest);
  const pattern = segmentPattern(segment);
  const entries = entriesOf(folder).filter(({ name }) => pattern.test(name) && isVisible(name, segment));
  if (rest.length === 0) return entries.map(({ name }) => join(folder, name)).filter(isFile);
  return entries.filter((entry) => isFolder(folder, entry)).flatMap(({ name }) => matchSegments(join(folder, name), rest));
}

/** `**`: this folder and every one below; links are not followed, so there is an end. */
function matchFolders(folder: string, rest: readonly string[]): readonly string[] {
  const below = entriesOf(folder).filter((entry) => entry.isDirectory() && isVisible(entry.name, "") && entry.name !== skippedFolder);
  const segments = rest.length === 0 ? ["*"] : rest;
  return [...matchSegments(folder, segments), ...below.flatMap(({ name }) => matchFolders(join(folder, name), rest))];
}

function isVisible(name: string, segment: string): boolean {
  return !name.startsWith(".") || segment.startsWith(".");
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(folder: string, entry: Dirent): boolean {
  return (
    entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() === true)
  );
}

function entriesOf(folder: string): readonly Dirent[] {
  const path = folder === "" ? "." : folder;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new OutputError(`cannot look into ${path}: ${systemMessage(error)}`);
  }
}

function segmentPattern(segment: string): RegExp {
  const parts = segment.match(/\*+|\?|\[!?[^\]]+\]|[\s\S]/gu) ?? [];
  try {
    return new RegExp(`^${parts.map(partPattern).join("")}$`, "su");
  } catch {
    throw new OutputError(`\`${segment}\` is not a pattern: a range in [ ] goes from the lower to the higher character`);
  }
}

function partPattern(part: string): string {
  if (part.startsWith("*")) return ".*";
  if (part === "?") return ".";
  if (part.length > 1 && part.startsWith("[")) return characterClass(part.slice(1, -1));
  return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function characterClass(text: string): string {
  const [negation, characters] = text.startsWith("!") ? ["^", text.slice(1)] : ["", text];
  return `[${negation}${characters.replace(/[\\^[\]]/g, "\\$&")}]`;
}
