// Every text file: UTF-8, LF, one final newline, no trailing blanks, no tabs in sources; templates included, whose blanks would end up in generated text.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { lineAt, report, repositoryFiles } from "../lib/repository.mjs";

const isText =
  /\.(ts|mjs|cjs|js|c|h|cpp|hpp|hbs|cmake|in|map|py|ya?ml|json|md|txt)$|(^|\/)(CMakeLists\.txt|LICENSE|run|\.clang-\w+|\.gitignore)$/;
/** Inputs whose faults are the point. */
const isExempt = (path) => path.startsWith("test/generator/cases/") || path.startsWith("test/fixtures/");

const rules = [
  { pattern: /\r/, what: "carriage return" },
  { pattern: /[ \t]+$/m, what: "trailing blank" },
  { pattern: /\t/, what: "tab" },
  { pattern: /\u0000/, what: "NUL" },
  { pattern: /\n\n$/, what: "more than one final newline" },
  { pattern: /[^\n]$/, what: "no final newline" },
];

function check(path) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(join(rootDir, path)));
  } catch {
    return [`${path}:1: not UTF-8`];
  }
  return rules.flatMap(({ pattern, what }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${path}:${lineAt(text, match.index)}: ${what}`];
  });
}

const paths = repositoryFiles().filter((path) => isText.test(path) && !isExempt(path));
report(paths.flatMap(check), `${paths.length} files`);
