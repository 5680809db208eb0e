/** docs/diagnostics.md as it follows from the registry of codes and the golden cases. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnosticCodes } from "../../generator/src/diagnostics/codes.js";
import { caseNames, casesDir } from "./golden.js";

const groups: readonly (readonly [prefix: RegExp, title: string])[] = [
  [/^PQ10/, "YAML"],
  [/^PQ12/, "Values"],
  [/^PQ20/, "Structure and names"],
  [/^PQ21/, "Types"],
  [/^PQ22/, "Presence, null and constants"],
  [/^PQ23/, "Enums and sets"],
  [/^PQ24/, "Times"],
  [/^PQ25/, "Nested types"],
  [/^PQ3/, "Record and ring"],
  [/^PQ4/, "Decimals and Parquet options"],
  [/^PQ5/, "Versions"],
  [/^PQ6/, "Files"],
];

const introduction = `# Diagnostics

\`pqflow-gen\` reports every fault of a run, each with a code, the place, an excerpt and, where it knows one, what to write instead. Errors mean that nothing is written; warnings are printed and the files are
written. A file with more than a thousand faults shows the first thousand.

\`\`\`
${exampleOf("PQ2101-unknown-type")}
\`\`\`

The line under the excerpt marks the place with \`^\`; \`-\` marks a second place that matters. \`note\` explains, \`help\` says what to do. Exit codes: 0 no errors, 1 errors in a schema or stale output with \`--check\`,
2 wrong usage or a file that cannot be read or written, 70 a fault of the generator itself.

Characters that could move the cursor or reorder the line (controls, bidirectional marks) are shown as \`\\u{…}\`. Colour appears on terminals, with \`--color always\` anywhere, and never with \`NO_COLOR\`.

This page is generated from the registry in \`generator/src/diagnostics/codes.ts\` by \`UPDATE_GOLDEN=1 npx vitest run test/generator\`; each code has an example in \`test/generator/cases/invalid\`.
`;

function exampleOf(name: string): string {
  return readFileSync(join(casesDir, "invalid", name, "expected.txt"), "utf8").trimEnd();
}

function row(code: string, { severity, title, advice }: (typeof diagnosticCodes)[keyof typeof diagnosticCodes]): string {
  const cases = caseNames("invalid").filter((name) => name.startsWith(code));
  const links = cases.map((name) => `[${name.slice(7)}](../test/generator/cases/invalid/${name}/expected.txt)`);
  return `| ${code} | ${severity} | ${title} | ${advice.replaceAll("|", "\\|")} | ${links.join(", ")} |`;
}

export function diagnosticsPage(): string {
  const sections = groups.map(([prefix, title]) => {
    const rows = Object.entries(diagnosticCodes)
      .filter(([code]) => prefix.test(code))
      .map(([code, info]) => row(code, info));
    return `\n## ${title}\n\n| code | severity | what | what to do | examples |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return introduction + sections.join("");
}
