/** NaNs and zeros of both signs under filters, with bounds in either order: which rows readers lose that skip by bounds. docs/adr/0015 has what follows from it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects, readColumnIndex, type SchemaElement } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FloatOrder } from "../../native/lib/descriptor.js";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { importSink } from "../native/support/generated.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { runPython, skipWithout } from "../support/readers/python.js";
import { findingsOf } from "../support/verify.js";

const SCHEMA = `
pqflow: 1
name: measured
version: 1
fields:
  - {name: row, id: 1, type: int32}
  - {name: wide, id: 2, type: double}
  - {name: narrow, id: 3, type: float, presence: optional}
  - {name: half, id: 4, type: float16}
`;
const nan = Number.NaN;
/** Row groups of two pages. */
const groups = {
  numbersAndNaN: [1, 5, nan, 2],
  nansAlone: [nan, nan, nan, nan],
  negativeZeros: [-0, -0, -0, -0],
  positiveZeros: [0, 0, 0, 0],
  zerosAndNaNs: [0, -0, nan, nan],
  negativeNumbers: [-3, -1, -2, -3],
};
const values = Object.values(groups).flat();
const columns = ["wide", "narrow", "half"] as const;
const orders = ["TYPE_ORDER", "IEEE_754_TOTAL_ORDER"] as const satisfies readonly FloatOrder[];

interface Module {
  readonly MeasuredSink: {
    open(path: string, options?: SinkOptions): RecordSink & { log(record: Readonly<Record<string, number>>): boolean };
  };
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-order-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function write(floatOrder: FloatOrder): Promise<string> {
  const path = join(folder, `${floatOrder}.parquet`);
  const { MeasuredSink } = await importSink<Module>(SCHEMA);
  const sink = MeasuredSink.open(path, { floatOrder, rowGroupRows: 4, pageRows: 2 });
  values.forEach((value, row) => expect(sink.log({ row, wide: value, narrow: value, half: value })).toBe(true));
  await sink.close();
  return path;
}

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Conditions whose rows a filter of DuckDB does not find in the file, though it finds them in a table of the same rows. */
async function lostByDuckdb(path: string, conditions: readonly string[]): Promise<readonly string[]> {
  return withDuckdb(async (connection) => {
    await connection.run(`CREATE TABLE rows AS SELECT * FROM read_parquet(${sqlText(path)})`);
    const rowsFrom = async (from: string, where: string): Promise<string> =>
      JSON.stringify((await rowsOf(connection, `SELECT row FROM ${from} WHERE ${where} ORDER BY row`)).map(({ row }) => Number(row)));
    const lost: string[] = [];
    for (const condition of conditions) {
      const isLost = await Promise.all(
        columns.map(async (column) => {
          const where = condition.replaceAll("v", `"${column}"`);
          return (await rowsFrom(`read_parquet(${sqlText(path)})`, where)) !== (await rowsFrom("rows", where));
        }),
      );
      if (isLost.includes(true)) lost.push(condition);
    }
    return lost;
  });
}

/** The same of pyarrow and Polars, for `wide` and `narrow`; FLOAT16 has no comparisons in pyarrow. */
function lostInPython(reader: "pyarrow" | "polars", path: string): readonly string[] {
  const readers = {
    pyarrow: `import pyarrow.parquet as pq, pyarrow.dataset as ds, pyarrow.compute as pc
table = pq.read_table(path)
column_of, is_nan = pc.field, pc.is_nan
in_file = lambda condition: ds.dataset(path).to_table(filter=condition)["row"].to_pylist()
in_memory = lambda condition: table.filter(condition)["row"].to_pylist()`,
    polars: `import polars as pl
frame = pl.read_parquet(path)
column_of, is_nan = pl.col, lambda column: column.is_nan()
in_file = lambda condition: pl.scan_parquet(path).filter(condition).collect()["row"].to_list()
in_memory = lambda condition: frame.filter(condition)["row"].to_list()`,
  };
  const program = `import json, operator, sys
path = sys.argv[1]
${readers[reader]}
lost = set()
def check(name, condition):
    if in_file(condition) != in_memory(condition):
        lost.add(name)
for column in map(column_of, ("wide", "narrow")):
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        for literal in (0.0, -0.0, 1.0, 4.0, 5.0, 100.0, -3.0, float("nan")):
            check(f"{name} {literal}", getattr(operator, name)(column, literal))
    check("is_nan", is_nan(column))
print(json.dumps(sorted(lost)))`;
  return JSON.parse(runPython(["-c", program, path])) as readonly string[];
}

const numberConditions = [
  "v = 0",
  "v = -0.0",
  "v < 0",
  "v <= 0",
  "v < -0.5",
  "v BETWEEN -0.5 AND 0.5",
  "v <> 1",
  "isnan(v)",
  "NOT isnan(v)",
];
/** NaN is above all numbers to DuckDB. */
const conditionsOfNaN = ["v > 4", "v >= 5", "v > 100", "v = 'NaN'", "v >= 'NaN'"];

describe.each(orders)("bounds in %s", (order) => {
  let path: string;
  beforeAll(async () => {
    path = await write(order);
  });

  it("are right to the verifier", () => expect(findingsOf(path)).toBe(""));

  it("are those of the order, and so is the column index", () => {
    const file = bytesOf(path);
    const metadata = parquetMetadata(file);
    const bounds = metadata.row_groups.map(({ columns: chunks }) => {
      const chunk = chunks[1];
      const { min_value: min, max_value: max } = chunk?.meta_data?.statistics ?? {};
      const view = new DataView(file, Number(chunk?.column_index_offset ?? 0), chunk?.column_index_length ?? 0);
      const index =
        chunk?.column_index_offset === undefined
          ? undefined
          : readColumnIndex({ view, offset: 0 }, metadata.schema[2] as SchemaElement).max_values;
      return { min, max, index };
    });
    const isTotal = order === "IEEE_754_TOTAL_ORDER";
    expect(bounds.map(({ min, max }) => [min, max])).toEqual([
      [1, 5],
      isTotal ? [nan, nan] : [undefined, undefined],
      [-0, isTotal ? -0 : 0],
      [isTotal ? 0 : -0, 0],
      [-0, 0],
      [-3, -1],
    ]);
    expect(bounds.map(({ index }) => index)).toEqual([
      [5, 2],
      isTotal ? [nan, nan] : undefined,
      isTotal ? [-0, -0] : [0, 0],
      [0, 0],
      isTotal ? [0, nan] : undefined,
      [-1, -2],
    ]);
  });

  it("leave every value to arrow-rs and hyparquet", async () => {
    const table = await readWithParquetWasm(path);
    expect([...(table.getChild("wide") ?? [])]).toEqual(values);
    const rows = await parquetReadObjects({ file: bytesOf(path) });
    expect(rows.map(({ half }) => half as number)).toEqual(values);
  });

  it("cost DuckDB no numbers, but NaNs beside numbers", async () => {
    expect(await lostByDuckdb(path, numberConditions)).toEqual([]);
    expect(await lostByDuckdb(path, conditionsOfNaN)).toEqual(conditionsOfNaN);
  });

  it("cost pyarrow NaNs in TYPE_ORDER alone: it ignores bounds in the other", (context) => {
    skipWithout(context, "pyarrow");
    expect(lostInPython("pyarrow", path)).toEqual(order === "TYPE_ORDER" ? ["is_nan", "ne -0.0", "ne 0.0"] : []);
  });

  it("cost Polars nothing", (context) => {
    skipWithout(context, "polars");
    expect(lostInPython("polars", path)).toEqual([]);
  });
});
