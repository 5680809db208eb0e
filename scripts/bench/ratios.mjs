// What the rows are held against: ratios of rows of the same run, and absolute figures, each with its target. Pure: rows in, numbers or reasons out.

/** Times: ours by the limit's, to be small. */
const cost = (ours, limit, target) => ({
  ours: [ours],
  theirs: [limit],
  target,
  compare: (left, right) => left / right,
  better: "at most",
});
/** Times: the rival's by ours, to be large. */
const gain = (ours, rival, target) => ({
  ours: [ours],
  theirs: [rival],
  target,
  compare: (left, right) => right / left,
  better: "at least",
});
/** Records per second: ours by the rival's best of several settings. */
const speed = (ours, rivals, target) => ({
  ours: [ours],
  theirs: rivals,
  pick: Math.max,
  target,
  compare: (left, right) => left / right,
  better: "at least",
});
/** Bytes: ours by the smallest of the rival's. */
const size = (ours, rivals, target) => ({ ...speed(ours, rivals, target), pick: Math.min, better: "at most" });

const own = (mode) => `writer_pqflow_${mode}_records_per_s`;
const arrow = (mode) => `writer_arrow_${mode}_records_per_s`;
const duckdb = (mode) => `writer_duckdb_${mode}_records_per_s`;
const polars = (mode) => `writer_polars_${mode}_records_per_s`;
const bytes = (row) => row.replace(/records_per_s$/, "bytes_per_record");

export const ratioDefinitions = {
  log_fields_vs_field_stores: cost("log_fields_ns", "field_stores_ns", 1.4),
  log_prebuilt_struct_vs_memcpy_release: cost("log_prebuilt_struct_ns", "memcpy_release_ns", 1.2),
  columnarizer_vs_naive: gain("columnarizer_generated_ns", "columnarizer_naive_ns", 10),
  columnarizer_vs_generic: gain("columnarizer_generated_ns", "columnarizer_generic_ns", 1.5),
  plain_cpu_vs_arrow: speed(own("plain_cpu"), [arrow("plain_cpu")], 8),
  plain_file_vs_arrow: speed(own("plain_tmpfs"), [arrow("plain_tmpfs")], 3),
  same_encodings_cpu_vs_arrow: speed(own("same_encodings_cpu"), [arrow("same_encodings_cpu")], 10),
  same_encodings_file_vs_arrow: speed(own("same_encodings_tmpfs"), [arrow("same_encodings_tmpfs")], 8),
  default_vs_arrow_default_zstd1: speed(own("default_tmpfs"), [arrow("default_zstd1_tmpfs"), arrow("default_zstd1_65536_tmpfs")], 8),
  default_file_bytes_vs_arrow_default_zstd1: size(
    bytes(own("default_tmpfs")),
    [bytes(arrow("default_zstd1_tmpfs")), bytes(arrow("default_zstd1_65536_tmpfs"))],
    0.8,
  ),
  default_vs_streamwriter: speed(own("default_tmpfs"), [arrow("streamwriter_tmpfs"), arrow("streamwriter_best_tmpfs")], 20),
  default_vs_duckdb: speed(own("default_tmpfs"), [duckdb("zstd_tmpfs"), duckdb("v2_zstd_tmpfs"), duckdb("v2_zstd1_tmpfs")], 5),
  default_vs_polars: speed(own("default_tmpfs"), [polars("default_tmpfs"), polars("zstd1_tmpfs"), polars("zstd1_65536_tmpfs")], 5),
  node_rows_vs_duckdb: speed("node_rows_per_s_5m", ["node_duckdb_chunks_rows_per_s_5m", "node_duckdb_appender_rows_per_s_5m"], 5),
};

export const absoluteDefinitions = {
  paced_p999_ns: { row: "paced_p999_ns", target: 20, better: "at most", unit: "ns" },
  node_log_ns: { row: "node_log_ns", target: 35, better: "at most", unit: "ns" },
  node_rows_per_s_5m: { row: "node_rows_per_s_5m", target: 10e6, better: "at least", unit: "records/s" },
  pipeline_records_per_s_zero_drops: { row: "pipeline_records_per_s_zero_drops", target: 40e6, better: "at least", unit: "records/s" },
};

/** The medians of the rows named, or why one is not there. */
function mediansOf(rows, names) {
  const found = names.map((name) => rows.find((row) => row.name === name));
  const known = found.filter((row) => row !== undefined && row.median !== null);
  if (known.length > 0) return { medians: known.map((row) => row.median) };
  return { reason: reasonOf(rows, names[0]) };
}

/** A contender that is missing as a whole has one row under its own name. */
function reasonOf(rows, name) {
  const missing = rows.filter(({ median }) => median === null).find((row) => name === row.name || name.startsWith(`${row.name}_`));
  return `${name}: ${missing?.reason ?? "not measured"}`;
}

function ratioOf(rows, { ours, theirs, pick = Math.min, compare }) {
  const left = mediansOf(rows, ours);
  const right = mediansOf(rows, theirs);
  const reason = left.reason ?? right.reason;
  return reason === undefined ? { value: Number(compare(left.medians[0], pick(...right.medians)).toPrecision(4)) } : { reason };
}

function absoluteOf(rows, { row }) {
  const { medians, reason } = mediansOf(rows, [row]);
  return reason === undefined ? { value: medians[0] } : { reason };
}

/** `{ ratios, absolute, reasons }`: every name is there; the value of one that could not be measured is null, and `reasons` says why. */
export function figuresOf(rows) {
  const reasons = {};
  const valuesOf = (definitions, valueOf) =>
    Object.fromEntries(
      Object.entries(definitions).map(([name, definition]) => {
        const { value, reason } = valueOf(rows, definition);
        if (reason !== undefined) reasons[name] = reason;
        return [name, value ?? null];
      }),
    );
  return { ratios: valuesOf(ratioDefinitions, ratioOf), absolute: valuesOf(absoluteDefinitions, absoluteOf), reasons };
}
