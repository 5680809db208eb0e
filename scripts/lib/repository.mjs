// The repository's files and the frame of a rule: a program that prints its findings and exits 1 when there are any.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "./paths.mjs";

/** Files of the working tree that git does not ignore, committed or not; paths relative to the root. `pathspecs` as git takes them. */
export function repositoryFiles(...pathspecs) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ...pathspecs];
  const listing = execFileSync("git", args, { cwd: rootDir, encoding: "utf8", maxBuffer: 1 << 26 });
  return listing.split("\0").filter((path) => path !== "" && existsSync(join(rootDir, path)));
}

export const readText = (path) => readFileSync(join(rootDir, path), "utf8");

/** Line (from 1) of an offset in a text. */
export const lineAt = (text, offset) => text.slice(0, offset).split("\n").length;

/** Ends a rule: findings as `path:line: what`, or one line that says what was looked at. */
export function report(findings, summary) {
  console.log(findings.length > 0 ? findings.join("\n") : summary);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
