// All parts of the bench, one after the other: rows and versions.
import { join } from "node:path";
import { step } from "../lib/step.mjs";
import { measureNode } from "./node-part.mjs";
import { nodeRows, programRows, runProgram } from "./programs.mjs";
import { missingRow } from "./rows.mjs";
import { measureWriters } from "./writer-part.mjs";

/** Files of records that all contenders begin with. */
async function orderFiles({ memory, disk }, records) {
  const slots = join(disk, "orders.slots");
  const source = join(disk, "orders.parquet");
  await runProgram("make_orders", [records, slots]);
  await runProgram("make_source", ["orders", slots, source]);
  return { slots, source, memory, disk };
}

async function measureOrders(plan, folders, absent) {
  const files = await orderFiles(folders, plan.writerRecords);
  const { writerRecords: records, runs, writerWants: wants } = plan;
  return measureWriters({ schema: "orders", prefix: "writer", files, records, runs, wants, absent });
}

const missingQueues = (missing) =>
  Object.entries(missing).flatMap(([name, reason]) => [`push_${name}_ns`, `handover_${name}_ns`].map((row) => missingRow(row, reason)));

/** Each answers rows, or rows and versions. */
function partsOf(plan, folders, missing) {
  const { memory, disk } = folders;
  const { runs } = plan;
  return {
    "hot path": () => programRows("hot_path", [memory, runs, plan.hotPathBursts]),
    paced: () => programRows("paced", [memory, runs, plan.pacedSamples]),
    "hand-over": async () => [...(await programRows("handover", [runs, plan.handoverBursts])), ...missingQueues(missing.queues)],
    columnarizer: () => programRows("columnarizer", [runs, plan.kernelRepetitions]),
    encoders: () => programRows("encoders", [runs, plan.kernelRepetitions]),
    writers: () => measureOrders(plan, folders, missing.contenders),
    pipeline: () => programRows("pipeline", [disk, runs, plan.pipelineRecords]),
    "fixed rates": () => programRows("fixed_rate", [disk, plan.fixedRateRuns, plan.fixedRateRecords]),
    "node log": () => nodeRows("node", [disk, runs]),
    "node stall": () => nodeRows("node-stall", [disk, runs, plan.nodeOrders]),
    node: () => measureNode({ disk, runs, wants: plan.nodeWants, absent: missing.npm }),
    idle: () => programRows("idle", [memory, runs, plan.idle_ms]),
  };
}

/** `missing`: peers that were not installed, by reason. */
export async function measureAll(plan, folders, missing) {
  const rows = [];
  const versions = {};
  for (const [name, part] of Object.entries(partsOf(plan, folders, missing))) {
    await step(name, async () => {
      const measured = await part();
      const list = Array.isArray(measured) ? measured : measured.rows;
      rows.push(...list);
      Object.assign(versions, measured.versions ?? {});
      return `${list.length} rows`;
    });
  }
  return { rows, versions };
}
