/**
 * Filters of readers that skip chunks and pages by bounds, page index, dictionaries and bloom filters lose no row: every comparison with the smallest and largest value of every
 * page, of every column that a reader can compare. `npm test` asks some bounds of some columns, `npm run test:interop` all.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findingsOf } from "../support/verify.js";
import { filterReaders, type FilterReader } from "./filter-readers.js";
import { isWholeRun, partOf } from "./part.js";
import { expectedCounts, predicatesOf, type FloatRules, type Predicate } from "./predicates.js";
import { probeColumns, type Canonical, type ProbeColumn } from "./probe-columns.js";
import { storedColumns, writeProbeFile, type ProbeFile } from "./probe-files.js";
import { filterLosses, filterLossOf, lossOf } from "./reader-losses.js";
import { closeReaderPrograms } from "./reader-programs.js";

const SHAPE = { rows: 900, pageRows: 70, rowGroupRows: 400 };
/** Rows of one value: a page has two or three values, which a filter at a bound of another finds by going past it. */
const REPEATS = 40;
/** A file of few columns is opened fast. */
const COLUMNS_OF_A_FILE = 6;
const STEP = isWholeRun ? 1 : 5;

const valuesOf = (column: ProbeColumn, { nulls }: ProbeFile): readonly Canonical[] =>
  Array.from({ length: SHAPE.rows }, (_, row) => column.value(BigInt(Math.floor(row / REPEATS)), nulls));

/** Of each type, physical and logical, that is compared in a way of its own; those with nulls. */
const THIN = [
  ...["bool_bit", "int32_bit", "uint32_required", "int64_sentinel", "uint64_bit", "float_bit", "double_required", "double_nan"],
  ...[
    "float16_bit",
    "text8_bit",
    "counted16_required",
    "fixed5_bit",
    "uuid_required",
    "decimal9_bit",
    "decimal20_bit",
    "byte_decimal38_required",
  ],
  ...[
    "date_bit",
    "timestamp_ns_local",
    "time_us_utc",
    "enum_uint8_bit",
    "constant_text",
    "nan_only_required",
    "absent_bit",
    "int96_required",
  ],
];

const compared = probeColumns.filter(({ kind }) => kind !== "interval");
const chosen = isWholeRun ? compared : compared.filter(({ name }) => THIN.includes(name));

interface FilterCase {
  readonly file: ProbeFile;
  readonly columns: readonly ProbeColumn[];
}

function casesOf(files: readonly ProbeFile[]): readonly FilterCase[] {
  const groups = Array.from({ length: Math.ceil(chosen.length / COLUMNS_OF_A_FILE) }, (_, group) =>
    chosen.slice(group * COLUMNS_OF_A_FILE, (group + 1) * COLUMNS_OF_A_FILE),
  );
  return files.flatMap((file) => groups.map((columns) => ({ file, columns })));
}

const thinFile: ProbeFile = { codec: "ZSTD", encoding: "AUTO", nulls: "some", pageVersion: 1 };
const wholeFiles: readonly ProbeFile[] = [
  thinFile,
  { codec: "UNCOMPRESSED", encoding: "PLAIN", nulls: "some", pageVersion: 2 },
  { codec: "SNAPPY", encoding: "1", nulls: "none", pageVersion: 1 },
];
const cases = isWholeRun ? partOf(casesOf(wholeFiles)) : casesOf([thinFile]);

const folder = mkdtempSync(join(tmpdir(), "pqflow-filters-"));
afterAll(() => {
  closeReaderPrograms();
  rmSync(folder, { recursive: true });
});

const isEquality = ({ operator }: Predicate): boolean => operator === "=" || operator === "in";

/** What a reader must find at least, whatever it is known to lose. */
function leastCounts(
  column: ProbeColumn,
  values: readonly Canonical[],
  predicates: readonly Predicate[],
  { name, rules }: FilterReader,
): readonly number[] {
  const what = filterLossOf(name, column)?.what;
  const counts = (wanted: FloatRules): readonly number[] => expectedCounts(column, values, predicates, wanted).map(([least]) => least);
  if (what === undefined) return counts(rules);
  const [equal, ordered] = [counts({ nan: "either", zeros: "equal" }), counts({ nan: "either", zeros: "ordered" })];
  const ofEquality = what === "equality" ? [] : ordered;
  return predicates.map((predicate, index) => (isEquality(predicate) ? ofEquality[index] : equal[index]) ?? 0);
}

const shown = ({ operator, rows }: Predicate, values: readonly Canonical[]): string =>
  `${operator} ${rows.map((row) => String(values[row])).join(", ")}`;

describe.each(cases)(
  "filters of $columns.0.name and others, $file.encoding, nulls $file.nulls, data pages V$file.pageVersion",
  ({ file, columns }) => {
    const written = writeProbeFile(file, SHAPE, folder, { columns: columns.map(({ name }) => name), repeats: REPEATS });
    afterAll(() => {
      rmSync(written.path);
    });

    it("has no finding of the verifier", () => {
      expect(findingsOf(written.path)).toBe("");
    });

    const stored = storedColumns(written);
    /** Not by a reader that refuses the column, or filters on it. */
    const isFiltered = ({ name }: FilterReader, column: ProbeColumn): boolean => {
      const storage = stored.get(column.name);
      const loss = storage && lossOf(name, column, storage);
      return (loss === undefined || loss.seen !== undefined) && filterLossOf(name, column)?.what !== "not compared";
    };
    const questionsOf = (asked: readonly ProbeColumn[]): ReadonlyMap<string, readonly Predicate[]> =>
      new Map(asked.map((column) => [column.name, predicatesOf(column, valuesOf(column, file), SHAPE, STEP)]));

    for (const reader of filterReaders) {
      it(`${reader.name} finds the rows that the same filter finds in what was logged`, async (context) => {
        if (!reader.isThere) context.skip(reader.advice);
        const asked = columns.filter((column) => isFiltered(reader, column));
        const questions = questionsOf(asked);
        const found = await reader.count(written.path, questions);
        const wrong = asked.flatMap((column) => {
          const values = valuesOf(column, file);
          const predicates = questions.get(column.name) ?? [];
          const most = expectedCounts(column, values, predicates, reader.rules).map(([, count]) => count);
          const least = leastCounts(column, values, predicates, reader);
          return predicates.flatMap((predicate, index) => {
            const count = found.get(column.name)?.[index] ?? -1;
            const isRight = count >= (least[index] ?? 0) && count <= (most[index] ?? 0);
            return isRight ? [] : [`${column.name} ${shown(predicate, values)}: ${count} rows instead of ${least[index]}`];
          });
        });
        expect(wrong).toEqual([]);
      });
    }
  },
);

describe("what docs/readers.md says of filters", () => {
  const readerOf = (name: string): FilterReader | undefined => filterReaders.find((reader) => reader.name === name);

  /** Whether a filter of the column finds fewer rows than there are, or none is to be had. */
  async function isLost(column: ProbeColumn, reader: FilterReader, path: string): Promise<boolean> {
    const values = valuesOf(column, thinFile);
    const predicates = predicatesOf(column, values, SHAPE);
    const wanted = expectedCounts(column, values, predicates, reader.rules);
    try {
      const counts = (await reader.count(path, new Map([[column.name, predicates]]))).get(column.name) ?? [];
      return counts.some((count, index) => count < (wanted[index]?.[0] ?? 0));
    } catch {
      return true;
    }
  }

  it.each(filterLosses.filter(({ reader }) => readerOf(reader)?.isThere === true))("$reader: $loss", async (loss) => {
    const reader = readerOf(loss.reader);
    if (reader === undefined) throw new Error(`${loss.reader} filters nothing`);
    const columns = probeColumns.filter((column) => filterLossOf(loss.reader, column) === loss && /_(bit|sentinel)$/.test(column.name));
    const { path } = writeProbeFile(thinFile, SHAPE, folder, { columns: columns.map(({ name }) => name), repeats: REPEATS });
    const lost = await Promise.all(columns.map((column) => isLost(column, reader, path)));
    expect(lost).toContain(true);
  });
});
