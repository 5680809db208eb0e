// The tables of how cost grows, and of the real capture. Pure: rows in, Markdown out.
import { shown } from "./targets.mjs";

const line = (cells) => `| ${cells.join(" | ")} |`;

const scales = {
  columns: "columns of INT64",
  record_bytes: "bytes of the record, the same eight columns (8: one)",
  nulls_percent: "per cent of nulls, eight optional columns",
  symbols: "distinct symbols beside one INT64",
  row_group_rows: "rows of a row group, eight columns",
  lanes: "lanes",
};

function scaleLines(rows, [scale, label]) {
  const pattern = new RegExp(`^scaling_${scale}_(\\d+)_ns$`);
  return rows.flatMap((row) => {
    const match = pattern.exec(row.name);
    if (match === null) return [];
    const cost = row.median === null ? `not measured: ${row.reason}` : shown(row.median);
    return [line([label, Number(match[1]).toLocaleString("en-US"), cost])];
  });
}

export function scalingText(rows) {
  const lines = Object.entries(scales).flatMap((scale) => scaleLines(rows, scale));
  if (lines.length === 0) return "Not measured: `npm run bench` without `--quick` has these rows.";
  return [line(["what grows", "to", "ns per record"]), line(["---", "---:", "---:"]), ...lines].join("\n");
}

/** Everybody's default settings on the same records of a real capture. */
export function captureText(rows) {
  const speeds = rows.filter(({ name, median }) => median !== null && /^capture_.*_records_per_s$/.test(name));
  if (speeds.length === 0)
    return `Not measured: ${rows.find(({ name }) => name === "capture")?.reason ?? "the captures are not beside the checkout"}.`;
  const lines = speeds
    .toSorted((left, right) => right.median - left.median)
    .map(({ name, median }) => {
      const way = name.replace(/^capture_/, "").replace(/_records_per_s$/, "");
      const size = rows.find((row) => row.name === `capture_${way}_bytes_per_record`);
      return line([`\`${way}\``, shown(median), shown(size?.median ?? null)]);
    });
  return [line(["writer", "records/s", "bytes per record"]), line(["---", "---:", "---:"]), ...lines].join("\n");
}
