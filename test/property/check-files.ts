/** The files of a case: those of the first program against what was logged, through three readers; all others byte for byte against those. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlannedCase } from "./c-driver.js";
import { type Content, expectedColumn, fileRows, type RandomField } from "./case.js";
import { checkMetadata } from "./file-checks.js";
import type { Finding, Stage } from "./finding.js";
import { metadataOf, readWithArrowRs, readWithDuckdb, readWithHyparquet, type Table } from "./readers.js";
import { checkStatistics } from "./statistics-checks.js";
import type { Canonical } from "./types/model.js";

type Columns = readonly (readonly Canonical[])[];
type FileFinding = Omit<Finding, "index">;

function firstDifference(found: readonly Canonical[] | undefined, wanted: readonly Canonical[]): string | undefined {
  if (found === undefined) return "is missing";
  if (found.length !== wanted.length) return `has ${found.length} rows, not ${wanted.length}`;
  const row = wanted.findIndex((value, index) => value !== found[index]);
  return row < 0 ? undefined : `row ${row} is ${JSON.stringify(found[row])}, not ${JSON.stringify(wanted[row])}`;
}

function compareTables(reader: string, fields: readonly RandomField[], found: Table, wanted: Columns): readonly string[] {
  return fields.flatMap(({ name }, index) => {
    const difference = firstDifference(found.get(name), wanted[index] ?? []);
    return difference === undefined ? [] : [`${reader}: ${name}: ${difference}`];
  });
}

/** What a reader with a known loss gives. */
function seenBy(seen: ((value: string) => string) | undefined, values: readonly Canonical[]): readonly Canonical[] {
  return seen === undefined ? values : values.map((value) => (value === null ? null : seen(value)));
}

async function compareWithHyparquet(fields: readonly RandomField[], path: string, columns: Columns): Promise<readonly string[]> {
  const decodings = new Map(fields.map((field) => [field.name, field.facts.column.decoding]));
  return compareTables("hyparquet", fields, await readWithHyparquet(path, decodings), columns);
}

async function compareWithArrowRs(fields: readonly RandomField[], path: string, columns: Columns): Promise<readonly string[]> {
  const decodings = new Map(fields.map((field) => [field.name, field.facts.column.decoding]));
  const wanted = fields.map(({ facts }, index) => seenBy(facts.column.arrowSeen, columns[index] ?? []));
  return compareTables("parquet-wasm", fields, await readWithArrowRs(path, decodings), wanted);
}

function isReadableByDuckdb({ facts, isBeyondDuckdb }: RandomField, content: Content): boolean {
  const { duckdb, isCheckedByDuckdb } = facts.column;
  return duckdb !== undefined && !isBeyondDuckdb && (content === "clean" || isCheckedByDuckdb !== true);
}

/** Columns that DuckDB cannot hold stay out. */
async function compareWithDuckdb(
  duckdb: DuckDBConnection,
  all: readonly RandomField[],
  content: Content,
  path: string,
  columns: Columns,
): Promise<readonly string[]> {
  const kept = all.flatMap((field, index) => (isReadableByDuckdb(field, content) ? [{ field, values: columns[index] ?? [] }] : []));
  if (kept.length === 0) return [];
  const expressions = new Map(kept.map(({ field }) => [field.name, field.facts.column.duckdb?.(`"${field.name}"`) ?? ""]));
  const wanted = kept.map(({ field, values }) => seenBy(field.facts.column.duckdbSeen, values));
  const table = await readWithDuckdb(duckdb, path, expressions);
  return compareTables(
    "DuckDB",
    kept.map(({ field }) => field),
    table,
    wanted,
  );
}

interface CheckedFile {
  readonly planned: PlannedCase;
  readonly content: Content;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

async function checkFile({ planned, content, path, from, to }: CheckedFile, duckdb: DuckDBConnection): Promise<readonly FileFinding[]> {
  const { random, plan } = planned;
  const columns = random.fields.map((field) => expectedColumn(field, content, from, to));
  const of = (stage: Stage, texts: readonly string[]): readonly FileFinding[] => texts.map((text) => ({ stage, text }));
  try {
    return [
      ...of("metadata", checkMetadata(random, metadataOf(path), plan.schemaName, to - from)),
      ...of("statistics", checkStatistics(random, path, columns)),
      ...of("values", await compareWithHyparquet(random.fields, path, columns)),
      ...of("values", await compareWithArrowRs(random.fields, path, columns)),
      ...of("values", await compareWithDuckdb(duckdb, random.fields, content, path, columns)),
    ];
  } catch (error) {
    return [{ stage: "files", text: `cannot be read: ${String(error)}` }];
  }
}

const fileName = (index: number, content: Content, label: string, sequence: number): string =>
  `${index}-${content}-${label}-${String(sequence).padStart(6, "0")}.parquet`;

function isSameFile(left: string, right: string): boolean {
  return existsSync(left) && existsSync(right) && readFileSync(left).equals(readFileSync(right));
}

/** Nothing but the files that were asked for, none in progress. */
function checkFolder({ random, index }: PlannedCase, folder: string, programCount: number): readonly FileFinding[] {
  const found = readdirSync(folder).filter((name) => name.startsWith(`${index}-`) || name.startsWith(`.${index}-`));
  const wanted = fileRows(random).length * (2 * programCount + 1);
  return found.length === wanted ? [] : [{ stage: "files", text: `${found.length} files were left, not ${wanted}` }];
}

/** `labels`: of the C and C++ programs. TypeScript logs clean values alone. */
export async function checkFiles(
  planned: PlannedCase,
  folder: string,
  labels: readonly string[],
  duckdb: DuckDBConnection,
): Promise<readonly Finding[]> {
  const [first = "", ...others] = labels;
  const findings: FileFinding[] = [...checkFolder(planned, folder, labels.length)];
  for (const content of ["clean", "wild"] as const) {
    for (const [sequence, [from, to]] of fileRows(planned.random).entries()) {
      const pathOf = (label: string): string => join(folder, fileName(planned.index, content, label, sequence));
      const found = await checkFile({ planned, content, path: pathOf(first), from, to }, duckdb);
      const different = (content === "clean" ? [...others, "ts"] : others).filter((label) => !isSameFile(pathOf(label), pathOf(first)));
      findings.push(
        ...found.map(({ stage, text }) => ({ stage, text: `${content} file ${sequence}: ${text}` })),
        ...different.map((label) => ({ stage: "bytes" as const, text: `${content} file ${sequence} of ${label} is not that of ${first}` })),
      );
    }
  }
  return findings.map((finding) => ({ index: planned.index, ...finding }));
}
