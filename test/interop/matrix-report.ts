/**
 * Which reader read what. A cell is a type, a way to be null, the encodings of the values, a codec, a version of data pages and a pattern of nulls; all columns of all files that
 * share one are one cell, which a reader reads as logged or loses in a way that reader-losses.ts tells.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ReaderName, StoredAs } from "./reader-losses.js";

export interface CellPlace {
  readonly type: string;
  readonly presence: string;
  readonly encoding: string;
  readonly codec: string;
  readonly page: string;
  readonly nulls: string;
}

export interface CellOutcome {
  readonly place: CellPlace;
  /** Undefined: as logged. */
  readonly loss: string | undefined;
  readonly isWrong: boolean;
}

/** `int64_sentinel` is of type int64. */
export const typeOf = (column: string): string => column.replace(/_(required|bit|sentinel|nan)$/, "");

export const presenceOf = (column: string): string => /_(bit|sentinel|nan)$/.exec(column)?.[1] ?? "required";

/** Its values' encodings together; its codec, though chunks that gain nothing are without one. */
export function storageOf({ encodings, codecs }: StoredAs): Pick<CellPlace, "encoding" | "codec"> {
  const codec = [...codecs].find((name) => name !== "UNCOMPRESSED") ?? "UNCOMPRESSED";
  return { encoding: [...encodings].sort().join(" + "), codec };
}

export class MatrixReport {
  /** Of each cell, what each reader made of it: "" as logged, "wrong", or the known loss. */
  readonly #cells = new Map<string, { readonly place: CellPlace; readonly readers: Partial<Record<ReaderName, string>> }>();

  add(reader: ReaderName, outcomes: readonly CellOutcome[]): void {
    for (const { place, loss = "", isWrong } of outcomes) {
      const key = Object.values(place).join("\t");
      const cell = this.#cells.get(key) ?? { place, readers: {} };
      this.#cells.set(key, cell);
      cell.readers[reader] = isWrong ? "wrong" : (cell.readers[reader] ?? "") || loss;
    }
  }

  encodings(): ReadonlySet<string> {
    return new Set([...this.#cells.values()].flatMap(({ place }) => place.encoding.split(" + ")));
  }

  /** For scripts/test-interop.mjs, which adds up the parts and prints the table. */
  save(path: string | undefined): void {
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify([...this.#cells.values()]));
  }
}
