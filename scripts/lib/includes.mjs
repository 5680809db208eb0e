// #include lines of the repository's C and C++ files.
import { readText, repositoryFiles } from "./repository.mjs";

const includePattern = /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm;

/** { path, includes: { isQuoted, target, line }[] } for every C and C++ file under the given folders. */
export function readIncludes(...folders) {
  const pathspecs = folders.flatMap((folder) => ["c", "h", "cc", "cpp", "hpp"].map((extension) => `${folder}/*.${extension}`));
  return repositoryFiles(...pathspecs).map((path) => ({ path, includes: includesOf(readText(path)) }));
}

function includesOf(text) {
  return Array.from(text.matchAll(includePattern), (match) => ({
    isQuoted: match[1] === '"',
    target: match[2],
    line: text.slice(0, match.index).split("\n").length,
  }));
}
