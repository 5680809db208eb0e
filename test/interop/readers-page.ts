/** docs/readers.md as it follows from the readers that the tests use, what the tests expect them to lose, and what the last `npm run test:interop` found. */
import { readFileSync } from "node:fs";
import { projectPath } from "../support/paths.js";
import { nestedFiles } from "./nested-files.js";
import { probeColumns } from "./probe-columns.js";
import { allProbeFiles, coveringProbeFiles, probeCodecs } from "./probe-files.js";
import { conversionLosses, filterLosses, nestedLosses, readerLosses, readerNames, type ReaderName } from "./reader-losses.js";

interface ReaderResult {
  readonly cells: number;
  readonly alike: number;
  readonly gaps: readonly { readonly loss: string; readonly cells: number; readonly where: string }[];
}
type Results = Readonly<Partial<Record<ReaderName, ReaderResult>>>;

const textOf = (path: string): string => readFileSync(projectPath(path), "utf8");

const packageVersion = (name: string): string =>
  (JSON.parse(textOf(`node_modules/${name}/package.json`)) as { readonly version: string }).version;
const versionIn = (path: string, pattern: RegExp): string => pattern.exec(textOf(path))?.[1] ?? "";
const pythonVersion = (name: string): string => versionIn("scripts/setup/python.mjs", new RegExp(`${name}: "([\\d.]+)"`));

const versionOf: Readonly<Record<ReaderName, () => string>> = {
  DuckDB: () => packageVersion("@duckdb/node-api"),
  hyparquet: () => packageVersion("hyparquet"),
  "parquet-wasm": () => packageVersion("parquet-wasm"),
  pyarrow: () => pythonVersion("pyarrow"),
  Polars: () => pythonVersion("polars"),
  "parquet-java": () => versionIn("test/interop/parquet-java/pom.xml", /<parquet\.version>([\d.]+)</),
  "arrow-rs": () => versionIn("test/interop/arrow-rs/Cargo.toml", /^parquet = \{ version = "=([\d.]+)"/m),
};

const nameOf = (reader: ReaderName): string => `${reader} ${versionOf[reader]()}`;

function lossRow(reader: ReaderName): string {
  const all = [...readerLosses, ...nestedLosses, ...filterLosses, ...conversionLosses].filter((candidate) => candidate.reader === reader);
  const losses = [...new Set(all.map(({ loss }) => loss))];
  return `| ${nameOf(reader)} | ${losses.length === 0 ? "nothing" : losses.join("; ")} |`;
}

function resultRow(reader: ReaderName, result: ReaderResult | undefined): string {
  if (result === undefined) return `| ${reader} | not run | |`;
  const { cells, alike, gaps } = result;
  const places = gaps.map(({ loss, cells: count, where }) => `${count} (${(loss.split(/[:;,(]/)[0] ?? "").trim()}): ${where}`);
  return `| ${reader} | ${alike === cells ? `all ${cells}` : `${alike} of ${cells}`} | ${places.join("<br>")} |`;
}

export function readersPage(): string {
  const results = JSON.parse(textOf("test/interop/matrix-results.json")) as Results;
  return `# Readers

Files are plain Parquet. The tests write files of ${probeColumns.length} columns, every storage, physical and logical type with every way to be null, in each of the codecs
${probeCodecs.map((codec) => `\`${codec}\``).join(", ")}, in every encoding that exists for a column and in those the writer chooses, with nulls here and there, in runs, everywhere
and nowhere, in data pages of both versions, and compare every value with what was logged, bounds with the smallest and largest value, and the rows that filters at the bounds of every chunk and every page find
with those that the same filter finds in the logged values. Files of structs, lists, maps and columns of nulls inside each other, required and optional at every level, are read back the same way. \`npm test\` takes
${coveringProbeFiles.length} and ${nestedFiles.length} files that cover all of these, \`npm run test:interop\` all ${allProbeFiles.length} combinations and those of nested columns, and prints a table of readers and features. DuckDB, hyparquet and parquet-wasm (arrow-rs)
always run; pyarrow, with the checksum of every page verified, and Polars run where the set-up could install them (\`build/python\`); \`npm run test:interop\` adds parquet-java and arrow-rs's own crate, page checksums
verified, where Maven and cargo can build the programs in \`test/interop\`.

What a reader gives is what was logged, with these exceptions. The file holds the exact value in each case; another reader shows it.

| reader | what it loses |
| --- | --- |
${readerNames.map(lossRow).join("\n")}

Filters at NaNs are beside the table, since what is lost depends on the order of bounds (\`float_order\`): DuckDB loses NaNs beside numbers under \`>\`, \`>=\` and \`= 'NaN'\` in either order, pyarrow under \`is_nan\` and \`!=\` in TYPE_ORDER
alone, and skips no row group by a float in IEEE_754_TOTAL_ORDER; Polars loses none, but its versions before that order refuse the file ([ADR 0015](adr/0015-floats-keep-type-order.md)).

The tests fail when a reader loses something else, and when it loses nothing any more.

The last whole run counted cells of type × presence × encoding × codec × data page × pattern of nulls:

| reader | cells read as logged | the others |
| --- | --- | --- |
${readerNames.map((reader) => resultRow(reader, results[reader])).join("\n")}

This page is made by \`UPDATE_GOLDEN=1 npm run test:interop\`, which writes what it found to \`test/interop/matrix-results.json\`, and \`UPDATE_GOLDEN=1 npx vitest run test/interop/readers-page.test.ts\`.
`;
}
