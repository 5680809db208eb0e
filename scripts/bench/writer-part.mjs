// The writer's rows: pqflow and its peers write the same records in turn.
import { join } from "node:path";
import { availableParallelism } from "node:os";
import { benchBuildDir, benchProgram, pythonDir } from "./folders.mjs";
import { endContenders, roundRobin, startContender } from "./contenders.mjs";
import { rowsOfOutcomes } from "./rows.mjs";
import { rootDir } from "../lib/paths.mjs";

/** Memory that was given back is not asked for again: peers keep what they have, as pqflow does. */
const retaining = {
  ARROW_DEFAULT_MEMORY_POOL: "mimalloc",
  MIMALLOC_PURGE_DELAY: "-1",
  MALLOC_TRIM_THRESHOLD_: String(2 ** 32),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TOP_PAD_: String(2 ** 26),
};

/** Writers run alone on the last processor; what leads the bench sleeps meanwhile. */
const writerProcessor = availableParallelism() - 1;

const python = (name, threads, { source, memory, disk }) => ({
  command: "python3",
  args: ["-B", join(rootDir, "bench", "rivals", "python", `${name}_contender.py`), String(threads), source, memory, disk],
  env: { ...retaining, PYTHONPATH: pythonDir, POLARS_MAX_THREADS: String(threads) },
});

/** It knows the orders alone. */
const arrowRs = ({ slots, memory, disk }) => ({
  name: "arrow_rs",
  command: join(benchBuildDir, "arrow-rs", "release", "pqflow-bench-arrow-rs"),
  args: [slots, memory, disk],
  env: retaining,
  processor: writerProcessor,
});

function contendersOf(schema, files) {
  const { slots, memory, disk } = files;
  const processor = writerProcessor;
  const all = availableParallelism();
  const native = { args: [schema, slots, memory, disk], env: retaining, processor };
  return [
    { name: "pqflow", command: benchProgram("writer"), ...native },
    { name: "arrow", command: benchProgram("rivals", "arrow", "arrow"), ...native },
    ...(schema === "orders" ? [arrowRs(files)] : []),
    { name: "duckdb", ...python("duckdb", 1, files), processor },
    { name: "polars", ...python("polars", 1, files), processor },
    { name: "duckdb_all_processors", ...python("duckdb", all, files) },
    { name: "polars_all_processors", ...python("polars", all, files) },
  ];
}

/** Which variants are worth their time: rows by StreamWriter take ten times as long as all others. */
function isWorthIt(contender, variant) {
  if (variant.startsWith("streamwriter")) return variant.endsWith("_tmpfs");
  return contender.endsWith("_all_processors") ? variant.endsWith("_tmpfs") : true;
}

/**
 * `files`: slots, source, memory, disk. `absent`: reasons of contenders that were not installed. Returns `{ rows, versions }`; rows are
 * named `<prefix>_<contender>_<mode>_<target>_…`.
 */
export async function measureWriters({ schema, prefix, files, records, runs, wants = () => true, absent = {} }) {
  const contenders = [];
  for (const contender of contendersOf(schema, files)) {
    const reason = absent[contender.name.replace("_all_processors", "")];
    contenders.push(reason === undefined ? await startContender(contender) : { name: contender.name, variants: [], reason });
  }
  const started = contenders.filter(({ child }) => child !== undefined);
  try {
    const result = await roundRobin(contenders, { runs, wants: (...turn) => isWorthIt(...turn) && wants(...turn) });
    const versions = Object.fromEntries(started.filter(({ version }) => version !== undefined).map(({ name, version }) => [name, version]));
    return { rows: rowsOfOutcomes(prefix, result, records), versions };
  } finally {
    await endContenders(started);
  }
}
