/** docs/readers.md as it follows from the readers that the tests use and what the tests expect them to lose. */
import { readFileSync } from "node:fs";
import { projectPath } from "../support/paths.js";
import { probeColumns } from "./probe-columns.js";
import { allProbeFiles, coveringProbeFiles, probeCodecs } from "./probe-files.js";
import { conversionLosses, readerLosses, type ReaderName } from "./reader-losses.js";

const packageOf = { DuckDB: "@duckdb/node-api", hyparquet: "hyparquet", "parquet-wasm": "parquet-wasm" } as const;

function versionOf(reader: ReaderName): string {
  if (reader === "pyarrow" || reader === "Polars") {
    const setUp = readFileSync(projectPath("scripts/setup/python.mjs"), "utf8");
    return new RegExp(`${reader.toLowerCase()}: "([\\d.]+)"`).exec(setUp)?.[1] ?? "";
  }
  const manifest = readFileSync(projectPath(`node_modules/${packageOf[reader]}/package.json`), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

function row(reader: ReaderName): string {
  const losses = [...readerLosses, ...conversionLosses].filter((candidate) => candidate.reader === reader).map(({ loss }) => loss);
  return `| ${reader} ${versionOf(reader)} | ${losses.length === 0 ? "nothing" : losses.join("; ")} |`;
}

export function readersPage(): string {
  const readers: readonly ReaderName[] = ["DuckDB", "hyparquet", "parquet-wasm", "pyarrow", "Polars"];
  return `# Readers

Files are plain Parquet. The tests write files of ${probeColumns.length} columns, every storage, physical and logical type with every way to be null, in each of the codecs
${probeCodecs.map((codec) => `\`${codec}\``).join(", ")}, in every encoding that exists for a column and in those the writer chooses, with nulls here and there, in runs, everywhere
and nowhere, and compare every value with what was logged, bounds with the smallest and largest value, and the rows that a filter at a bound finds. \`npm test\` takes ${coveringProbeFiles.length} files that cover all of these,
\`npm run test:interop\` all ${allProbeFiles.length} combinations, and prints a table of readers and features. DuckDB, hyparquet and parquet-wasm (arrow-rs) always run; pyarrow, with the checksum of every page
verified, and Polars run where the set-up could install them (\`build/python\`). Files of structs, lists, maps and columns of nulls inside each other, required and optional at every level, are read back the same way.

What a reader gives is what was logged, with these exceptions. The file holds the exact value in each case; another reader shows it.

| reader | what it loses |
| --- | --- |
${readers.map(row).join("\n")}

The tests fail when a reader loses something else, and when it loses nothing any more. This page is made by \`UPDATE_GOLDEN=1 npx vitest run test/interop/readers-page.test.ts\`.
`;
}
