/** Telemetry from TypeScript: sets built from names, null as "no reading", and a shutdown that keeps what was sampled. */
import { combineChoices } from "pqflow";
import { TelemetryAlarms, TelemetrySink } from "../../generated/telemetry_sink.js";

const READING_COUNT = 20_000;
const READINGS_PER_TURN = 1_000;
const device = Uint8Array.of(0x02, 0x42, 0xac, 0x11, 0x00, 0x02);

const sink = TelemetrySink.open(process.argv[2] ?? "telemetry.parquet", { ifExists: "replace" });
let isStopped = false;
// A signal that nobody handles would end the process before the last readings are written.
const stop = (): void => {
  isStopped = true;
};
process.once("SIGINT", stop).once("SIGTERM", stop);

function sample(sequence: number): void {
  sink.log({
    time: 1_767_623_400_000 + sequence * 100,
    device,
    sequence,
    state: "running",
    alarms: sequence % 1000 === 0 ? combineChoices(TelemetryAlarms, "vibration", "link_lost") : 0,
    temperature: sequence % 50 === 0 ? null : 20 + (sequence % 300) / 10,
    pressure: sequence % 7 === 0 ? null : 1013.25 + (sequence % 100) / 8,
    battery: 100 - Math.floor((sequence * 100) / READING_COUNT),
    vibration_rms: (sequence % 17) / 4,
  });
}

for (let sequence = 0; sequence < READING_COUNT && !isStopped; sequence++) {
  sample(sequence);
  // Logging never waits and never yields: leave the event loop its turn.
  if (sequence % READINGS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
}
await sink.close();
console.log(`${sink.stats().visibleRecords} readings`);
