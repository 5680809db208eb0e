// Bars of rows as SVG, readable on light and dark pages. Pure: rows in, text out.
import { shown } from "./targets.mjs";

const width = 760;
const label_width = 290;
const value_width = 90;
const bar_height = 20;
const gap = 8;
const top = 44;

const style = `<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 15px; }
.note { fill: #59636e; font-size: 12px; }
.own { fill: #0969da; }
.other { fill: #afb8c1; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .note { fill: #9198a1; } .own { fill: #58a6ff; } .other { fill: #59636e; } }
</style>`;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function bar({ label, value, isOwn }, index, largest) {
  const y = top + index * (bar_height + gap);
  const length = Math.max(1, ((width - label_width - value_width) * value) / largest).toFixed(1);
  return [
    `<text x="${label_width - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
    `<rect x="${label_width}" y="${y}" width="${length}" height="${bar_height}" rx="3" class="${isOwn ? "own" : "other"}"/>`,
    `<text x="${(label_width + Number(length) + 8).toFixed(1)}" y="${y + 15}">${shown(value)}</text>`,
  ].join("\n");
}

/** `bars`: [{ label, value, isOwn }], the longest is the whole width. */
export function barsSvg({ title, note, bars }) {
  const height = top + bars.length * (bar_height + gap) + 8;
  const largest = Math.max(...bars.map(({ value }) => value));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    style,
    `<text x="10" y="18" class="title">${escaped(title)}</text>`,
    `<text x="10" y="35" class="note">${escaped(note)}</text>`,
    ...bars.map((each, index) => bar(each, index, largest)),
    "</svg>",
    "",
  ].join("\n");
}

/** One picture: which rows, under which words. */
const pictures = {
  writers: {
    title: "One writer thread, structs in, a file on tmpfs out",
    note: "million records a second, default settings (peers: ZSTD 1 where they offer it); longer is better",
    unit: 1e6,
    entries: [
      ["pqflow", "writer_pqflow_default_tmpfs_records_per_s"],
      ["Polars, zstd 1", "writer_polars_zstd1_tmpfs_records_per_s"],
      ["DuckDB, V2 + zstd 1", "writer_duckdb_v2_zstd1_tmpfs_records_per_s"],
      ["Arrow C++, columns, zstd 1", "writer_arrow_default_zstd1_tmpfs_records_per_s"],
      ["arrow-rs, zstd 1", "writer_arrow_rs_default_zstd1_tmpfs_records_per_s"],
      ["Arrow C++, StreamWriter", "writer_arrow_streamwriter_tmpfs_records_per_s"],
    ],
  },
  sizes: {
    title: "Bytes per record of those files",
    note: "a record has 52 bytes of data; shorter is better",
    unit: 1,
    entries: [
      ["pqflow", "writer_pqflow_default_tmpfs_bytes_per_record"],
      ["DuckDB, V2 + zstd 1", "writer_duckdb_v2_zstd1_tmpfs_bytes_per_record"],
      ["Polars, zstd 1", "writer_polars_zstd1_tmpfs_bytes_per_record"],
      ["Arrow C++, columns, zstd 1", "writer_arrow_default_zstd1_tmpfs_bytes_per_record"],
      ["arrow-rs, zstd 1", "writer_arrow_rs_default_zstd1_tmpfs_bytes_per_record"],
      ["Arrow C++, StreamWriter", "writer_arrow_streamwriter_tmpfs_bytes_per_record"],
    ],
  },
  producer: {
    title: "What logging a record of eight fields costs a producer",
    note: "nanoseconds a record, in bursts; grey: the limits; shorter is better",
    unit: 1,
    entries: [
      ["field stores alone", "field_stores_ns", false],
      ["memcpy and release store", "memcpy_release_ns", false],
      ["fields in place", "log_fields_ns", true],
      ["a prebuilt struct", "log_prebuilt_struct_ns", true],
      ["a struct just filled", "log_filled_struct_ns", true],
    ],
  },
  node: {
    title: "Node.js, objects in, a finished file out",
    note: "thousand rows a second at a million rows (parquetjs: 100,000, pino: 200,000); longer is better",
    unit: 1e3,
    entries: [
      ["pqflow", "node_rows_per_s_1m"],
      ["DuckDB, chunks", "node_duckdb_chunks_rows_per_s_1m"],
      ["DuckDB, appender", "node_duckdb_appender_rows_per_s_1m"],
      ["hyparquet-writer", "node_hyparquet_rows_per_s_1m"],
      ["parquet-wasm", "node_parquet_wasm_rows_per_s_1m"],
      ["pino, worker transport", "node_pino_rows_per_s_200k"],
      ["@dsnp/parquetjs", "node_parquetjs_rows_per_s_100k"],
    ],
  },
};

/** `{ name: svg }` of every picture that has at least two rows measured. */
export function plotsOf(rows) {
  const medians = new Map(rows.filter(({ median }) => median !== null).map(({ name, median }) => [name, median]));
  return Object.fromEntries(
    Object.entries(pictures).flatMap(([name, { title, note, unit, entries }]) => {
      const bars = entries.flatMap(([label, row, isOwn = label.startsWith("pqflow")]) =>
        medians.has(row) ? [{ label, value: medians.get(row) / unit, isOwn }] : [],
      );
      return bars.length < 2 ? [] : [[name, barsSvg({ title, note, bars })]];
    }),
  );
}
