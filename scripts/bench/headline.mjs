// The README's few figures. Pure: rows in, Markdown out.
import { shown } from "./targets.mjs";

const line = (cells) => `| ${cells.join(" | ")} |`;

export function headlineText(rows) {
  const median = (name) => rows.find((row) => row.name === name)?.median ?? null;
  const ns = (name) => `${shown(median(name))} ns`;
  const speed = (name) => `${shown(median(`${name}_records_per_s`))} records/s`;
  const written = (name) => `${speed(name)}, ${shown(median(`${name}_bytes_per_record`))} bytes each`;
  return [
    line(["", "pqflow", "beside it, in the same run"]),
    line(["---", "---", "---"]),
    line(["log eight fields in place", ns("log_fields_ns"), `eight plain stores ${ns("field_stores_ns")}`]),
    line(["log a prebuilt struct", ns("log_prebuilt_struct_ns"), `memcpy and a release store ${ns("memcpy_release_ns")}`]),
    line([
      "structs to a file, defaults, one thread",
      written("writer_pqflow_default_tmpfs"),
      `Arrow C++, ZSTD 1: ${written("writer_arrow_default_zstd1_tmpfs")}`,
    ]),
    line(["", "", `columns that are there already: DuckDB V2, ZSTD 1 ${written("writer_duckdb_v2_zstd1_tmpfs")}`]),
    line([
      "the same, uncompressed, equal encodings",
      written("writer_pqflow_same_encodings_tmpfs"),
      `Arrow C++ ${written("writer_arrow_same_encodings_tmpfs")}`,
    ]),
    line(["Node.js: one typed, checked `log()`", ns("node_log_ns"), ""]),
    line([
      "Node.js: 5 million rows into a file",
      `${shown(median("node_rows_per_s_5m"))} rows/s`,
      `DuckDB's data chunks ${shown(median("node_duckdb_chunks_rows_per_s_5m"))} rows/s`,
    ]),
    line(["a sink with nothing to do", `${shown(median("idle_processor_percent"))} % of a core`, ""]),
  ].join("\n");
}
