// The table target, measured, command of docs/performance.md. Pure: a result in, Markdown out.
import { absoluteDefinitions, ratioDefinitions } from "./ratios.mjs";

/** Rows that have a target of their own. */
const rowTargets = {
  log_fields_ns: 2.5,
  log_filled_struct_ns: 3.5,
  paced_p50_ns: 10,
  paced_p9999_ns: 100,
  burst20_p50_ns: 2,
  burst20_p99_ns: 4,
  burst20_p999_ns: 15,
  node_longest_stall_ms: 5,
  node_rss_mb: 100,
};

export function shown(value) {
  if (value === null) return "–";
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toFixed(2);
}

const line = (cells) => `| ${cells.join(" | ")} |`;

const isMet = (value, { target, better }) => (better === "at most" ? value <= target : value >= target);

function figure(name, value, definition, reason) {
  const mark = value === null ? "not measured" : isMet(value, definition) ? "yes" : "no";
  return line([
    `\`${name}\``,
    `${definition.better} ${shown(definition.target)}`,
    shown(value),
    reason === undefined ? mark : `no: ${reason}`,
  ]);
}

function rowFigures(rows) {
  return Object.entries(rowTargets).map(([name, target]) => {
    const row = rows.find((each) => each.name === name);
    return figure(name, row?.median ?? null, { target, better: "at most" }, row === undefined ? "not measured" : row.reason);
  });
}

/** Others' work beside the bench spoils it. Its own set-up leaves a load behind that is below this. */
const quiet_load_per_processor = 0.75;

/** A line that warns, where the machine was not left alone; else nothing. */
export function loadWarning({ load_average, processors }) {
  if (load_average / processors <= quiet_load_per_processor) return [];
  return [
    `**The machine was not left alone while these were taken (load ${load_average.toFixed(1)} on ${processors} processors): they say that everything runs, and little of how fast.**`,
  ];
}

/** How far the two processors are from each other, where that was measured. */
function placement(rows) {
  const trip_ns = rows.find(({ name }) => name === "cache_ping_pong_ns")?.median ?? null;
  if (trip_ns === null) return [];
  return [
    `A cache line goes from the producer's processor to the writer's and back in ${Math.round(trip_ns)} ns (\`cache_ping_pong_ns\`). Cores near each other take some 100 ns, far ones several times that, and what one thread hands to another costs accordingly: compare results of one placement only.`,
  ];
}

/** On what, then the table. */
export function targetsText({ machine, versions, quick, rows, ratios, absolute, reasons }) {
  const tools = Object.values(versions).filter((version) => version !== null);
  return [
    ...loadWarning(machine),
    `${machine.processor}, ${machine.processors} processors, ${machine.memory_gib} GiB, kernel ${machine.kernel}; ${[...new Set(tools)].join("; ")}.`,
    ...placement(rows),
    `Command: \`npm run bench${quick ? " -- --quick" : ""}\`, then \`npm run bench:publish\`. Medians of ${Math.max(...rows.map(({ runs }) => runs.length))} runs at most; every run is in bench/results.`,
    [
      line(["figure", "target", "measured", "met"]),
      line(["---", "---:", "---:", "---"]),
      ...Object.entries(ratios).map(([name, value]) => figure(name, value, ratioDefinitions[name], reasons[name])),
      ...Object.entries(absolute).map(([name, value]) => figure(name, value, absoluteDefinitions[name], reasons[name])),
      ...rowFigures(rows),
    ].join("\n"),
  ].join("\n\n");
}

/** All rows with their range. */
export function rowsText(rows) {
  return [
    line(["row", "median", "lowest … highest"]),
    line(["---", "---:", "---"]),
    ...rows.map(({ name, unit, median, runs, reason }) =>
      line(
        median === null
          ? [`\`${name}\``, "–", reason]
          : [`\`${name}\``, `${shown(median)} ${unit}`, `${shown(Math.min(...runs))} … ${shown(Math.max(...runs))}`],
      ),
    ),
  ].join("\n");
}
