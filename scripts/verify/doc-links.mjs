// Relative links in the documentation lead to files and headings that exist.
import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { lineAt, readText, report, repositoryFiles } from "../lib/repository.mjs";

const linkPattern = /!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const withoutCode = (text) => text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, (code) => code.replaceAll(/[^\n]/g, " "));

/** A heading's anchor as GitHub makes it. */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
const anchorsOf = (path) => new Set(Array.from(readText(path).matchAll(/^#{1,6} +(.+?)\s*#*$/gm), (match) => slug(match[1])));

function checkLink(path, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [file, anchor] = target.split("#");
  const resolved = file === "" ? path : posix.join(dirname(path), decodeURIComponent(file));
  if (resolved.startsWith("../")) return "leads out of the repository";
  if (!existsSync(join(rootDir, resolved))) return `there is no ${resolved}`;
  if (anchor !== undefined && resolved.endsWith(".md") && !anchorsOf(resolved).has(anchor)) return `${resolved} has no heading #${anchor}`;
  return undefined;
}

const paths = repositoryFiles("*.md");
let linkCount = 0;
const findings = paths.flatMap((path) => {
  const text = withoutCode(readText(path));
  return Array.from(text.matchAll(linkPattern)).flatMap((match) => {
    linkCount += 1;
    const problem = checkLink(path, match[1]);
    return problem === undefined ? [] : [`${path}:${lineAt(text, match.index)}: ${match[1]}: ${problem}`];
  });
});
report(findings, `${linkCount} links in ${paths.length} documents`);
