/** A C program and a TypeScript program log the same records: their files are the same bytes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { importSink } from "../native/support/generated.js";
import { projectPath } from "../support/paths.js";
import { staticRuntime } from "../support/static-runtime.js";
import { generateC } from "./schemas.js";

interface Sink extends RecordSink {
  log(record: Record<string, unknown>): boolean;
}
interface ValuesModule {
  readonly ValuesSink: { open(path: string, options?: SinkOptions): Sink };
}

const yaml = readFileSync(projectPath("test/compile/programs/values.yaml"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "pqflow-values-"));
afterAll(() => rmSync(folder, { recursive: true }));

function writeFromC(flags: readonly string[]): Buffer {
  const { header, source } = generateC(yaml);
  for (const { path, text } of [header, source]) writeFileSync(join(folder, path), text);
  const includes = [`-I${projectPath("runtime/include")}`, `-I${folder}`];
  const objects = [projectPath("test/compile/programs/values.c"), join(folder, source.path)].map((path, index) => {
    const object = join(folder, `values${index}.o`);
    execFileSync("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", ...includes, ...flags, "-c", path, "-o", object]);
    return object;
  });
  const program = join(folder, "values");
  execFileSync("g++", [...objects, ...staticRuntime(), "-o", program]);
  const file = join(folder, "c.parquet");
  rmSync(file, { force: true });
  execFileSync(program, [file]);
  return readFileSync(file);
}

const term = { months: 14, days: 2 ** 32 - 1, milliseconds: 5 };
const document = Uint8Array.of(9, 0, 0, 0, 8, 97, 0, 1, 0);
const required = { half: 0.1, legacy: -1n, term, document, amount: -129, code: "AB", listed: "one", kept: 5 };
const whole = {
  number: 1,
  half: 0.1,
  nan_half: 0.25,
  sentinel_half: 0.5,
  bit_half: 2.5,
  legacy: 1000,
  term,
  maybe_term: term,
  document,
  maybe_document: document,
  blob: Uint8Array.of(255),
  amount: 5,
  code: "ABCD",
  tag: "t",
  listed: 1,
  kept: 5,
  known: 9,
  given: 1,
  given_bit: 3,
  given_null: 2,
  given_half: 0.5,
  given_float: 0.5,
  given_double: 0.5,
  given_zero: null,
  given_text: "x",
  given_padded: "y",
  given_bytes: Uint8Array.of(122),
  given_fixed: Uint8Array.of(1, 2, 3),
  given_term: term,
  given_wide: 5,
  given_known: "bid",
  given_flag: false,
  given_u64: 1,
};
const optional = ["nan_half", "sentinel_half", "bit_half", "maybe_term", "maybe_document", "blob", "tag", "known"];
const optionalGiven = ["given_bit", "given_null", "given_zero", "given_text", "given_fixed", "given_term"];
const nothing = Object.fromEntries([...optional, ...optionalGiven].map((name) => [name, null]));

async function writeFromTypeScript(): Promise<Buffer> {
  const { ValuesSink } = await importSink<ValuesModule>(yaml);
  const path = join(folder, "typescript.parquet");
  rmSync(path, { force: true });
  const sink = ValuesSink.open(path, { codec: "UNCOMPRESSED", metadata: "schema_only" });
  sink.log(whole);
  sink.log({ ...whole, ...nothing, number: 2 });
  sink.log({ ...required, number: 3 });
  sink.log({ ...required, number: 4 });
  await sink.close();
  expect(sink.stats().invalidValues).toBe(0);
  return readFileSync(path);
}

it.each([
  ["optimized", ["-O2"]],
  ["with poisoned slots", ["-O0", "-DPQFLOW_DEBUG"]],
])("rare types, unknown codes and defaults give the same file from C (%s) and from TypeScript", async (_, flags) => {
  const bytes = writeFromC(flags);
  expect(bytes.length).toBeGreaterThan(2000);
  expect(bytes.equals(await writeFromTypeScript())).toBe(true);
});

it("refuses NaN for a half with limits, as validate does", async () => {
  const { ValuesSink } = await importSink<ValuesModule>(yaml);
  const sink = ValuesSink.open(join(folder, "refused.parquet"));
  expect(() => sink.log({ ...whole, half: Number.NaN })).toThrow(new RangeError("half: NaN is above max_value 100"));
  await sink.close();
});
