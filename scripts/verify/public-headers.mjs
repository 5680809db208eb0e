// The addon, generated code, demo, examples, documentation and the public headers themselves see only the public headers: never runtime/src, never the tests.
import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { readIncludes } from "../lib/includes.mjs";
import { rootDir } from "../lib/paths.mjs";
import { report } from "../lib/repository.mjs";

const publicDir = "runtime/include";
/** Quoted includes are found beside the including file, in its own folder's root, or in generated/. */
const ownRoots = ["native/src", "generated", "demo", "docs/snippets"];

const isFile = (path) => existsSync(join(rootDir, path));

function check({ path, includes }) {
  return includes.flatMap(({ isQuoted, target, line }) => {
    if (target.startsWith("pqflow/"))
      return isFile(posix.join(publicDir, target)) ? [] : [`${path}:${line}: there is no public header ${target}`];
    if (!isQuoted) return [];
    const beside = posix.join(dirname(path), target);
    const candidates = [beside, ...ownRoots.map((root) => posix.join(root, target))];
    const found = candidates.find(isFile);
    if (found === undefined)
      return [`${path}:${line}: "${target}" is not a file of its own folder; public headers are included as <pqflow/…>`];
    return found.startsWith("runtime/src/") || found.startsWith("test/") ? [`${path}:${line}: includes ${found}`] : [];
  });
}

const files = readIncludes(publicDir, "native", "generated", "demo", "examples", "docs");
report(files.flatMap(check), `${files.length} files`);
