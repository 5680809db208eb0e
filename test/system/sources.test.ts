/** Fields that nobody gives: filled from the clock and with the record's number, alike in C, C++ and TypeScript. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { holdClock } from "../../native/lib/clock.js";
import { type RecordSink, type SinkOptions } from "../../native/lib/index.js";
import { generateC } from "../compile/schemas.js";
import { importSink } from "../native/support/generated.js";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { staticRuntime } from "../support/static-runtime.js";

interface Beat {
  readonly pulse: number;
  readonly note?: string | null;
}
interface BeatsModule {
  readonly BeatsSink: {
    open(
      path: string,
      options?: SinkOptions,
    ): RecordSink & {
      log(record: Beat): boolean;
      logFields(pulse: number, note: string | null | undefined): boolean;
    };
  };
}

/** 2024-02-29T12:34:56.123456789Z. */
const heldNs = 1_709_210_096_123_456_789n;
const options: SinkOptions = { codec: "UNCOMPRESSED", metadata: "schema_only" };
const yaml = readFileSync(projectPath("test/compile/programs/beats.yaml"), "utf8");

let folder: string;
let module: BeatsModule;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-sources-"));
  const { header, source } = generateC(yaml);
  for (const { path, text } of [header, source]) writeFileSync(join(folder, path), text);
  compile("gcc", join(folder, source.path), "descriptor.o", ["-std=c11"]);
  module = await importSink<BeatsModule>(yaml);
});

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => holdClock(undefined));

function compile(command: "gcc" | "g++", source: string, object: string, flags: readonly string[]): void {
  const includes = [`-I${projectPath("runtime/include")}`, `-I${folder}`];
  execFileSync(command, ["-O2", "-Wall", "-Wextra", "-Werror", ...includes, ...flags, "-c", source, "-o", join(folder, object)]);
}

function runProgram(program: "beats.c" | "beats.cpp", flags: readonly string[]): string {
  const stem = `${program.replace(".", "_")}${flags.length}`;
  compile(program === "beats.c" ? "gcc" : "g++", projectPath(`test/compile/programs/${program}`), `${stem}.o`, flags);
  execFileSync("g++", [join(folder, `${stem}.o`), join(folder, "descriptor.o"), ...staticRuntime(), "-o", join(folder, stem)]);
  const path = join(folder, `${stem}.parquet`);
  rmSync(path, { force: true });
  execFileSync(join(folder, stem), [path]);
  return path;
}

function logFromTypeScript(name: string): string {
  const path = join(folder, name);
  const sink = module.BeatsSink.open(path, options);
  sink.logFields(1, "fields");
  sink.log({ pulse: 2 });
  sink.log({ pulse: 3, note: "record" });
  sink.log({ pulse: 4, note: "record" });
  sink.log({ pulse: 5, note: "record" });
  sink.closeSync();
  return path;
}

async function read(path: string, columns: string): Promise<readonly Record<string, unknown>[]> {
  return withDuckdb((connection) => rowsOf(connection, `SELECT ${columns} FROM ${sqlText(path)}`));
}

const held = [`-DHELD_NS=INT64_C(${heldNs})`];

describe("fields with a source", () => {
  it("hold the time in their unit, cut and not rounded, and the record's number", async () => {
    const path = runProgram("beats.c", ["-std=c11", ...held]);
    const columns = `epoch_us(at_ns)::VARCHAR AS at_ns, pulse::INTEGER AS pulse, epoch_ns(unaligned_ns)::VARCHAR AS unaligned_ns,
      at_us::VARCHAR AS at_us, at_ms::VARCHAR AS at_ms, of_day_us::VARCHAR AS of_day_us, of_day_ms::VARCHAR AS of_day_ms, "day"::VARCHAR AS "day",
      number::INTEGER AS number, signed_number::INTEGER AS signed_number, note`;
    const filled = {
      at_ns: (heldNs / 1000n).toString(),
      unaligned_ns: heldNs.toString(),
      at_us: "2024-02-29 12:34:56.123456",
      at_ms: "2024-02-29 12:34:56.123",
      of_day_us: "12:34:56.123456",
      of_day_ms: "12:34:56.123",
      day: "2024-02-29",
    };
    expect(await read(path, columns)).toEqual([
      { ...filled, pulse: 1, number: 0, signed_number: 0, note: "fields" },
      { ...filled, pulse: 2, number: 1, signed_number: 1, note: null },
      { ...filled, pulse: 3, number: 2, signed_number: 2, note: "record" },
      { ...filled, pulse: 4, number: 3, signed_number: 3, note: "record" },
      { ...filled, pulse: 5, number: 4, signed_number: 4, note: "record" },
    ]);
  });

  it("give the same bytes from C, C++ and TypeScript when the clock stands still", () => {
    const fromC = readFileSync(runProgram("beats.c", ["-std=c11", ...held]));
    holdClock(heldNs);
    expect(readFileSync(runProgram("beats.cpp", ["-std=c++11", ...held])).equals(fromC)).toBe(true);
    expect(readFileSync(logFromTypeScript("held.parquet")).equals(fromC)).toBe(true);
  });

  it.each(["beats.c", "beats.cpp", "TypeScript"] as const)("hold the time of logging, from %s", async (program) => {
    const before = BigInt(Date.now()) * 1_000_000n;
    const path = program === "TypeScript" ? logFromTypeScript("now.parquet") : runProgram(program, []);
    const after = BigInt(Date.now() + 1) * 1_000_000n;
    const rows = await read(path, "epoch_ns(unaligned_ns) AS ns, epoch_ms(at_ms) AS ms, epoch_us(at_us) AS us");
    const times = rows.map((row) => row["ns"] as bigint);
    expect(times).toHaveLength(5);
    expect(times.every((time) => time >= before && time <= after)).toBe(true);
    expect(times).toEqual([...times].sort());
    for (const { ns, ms, us } of rows as readonly Record<string, bigint>[]) {
      expect(us).toBe((ns ?? 0n) / 1000n);
      expect(ms).toBe((ns ?? 0n) / 1_000_000n);
    }
  });

  it("number the accepted records without a hole, whatever was refused", async () => {
    const path = join(folder, "numbers.parquet");
    const sink = module.BeatsSink.open(path, { ...options, ringSlots: 64, slotRelease: "when_persisted", rowGroupRows: 16 });
    let accepted = 0;
    for (let pulse = 0; pulse < 300; pulse++) accepted += sink.log({ pulse: pulse & 0xff }) ? 1 : 0;
    sink.closeSync();
    const rows = await read(path, "number::INTEGER AS number");
    expect(rows.map((row) => row["number"])).toEqual(Array.from({ length: accepted }, (_, index) => index));
  });
});
