/** Replays the sensors of one minute of driving through the generated TypeScript classes. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { buildReplay } from "./native-program.js";
import { readNumpy } from "./npy.js";
import { PatientSink, type FieldValue } from "./patient-sink.js";

async function replayCan(logs: string, folder: string): Promise<void> {
  const [t, address, source, data] = ["t", "address", "src", "data"].map((name) => readNumpy(join(logs, "CAN/raw_can", `${name}.npy`)));
  const sink = await PatientSink.open(folder, "can_frame");
  for (let row = 0; row < (t?.rows ?? 0); row++) {
    await sink.log({
      t: t?.number(row) as number,
      address: address?.number(row) as number,
      source: source?.number(row) as number,
      data: data?.bytes(row) as Uint8Array,
    });
  }
  await sink.close();
}

/** A sensor's `t` and `value` arrays; what a column holds, by its name in the schema. */
async function replaySensor(
  sensor: string,
  folder: string,
  schema: string,
  columns: Readonly<Record<string, (value: number) => FieldValue>>,
): Promise<void> {
  const [t, value] = ["t", "value"].map((name) => readNumpy(join(sensor, `${name}.npy`)));
  const names = Object.entries(columns);
  if (t === undefined || value?.columns !== names.length || value.rows !== t.rows) throw new Error(`${sensor}: another shape`);
  const sink = await PatientSink.open(folder, schema);
  for (let row = 0; row < t.rows; row++) {
    const values = names.map(([name, convert], column) => [name, convert(value.number(row, column))] as const);
    await sink.log({ t: t.number(row), ...Object.fromEntries(values) });
  }
  await sink.close();
}

/** The same frames through C; the file has to be the same. */
function replayCanThroughC(logs: string, folder: string): void {
  const program = buildReplay(folder, "can_replay.c", ["can_frame"]);
  const arrays = ["t", "address", "src", "data"].map((name) => join(logs, "CAN/raw_can", `${name}.npy`));
  execFileSync(program, [...arrays, join(folder, "can_frame_c.parquet")]);
}

const asIs = (value: number): FieldValue => value;
const unlessNan = (value: number): FieldValue => (Number.isNaN(value) ? null : value);
const flag = (value: number): FieldValue => value === 1;

const RADAR = {
  distance: asIs,
  left: asIs,
  relative_speed: asIs,
  relative_acceleration: asIs,
  relative_yaw_speed: asIs,
  track: asIs,
  is_new: flag,
};
const LOCATION = { latitude: asIs, longitude: asIs, speed: asIs, utc: asIs, altitude: asIs, bearing: asIs };
const MEASUREMENT = {
  prn: asIs,
  gps_week: asIs,
  time_of_week: asIs,
  glonass_channel: unlessNan,
  pseudorange: asIs,
  pseudorange_std: asIs,
  pseudorange_rate: asIs,
  pseudorange_rate_std: asIs,
  signal: asIs,
  carrier_phase: asIs,
};
const AXES = { forward: asIs, right: asIs, down: asIs };

export async function replayComma2k19(folder: string, [logs]: readonly string[]): Promise<void> {
  const sensor = (path: string): string => join(logs as string, path);
  await replayCan(logs as string, folder);
  replayCanThroughC(logs as string, folder);
  await replaySensor(sensor("CAN/radar"), folder, "radar_point", RADAR);
  await replaySensor(sensor("CAN/radar"), folder, "radar_point_nullable", RADAR);
  await replaySensor(sensor("IMU/accelerometer"), folder, "accelerometer", AXES);
  await replaySensor(sensor("GNSS/live_gnss_ublox"), folder, "gnss_location", LOCATION);
  await replaySensor(sensor("GNSS/raw_gnss_ublox"), folder, "gnss_measurement", MEASUREMENT);
}
