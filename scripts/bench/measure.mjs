// All parts of the bench, one after the other: rows and versions.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { step, StepFailure } from "../lib/step.mjs";
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

const capturePath = join(rootDir, "..", "shared", "data", "binance", "usdm_btcusdt_20240808.gz");

/** The largest real capture, everybody's default settings, to memory. */
async function measureCapture(plan, folders, absent) {
  if (!existsSync(capturePath)) return [missingRow("capture", "the captures are not beside the checkout")];
  const slots = join(folders.disk, "depth.slots");
  const source = join(folders.disk, "depth.parquet");
  const layout = join(rootDir, "generated", "binance_depth.pqflow.json");
  const made = await run("python3", ["-B", join(rootDir, "bench", "make_depth.py"), layout, capturePath, slots]);
  if (!made.ok) throw new StepFailure(`make_depth.py (${made.ending})`, { output: made.output });
  await runProgram("make_source", ["binance_depth", slots, source]);
  return measureWriters({
    schema: "binance_depth",
    prefix: "capture",
    files: { ...folders, slots, source },
    records: Number(made.output),
    runs: plan.runs,
    wants: (contender, variant) => variant.endsWith("_tmpfs") && !contender.endsWith("_all_processors"),
    absent,
  });
}

const missingQueues = (missing) =>
  Object.entries(missing).flatMap(([name, reason]) => [`push_${name}_ns`, `handover_${name}_ns`].map((row) => missingRow(row, reason)));

/** Each answers rows, or rows and versions. */
function partsOf(plan, folders, missing) {
  const { memory, disk } = folders;
  const { runs } = plan;
  return {
    placement: () => programRows("ping_pong", [runs, plan.pingPongBatches]),
    "hot path": () => programRows("hot_path", [memory, runs, plan.hotPathBursts]),
    paced: () => programRows("paced", [memory, runs, plan.pacedSamples]),
    "hand-over": async () => [...(await programRows("handover", [runs, plan.handoverBursts])), ...missingQueues(missing.queues)],
    columnarizer: () => programRows("columnarizer", [runs, plan.kernelRepetitions]),
    encoders: () => programRows("encoders", [runs, plan.kernelRepetitions]),
    writers: () => measureOrders(plan, folders, missing.contenders),
    capture: () => measureCapture(plan, folders, missing.contenders),
    ...(plan.scalingValues === 0
      ? {}
      : {
          scaling: async () => [
            ...(await programRows("scaling", [runs, plan.scalingValues])),
            ...(await programRows("lanes", [runs, plan.laneRounds])),
          ],
        }),
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
