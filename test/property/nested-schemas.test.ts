/** Random nested schemas: generated, compiled under the strict flags, logged to from C, read back by two readers. PQFLOW_NESTED_RUNS and PQFLOW_NESTED_SEED choose others. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordLayout } from "../../generator/src/layout/model.js";
import { loadSchema } from "../../generator/src/load.js";
import { planC } from "../../generator/src/plan/c.js";
import { renderC } from "../../generator/src/render/c.js";
import type { Schema } from "../../generator/src/schema/model.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { type Json, type NestedCase, nestedCase, schemaText } from "./nested/case.js";
import { type PlannedNested, runProgram } from "./nested/program.js";
import { recordBytes } from "./nested/record-bytes.js";
import { logFromTypeScript } from "./nested/typescript.js";

const numberFrom = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const seed = numberFrom("PQFLOW_NESTED_SEED", 20261123);
const runs = numberFrom("PQFLOW_NESTED_RUNS", 24);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-nested-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface LoadedNested extends PlannedNested {
  readonly schema: Schema;
  readonly layout: RecordLayout;
}

function plan(random: NestedCase, name: string): LoadedNested {
  const text = schemaText(name, random);
  const { schema, layout, diagnostics } = loadSchema({ path: "schema.yaml", text });
  if (schema === undefined || layout === undefined) throw new Error(`${diagnostics[0]?.message ?? ""}\n${text}`);
  writeFileSync(join(folder, `${name}.records`), recordBytes(layout, random));
  const planned = planC(schema, layout);
  return { schema, layout, plan: planned, generated: renderC(planned) };
}

/** Lists in lists may ask for a record above the largest there is. */
function fits(random: NestedCase): boolean {
  const { diagnostics } = loadSchema({ path: "schema.yaml", text: schemaText("n", random) });
  return diagnostics.every(({ code }) => code !== "PQ3101");
}

/** As JSON: 64-bit integers as numbers, bytes as text, what a reader leaves out as null. */
function plain(_: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
}

async function readWithHyparquet(path: string): Promise<readonly Json[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors });
  return JSON.parse(JSON.stringify(rows, plain)) as readonly Json[];
}

async function readWithDuckdb(path: string): Promise<readonly Json[]> {
  const rows = await withDuckdb((connection) =>
    rowsOf(connection, `SELECT to_json(t)::VARCHAR AS row FROM read_parquet(${sqlText(path)}) AS t`),
  );
  return rows.map(({ row }) => JSON.parse(String(row)) as Json);
}

describe(`random nested schemas of seed ${seed}`, () => {
  it("give files that hold what was logged from C, and the same bytes from TypeScript", async () => {
    const cases = fc.sample(nestedCase.filter(fits), { seed, numRuns: runs });
    const planned = cases.map((random, index) => plan(random, `n${index}`));
    expect(await runProgram(planned, folder)).toBe("");
    for (const [index, random] of cases.entries()) {
      const path = join(folder, `n${index}.parquet`);
      const text = schemaText(`n${index}`, random);
      expect(await readWithHyparquet(path), `hyparquet\n${text}`).toEqual(random.rows);
      expect(await readWithDuckdb(path), `DuckDB\n${text}`).toEqual(random.rows);
      const { schema, layout } = planned[index] ?? plan(random, `n${index}`);
      await logFromTypeScript(random, schema, layout, folder);
      const isSame = readFileSync(join(folder, `n${index}-ts.parquet`)).equals(readFileSync(path));
      expect(isSame, `TypeScript gives other bytes than C\n${text}`).toBe(true);
    }
  }, 1_200_000);
});
