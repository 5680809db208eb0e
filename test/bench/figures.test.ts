/** The bench's ratios and absolute figures: their names, what they are made of, and what becomes of them when a rival is missing. */
import { expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly median: number | null;
  readonly runs: readonly number[];
  readonly reason?: string;
}

interface Figures {
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly absolute: Readonly<Record<string, number | null>>;
  readonly reasons: Readonly<Record<string, string>>;
}

const { figuresOf } = (await import(projectPath("scripts/bench/ratios.mjs"))) as { figuresOf: (rows: readonly Row[]) => Figures };
const { missingRow, row } = (await import(projectPath("scripts/bench/rows.mjs"))) as {
  missingRow: (name: string, reason: string) => Row;
  row: (name: string, unit: string, runs: readonly number[]) => Row;
};

const RATIOS = [
  "log_fields_vs_field_stores",
  "log_prebuilt_struct_vs_memcpy_release",
  "columnarizer_vs_naive",
  "columnarizer_vs_generic",
  "plain_cpu_vs_arrow",
  "plain_file_vs_arrow",
  "same_encodings_cpu_vs_arrow",
  "same_encodings_file_vs_arrow",
  "default_vs_arrow_default_zstd1",
  "default_file_bytes_vs_arrow_default_zstd1",
  "default_vs_streamwriter",
  "default_vs_duckdb",
  "default_vs_polars",
  "node_rows_vs_duckdb",
];
const ABSOLUTE = ["paced_p999_ns", "node_log_ns", "node_rows_per_s_5m", "pipeline_records_per_s_zero_drops"];

it("names every ratio and absolute figure, null with a reason where nothing was measured", () => {
  const { ratios, absolute, reasons } = figuresOf([]);
  expect(Object.keys(ratios)).toEqual(RATIOS);
  expect(Object.keys(absolute)).toEqual(ABSOLUTE);
  expect([...Object.values(ratios), ...Object.values(absolute)].every((value) => value === null)).toBe(true);
  expect(Object.keys(reasons)).toEqual([...RATIOS, ...ABSOLUTE]);
  expect(reasons["plain_cpu_vs_arrow"]).toBe("writer_pqflow_plain_cpu_records_per_s: not measured");
});

it("takes the median of the runs, and a cost by its limit", () => {
  const rows = [row("log_fields_ns", "ns/record", [9, 3, 4]), row("field_stores_ns", "ns/record", [2, 1, 8])];
  expect(figuresOf(rows).ratios["log_fields_vs_field_stores"]).toBe(2);
});

it("compares with the fastest and the smallest of a rival's settings", () => {
  const speed = (name: string, value: number): Row => row(`writer_${name}_records_per_s`, "records/s", [value]);
  const bytes = (name: string, value: number): Row => row(`writer_${name}_bytes_per_record`, "bytes/record", [value]);
  const rows = [
    speed("pqflow_default_tmpfs", 80),
    speed("arrow_default_zstd1_tmpfs", 10),
    speed("arrow_default_zstd1_65536_tmpfs", 20),
    bytes("pqflow_default_tmpfs", 6),
    bytes("arrow_default_zstd1_tmpfs", 8),
    bytes("arrow_default_zstd1_65536_tmpfs", 9),
  ];
  const { ratios } = figuresOf(rows);
  expect(ratios["default_vs_arrow_default_zstd1"]).toBe(4);
  expect(ratios["default_file_bytes_vs_arrow_default_zstd1"]).toBe(0.75);
});

it("gives the reason of a contender that is missing to every figure that needs it", () => {
  const rows = [row("writer_pqflow_default_tmpfs_records_per_s", "records/s", [5]), missingRow("writer_duckdb", "the registry is away")];
  const { ratios, reasons } = figuresOf(rows);
  expect(ratios["default_vs_duckdb"]).toBeNull();
  expect(reasons["default_vs_duckdb"]).toBe("writer_duckdb_zstd_tmpfs_records_per_s: the registry is away");
});
