/** A random schema with the records that are logged to it. Values are kept by field: row r holds cell r mod n of each, so that dropping a field leaves the others as they were. */
import type { Canonical, Constant, Facts, Sentinel, Value, YamlKeys } from "./types/model.js";

export type Presence =
  | { readonly kind: "required" }
  | { readonly kind: "optional" }
  | { readonly kind: "sentinel"; readonly sentinel: Sentinel }
  | { readonly kind: "constant"; readonly constant: Constant };

/** Where the named type of a field stands: beside it, in an included file, or in one that the included file includes and gives another name. */
export type TypePlace = "beside" | "included" | "deep";

export interface RandomField {
  readonly name: string;
  readonly type: string;
  readonly keys: YamlKeys;
  readonly facts: Facts;
  readonly presence: Presence;
  /** Undefined: the type's keys are the field's own. */
  readonly typePlace: TypePlace | undefined;
  /** What the record holds where nobody gives a value. */
  readonly defaultValue: Constant | undefined;
  /** Further keys of the field, as YAML: limits, texts, Parquet options. */
  readonly options: YamlKeys;
  /** Absent: the file's. */
  readonly statistics: "none" | "chunk" | undefined;
  readonly codec: string | undefined;
  readonly isBeyondDuckdb: boolean;
  /** Null where the field is null. Never empty, except of constants. */
  readonly cells: readonly (Value | null)[];
  /** What only C logs. */
  readonly wild: readonly Value[];
  /** What TypeScript refuses besides. */
  readonly refused: readonly unknown[];
}

export interface RandomCase {
  readonly fields: readonly RandomField[];
  /** So many fields come from a file that the schema extends; one at least is the schema's own. */
  readonly baseFieldCount: number;
  /** Blocks at the top level, as YAML. */
  readonly blocks: YamlKeys;
  readonly rowCount: number;
  /** A flush after so many rows ends the first file; undefined: one file. */
  readonly flushRow: number | undefined;
  readonly pageRows: number;
  readonly rowGroupRows: number;
  /** Whether these two are given when the sink opens, or by the schema. */
  readonly isGivenAtOpen: boolean;
  readonly fileCodec: string | undefined;
  readonly hasStatistics: boolean;
  readonly keyValues: readonly (readonly [key: string, value: string])[];
}

/** What is logged: values that both languages take, or those that only C takes too. */
export type Content = "clean" | "wild";

export function cellsOf(field: RandomField, content: Content): readonly (Value | null)[] {
  return content === "clean" ? field.cells : [...field.cells, ...field.wild];
}

export function isNull({ presence }: RandomField, cell: Value | null): boolean {
  return cell === null || (presence.kind === "sentinel" && presence.sentinel.matches(cell.raw as bigint));
}

/** What the file holds for a cell. */
function fileValue(field: RandomField, cell: Value | null): Canonical {
  if (cell === null || isNull(field, cell)) return null;
  return field.presence.kind !== "required" && cell.isNullIfOptional === true ? null : cell.file;
}

/** The column of a file, row by row. */
export function expectedColumn(field: RandomField, content: Content, from: number, to: number): readonly Canonical[] {
  const { presence } = field;
  const rows = Array.from({ length: to - from }, (_, index) => from + index);
  if (presence.kind === "constant") return rows.map(() => presence.constant.value.file);
  const cells = cellsOf(field, content).map((cell) => fileValue(field, cell));
  return rows.map((row) => cells[row % cells.length] ?? null);
}

export function expectedInvalidValues({ fields, rowCount }: RandomCase, content: Content): number {
  const counted = fields
    .filter(({ presence }) => presence.kind !== "constant")
    .map((field) => {
      const cells = cellsOf(field, content).map((cell) => cell !== null && !isNull(field, cell) && cell.isCounted === true);
      return Array.from({ length: rowCount }, (_, row) => cells[row % cells.length]).filter(Boolean).length;
    });
  return counted.reduce((sum, count) => sum + count, 0);
}

/** The rows of each file, first to last. */
export function fileRows({ rowCount, flushRow }: RandomCase): readonly (readonly [from: number, to: number])[] {
  return flushRow === undefined
    ? [[0, rowCount]]
    : [
        [0, flushRow],
        [flushRow, rowCount],
      ];
}
