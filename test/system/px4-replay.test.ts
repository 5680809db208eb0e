/** Real input: one topic of a drone's flight log, logged as the autopilot's own struct with its padding. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describeReplay } from "./replay/describe-replay.js";
import { buildReplay } from "./replay/native-program.js";

describeReplay({
  title: "PX4's sensor_combined through a registered struct with padding",
  captures: ["px4/sample_log_small.ulg"],
  write: async (folder, [log]) => {
    const program = buildReplay(folder, "px4_replay.cpp", ["px4_sensor_combined"]);
    execFileSync(program, [log as string, join(folder, "px4_sensor_combined.parquet")]);
  },
  expected: "px4.py",
  rows: { px4_sensor_combined: 1_298 },
});
