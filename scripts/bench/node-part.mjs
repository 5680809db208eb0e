// Node's rows end to end: objects in, a finished file out, pqflow and its peers in turn.
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { endContenders, roundRobin, startContender } from "./contenders.mjs";
import { missingRow, row } from "./rows.mjs";

const program = (name) => join(rootDir, "bench", "rivals", "node", `${name}.mjs`);

/** `node_rows_per_s_5m` is ours; a peer's row has its name before it. */
const rowName = (key, unit) => {
  const own = /^pqflow_rows_(\w+)$/.exec(key);
  if (own !== null) return `node_${unit}_${own[1]}`;
  const [, peer, count] = /^[a-z]+_(\w+)_(\w+)$/.exec(key);
  return `node_${key.startsWith("duckdb") ? "duckdb_" : ""}${peer}_${unit}_${count}`;
};

function rowsOf({ outcomes, failures }) {
  const measured = [...outcomes].flatMap(([key, list]) => [
    row(
      rowName(key, "rows_per_s"),
      "records/s",
      list.map(({ elapsed_ns, records }) => (records * 1e9) / elapsed_ns),
    ),
    row(
      rowName(key, "main_thread_ns"),
      "ns/record",
      list.map(({ main_thread_ns, records }) => main_thread_ns / records),
    ),
  ]);
  return [...measured, ...[...failures].map(([key, reason]) => missingRow(`node_${key}`, reason))];
}

/** `absent`: why the packages of bench/package.json are missing; undefined when they are there. */
export async function measureNode({ disk, runs, wants, absent }) {
  const names = ["pqflow", "duckdb", "columns", "rows"];
  const contenders = [];
  for (const name of names)
    contenders.push(
      absent === undefined || name === "pqflow"
        ? await startContender({ name, command: process.execPath, args: [program(name), disk] })
        : { name, variants: [], reason: absent },
    );
  const started = contenders.filter(({ child }) => child !== undefined);
  try {
    const rows = rowsOf(await roundRobin(contenders, { runs, wants }));
    return { rows, versions: Object.fromEntries(started.map(({ name, version, reason }) => [`node_${name}`, version ?? reason])) };
  } finally {
    await endContenders(started);
  }
}
