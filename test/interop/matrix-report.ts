/** Which reader read what: for each feature of a file, the columns that came as logged, those that came as docs/readers.md says, and those that did neither. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Outcome } from "./compare-values.js";
import type { ProbeFile } from "./probe-files.js";
import type { ReaderName } from "./reader-losses.js";

interface Cell {
  exact: number;
  lost: number;
  wrong: number;
}

/** `int64_sentinel` is of type int64. */
const typeOf = (column: string): string => column.replace(/_(required|bit|sentinel|nan)$/, "");

const presenceOf = (column: string): string => /_(bit|sentinel|nan)$/.exec(column)?.[1] ?? "required";

export class MatrixReport {
  readonly #cells = new Map<string, Map<string, Cell>>();

  add(reader: ReaderName, { codec, nulls, pageVersion = 1 }: ProbeFile, outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const encodings = [...outcome.stored.encodings].map((encoding) => `encoding ${encoding}`);
      const features = [`codec ${codec}`, `data page V${pageVersion}`, `nulls ${nulls}`, ...encodings];
      for (const feature of [...features, `presence ${presenceOf(outcome.column)}`, `type ${typeOf(outcome.column)}`])
        this.#count(feature, reader, outcome);
    }
  }

  #count(feature: string, reader: ReaderName, { difference, knownLoss }: Outcome): void {
    const row = this.#cells.get(feature) ?? new Map<string, Cell>();
    this.#cells.set(feature, row);
    const cell = row.get(reader) ?? { exact: 0, lost: 0, wrong: 0 };
    row.set(reader, cell);
    cell[difference !== undefined ? "wrong" : knownLoss !== undefined ? "lost" : "exact"] += 1;
  }

  /** Of one kind: `encoding` gives the encodings that some file had. */
  features(kind: string): readonly string[] {
    return [...this.#cells.keys()].flatMap((feature) => (feature.startsWith(`${kind} `) ? [feature.slice(kind.length + 1)] : []));
  }

  /** For scripts/test-interop.mjs, which adds up the parts and prints the table. */
  save(): void {
    const path = process.env["PQFLOW_INTEROP_REPORT"];
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(Array.from(this.#cells, ([feature, row]) => [feature, Object.fromEntries(row)])));
  }
}
