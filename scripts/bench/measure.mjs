// All parts of the bench, one after the other: rows and versions.
import { join } from "node:path";
import { step } from "../lib/step.mjs";
import { nodeRows, programRows, runProgram } from "./programs.mjs";
import { measureWriters } from "./writer-part.mjs";

/** Files of records that all contenders begin with. */
async function orderFiles({ memory, disk }, records) {
  const slots = join(disk, "orders.slots");
  const source = join(disk, "orders.parquet");
  await runProgram("make_orders", [records, slots]);
  await runProgram("make_source", ["orders", slots, source]);
  return { slots, source, memory, disk };
}

function partsOf(plan, folders, absent) {
  const { memory, disk } = folders;
  const withRows = (rows) => ({ rows, versions: {} });
  return {
    "hot path": async () => withRows(await programRows("hot_path", [memory, plan.runs, plan.hotPathBursts])),
    idle: async () => withRows(await programRows("idle", [memory, plan.runs, plan.idle_ms])),
    writers: async () => {
      const files = await orderFiles(folders, plan.writerRecords);
      return measureWriters({
        schema: "orders",
        prefix: "writer",
        files,
        records: plan.writerRecords,
        runs: plan.runs,
        wants: plan.writerWants,
        absent,
      });
    },
    pipeline: async () => withRows(await programRows("pipeline", [disk, plan.runs, plan.pipelineRecords])),
    node: async () => withRows(await nodeRows("node", [disk, plan.nodeRuns, plan.nodeRecords])),
  };
}

/** `absent`: contenders that were not installed, by reason. */
export async function measureAll(plan, folders, absent) {
  const rows = [];
  const versions = {};
  for (const [name, part] of Object.entries(partsOf(plan, folders, absent))) {
    await step(name, async () => {
      const measured = await part();
      rows.push(...measured.rows);
      Object.assign(versions, measured.versions);
      return `${measured.rows.length} rows`;
    });
  }
  return { rows, versions };
}
