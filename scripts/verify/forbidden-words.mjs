// Nothing unfinished and nothing of one person's machine in the repository.
import { lineAt, readText, report, repositoryFiles } from "../lib/repository.mjs";

/** Written so that this file does not find itself. */
const words = [
  { pattern: /(?<![\w./}])\/(?:work|root|home\/\w+|Users\/\w+)\//g, what: "path of a machine" },
  { pattern: /\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/g, what: "unfinished work" },
  { pattern: /\b(?:it|test|describe)\.on[l]y\b/g, what: "test that silences the others" },
  { pattern: /^(?:<{7}|={7}|>{7})(?: |$)/gm, what: "conflict marker" },
  { pattern: /\bde[b]ugger;/g, what: "debugger statement" },
];
const isBinary = /\.(png|parquet|gz|ico|woff2?|bin)$/;

function check(path) {
  const text = readText(path);
  return words.flatMap(({ pattern, what }) =>
    Array.from(text.matchAll(pattern), (match) => `${path}:${lineAt(text, match.index)}: ${what}: ${match[0]}`),
  );
}

const paths = repositoryFiles().filter((path) => !isBinary.test(path) && path !== "package-lock.json");
report(paths.flatMap(check), `${paths.length} files`);
