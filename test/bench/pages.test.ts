/** What a result of the bench becomes in the documentation. */
import { expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly median: number | null;
  readonly runs: readonly number[];
  readonly reason?: string;
}

const { row, missingRow } = (await import(projectPath("scripts/bench/rows.mjs"))) as {
  row: (name: string, unit: string, runs: readonly number[]) => Row;
  missingRow: (name: string, reason: string) => Row;
};
const { figuresOf } = (await import(projectPath("scripts/bench/ratios.mjs"))) as { figuresOf: (rows: readonly Row[]) => object };
const { targetsText, rowsText } = (await import(projectPath("scripts/bench/targets.mjs"))) as {
  targetsText: (result: object) => string;
  rowsText: (rows: readonly Row[]) => string;
};
const { headlineText } = (await import(projectPath("scripts/bench/headline.mjs"))) as { headlineText: (rows: readonly Row[]) => string };
const { plotsOf } = (await import(projectPath("scripts/bench/plots.mjs"))) as {
  plotsOf: (rows: readonly Row[]) => Readonly<Record<string, string>>;
};
const { captureText, scalingText } = (await import(projectPath("scripts/bench/scaling-text.mjs"))) as {
  captureText: (rows: readonly Row[]) => string;
  scalingText: (rows: readonly Row[]) => string;
};

const machine = { processor: "P", processors: 2, memory_gib: 8, kernel: "6", load_average: 0.1 };

it("says of each target whether it is met, and why it was not measured", () => {
  const rows = [
    row("log_fields_ns", "ns/record", [2, 2, 2]),
    row("field_stores_ns", "ns/record", [1, 1, 1]),
    row("node_log_ns", "ns/record", [30]),
  ];
  const text = targetsText({ machine, versions: { node: "v20" }, quick: true, rows, ...figuresOf(rows) });
  expect(text).toContain("| `log_fields_vs_field_stores` | at most 1.40 | 2.00 | no |");
  expect(text).toContain("| `node_log_ns` | at most 35.00 | 30.00 | yes |");
  expect(text).toContain("| `columnarizer_vs_naive` | at least 10.00 | – | no: columnarizer_generated_ns: not measured |");
});

it("warns of figures that were taken on a machine with other work", () => {
  const text = (load_average: number): string =>
    targetsText({ machine: { ...machine, load_average }, versions: {}, quick: true, rows: [row("a_ns", "ns", [1])], ...figuresOf([]) });
  expect(text(0.9)).not.toContain("not left alone");
  expect(text(3)).toContain("not left alone while these were taken (load 3.0 on 2 processors)");
});

it("says how far the processors are from each other, where that was measured", () => {
  const text = (rows: readonly Row[]): string => targetsText({ machine, versions: {}, quick: true, rows, ...figuresOf([]) });
  expect(text([row("cache_ping_pong_ns", "ns", [540.4])])).toContain("to the writer's and back in 540 ns (`cache_ping_pong_ns`)");
  expect(text([row("a_ns", "ns", [1])])).not.toContain("cache line");
  expect(text([missingRow("cache_ping_pong_ns", "one processor"), row("a_ns", "ns", [1])])).not.toContain("cache line");
});

it("lists every row with its range, and the reason of one that is missing", () => {
  const text = rowsText([row("a_ns", "ns/record", [3, 1, 2]), missingRow("b_ns", "its package is away")]);
  expect(text).toContain("| `a_ns` | 2.00 ns/record | 1.00 … 3.00 |");
  expect(text).toContain("| `b_ns` | – | its package is away |");
});

it("puts ours beside theirs for the README, and a dash for what is missing", () => {
  const text = headlineText([
    row("log_fields_ns", "ns/record", [2]),
    row("field_stores_ns", "ns/record", [1.5]),
    row("writer_pqflow_default_tmpfs_records_per_s", "records/s", [20e6]),
    row("writer_pqflow_default_tmpfs_bytes_per_record", "bytes/record", [8.5]),
  ]);
  expect(text).toContain("| log eight fields in place | 2.00 ns | eight plain stores 1.50 ns |");
  expect(text).toContain("| 20.0 M records/s, 8.50 bytes each | Arrow C++, ZSTD 1: – records/s, – bytes each |");
});

it("draws bars of what was measured, and no picture of fewer than two", () => {
  const one = row("writer_pqflow_default_tmpfs_records_per_s", "records/s", [20e6]);
  const other = row("writer_polars_zstd1_tmpfs_records_per_s", "records/s", [5e6]);
  expect(plotsOf([one])).toEqual({});
  const { writers } = plotsOf([one, other]);
  expect(writers?.match(/<rect /g)).toHaveLength(2);
  expect(writers).toContain("prefers-color-scheme: dark");
  expect(writers).toContain(">Polars, zstd 1</text>");
});

it("orders the writers of the real capture by speed, and says why there are none", () => {
  const speed = (name: string, value: number): Row => row(`capture_${name}_default_tmpfs_records_per_s`, "records/s", [value]);
  const text = captureText([speed("slow", 10), speed("fast", 20), row("capture_fast_default_tmpfs_bytes_per_record", "bytes/record", [4])]);
  expect(text.indexOf("fast_default")).toBeLessThan(text.indexOf("slow_default"));
  expect(text).toContain("| `fast_default_tmpfs` | 20.00 | 4.00 |");
  expect(captureText([missingRow("capture", "the captures are away")])).toBe("Not measured: the captures are away.");
});

it("tabulates what grows, and the lanes that there are not", () => {
  const text = scalingText([row("scaling_columns_40_ns", "ns/record", [5]), missingRow("scaling_lanes_2_ns", "one lane")]);
  expect(text).toContain("| columns of INT64 | 40 | 5.00 |");
  expect(text).toContain("| lanes | 2 | not measured: one lane |");
});
