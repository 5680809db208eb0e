/** A random schema with the records that are logged to it. Values are kept by field: row r holds cell r mod n of each, so that dropping a field leaves the others as they were. */
import type { Canonical, Constant, Facts, Sentinel, Value, YamlKeys } from "./types/model.js";

export type Presence =
  | { readonly kind: "required" }
  | { readonly kind: "optional" }
  | { readonly kind: "sentinel"; readonly sentinel: Sentinel }
  | { readonly kind: "constant"; readonly constant: Constant };

export interface RandomField {
  readonly name: string;
  readonly type: string;
  readonly keys: YamlKeys;
  readonly facts: Facts;
  readonly presence: Presence;
  /** Declared under `types:` and named. */
  readonly isNamedType: boolean;
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
}

export interface RandomCase {
  readonly fields: readonly RandomField[];
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
  if (presence.kind === "constant") return rows.map(() => presence.constant.file);
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

function mapping(keys: YamlKeys): string {
  return `{${Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")}}`;
}

function typeName(index: number): string {
  return `Type${index}`;
}

function fieldKeys(field: RandomField, index: number): YamlKeys {
  const { presence } = field;
  const type = field.isNamedType ? { type: typeName(index) } : { type: field.type, ...field.keys };
  const presenceKeys: Readonly<Record<Presence["kind"], () => YamlKeys>> = {
    required: () => ({}),
    optional: () => ({ presence: "optional" }),
    sentinel: () => ({ presence: "optional", null_value: presence.kind === "sentinel" ? presence.sentinel.yaml : "" }),
    constant: () => ({ presence: "constant", value: presence.kind === "constant" ? presence.constant.yaml : "" }),
  };
  return { name: `"${field.name}"`, id: String(index + 1), ...type, ...presenceKeys[presence.kind](), ...field.options };
}

/** The schema as an author would write it. */
export function yamlOf({ fields, blocks }: RandomCase, name: string): string {
  const lines = fields.map((field, index) => `  - ${mapping(fieldKeys(field, index))}\n`);
  const types = fields
    .map((field, index) => (field.isNamedType ? `  ${typeName(index)}: ${mapping({ type: field.type, ...field.keys })}\n` : ""))
    .join("");
  const rest = Object.entries(blocks)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
  return `pqflow: 1\nname: ${name}\nversion: 1\n${types === "" ? "" : `types:\n${types}`}fields:\n${lines.join("")}${rest}`;
}
