/** Replays nycflights' weather (CSV) and the airlines' on-time table (Avro, read by avsc) through the generated TypeScript classes. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { createFileDecoder } from "avsc";
import { PatientSink, type FieldValue, type FieldValues } from "./patient-sink.js";

function weatherValue(name: string, cell: string): FieldValue {
  if (cell === "NA") return null;
  if (name === "time_hour") return Date.parse(cell);
  return name === "origin" ? cell : Number(cell);
}

async function replayWeather(csv: string, folder: string): Promise<void> {
  const sink = await PatientSink.open(folder, "weather");
  let names: readonly string[] | undefined;
  for await (const line of createInterface({ input: createReadStream(csv).pipe(createGunzip()) })) {
    const cells = line.split(",");
    if (names === undefined) names = cells;
    else await sink.log(Object.fromEntries(names.map((name, index) => [name, weatherValue(name, cells[index] as string)])));
  }
  await sink.close();
}

/** CRSDepTime is crs_dep_time, DayofMonth dayof_month. */
const snakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

const FLAGS = new Set(["dep_del15", "arr_del15", "cancelled", "diverted", "div_reached_dest"]);
const REASONS: Readonly<Record<string, string>> = { A: "carrier", B: "weather", C: "national_air_system", D: "security" };
const MS_PER_DAY = 86_400_000;

function flightValue(name: string, value: string | number | null): FieldValue {
  if (value === null) return null;
  if (FLAGS.has(name)) return value === 1;
  if (name === "flight_date") return Date.parse(value as string) / MS_PER_DAY;
  return name === "cancellation_code" ? (REASONS[value] ?? null) : value;
}

type Flight = Readonly<Record<string, string | number | null | readonly unknown[]>>;

function flightRecord(flight: Flight): FieldValues {
  return Object.fromEntries(
    Object.entries(flight).flatMap(([column, value]) => {
      const name = snakeCase(column);
      return Array.isArray(value) ? [] : [[name, flightValue(name, value as string | number | null)]];
    }),
  );
}

async function replayFlights(avro: string, folder: string): Promise<void> {
  const sink = await PatientSink.open(folder, "flight");
  for await (const flight of createFileDecoder(avro) as AsyncIterable<Flight>) await sink.log(flightRecord({ ...flight }));
  await sink.close();
}

export async function replayWide(folder: string, [weather, flights]: readonly string[]): Promise<void> {
  await replayWeather(weather as string, folder);
  await replayFlights(flights as string, folder);
}
