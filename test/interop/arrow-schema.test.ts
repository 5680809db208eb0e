/** Files that carry their Arrow schema: readers that go by it read every type of the language, give back the types it names, and the values that they give without it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSchema } from "../../generator/src/load.js";
import { planTypeScript } from "../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../generator/src/render/typescript.js";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { runPython, skipWithout } from "../support/readers/python.js";
import { findingsOf } from "../support/verify.js";
import { recordOf } from "./arrow-values.js";

const ROWS = 60;
const folder = mkdtempSync(join(tmpdir(), "pqflow-arrow-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface SinkClass {
  open(path: string, options: SinkOptions): RecordSink & { log(record: Readonly<Record<string, unknown>>): boolean };
}

/** `parquet: {arrow_schema: …}` put into a schema of the generator's own cases. */
function schemaText(name: string, hasArrowSchema: boolean): string {
  const text = readFileSync(projectPath(`test/generator/cases/valid/${name}/schema.yaml`), "utf8").replace(/^ *arrow_schema: .*\n/m, "");
  const line = `  arrow_schema: ${String(hasArrowSchema)}\n`;
  return text.includes("\nparquet:\n") ? text.replace("\nparquet:\n", `\nparquet:\n${line}`) : `${text}parquet:\n${line}`;
}

/** Logs from the generated class; row groups of 25 rows, so that dictionaries begin anew. */
async function write(name: string, hasArrowSchema: boolean): Promise<string> {
  const { schema, layout, diagnostics } = loadSchema({ path: "schema.yaml", text: schemaText(name, hasArrowSchema) });
  if (schema === undefined || layout === undefined) throw new Error(diagnostics[0]?.message);
  const [file] = renderTypeScript(planTypeScript(schema, layout));
  mkdirSync(projectPath(".cache"), { recursive: true });
  const modules = mkdtempSync(projectPath(".cache/arrow-"));
  const path = join(folder, `${name}-${hasArrowSchema ? "arrow" : "plain"}.parquet`);
  try {
    const modulePath = join(modules, file?.path ?? "");
    writeFileSync(modulePath, file?.text ?? "");
    const module = (await import(/* @vite-ignore */ pathToFileURL(modulePath).href)) as Readonly<Record<string, unknown>>;
    const [, found] = Object.entries(module).find(([key]) => key.endsWith("Sink")) ?? [];
    const sink = (found as SinkClass).open(path, { ringSlots: 64, peakRecordsPerS: 0, rowGroupRows: 25, pageRows: 10 });
    for (let row = 0; row < ROWS; row++) if (!sink.log(recordOf(schema.fields, row))) throw new Error(`row ${row} was dropped`);
    sink.closeSync();
  } finally {
    rmSync(modules, { recursive: true });
  }
  return path;
}

interface PyarrowTypes {
  readonly stored: Readonly<Record<string, string>>;
  readonly read: Readonly<Record<string, string>>;
  readonly plain: Readonly<Record<string, string>>;
  readonly unequal: readonly string[];
}

/** The columns that differ. An INTERVAL is refused without the variable. */
function differencesInPolars(path: string, plainPath: string): string {
  const program = `import os, sys
os.environ["POLARS_IMPORT_INTERVAL_AS_STRUCT"] = "1"
import polars
def text(values):
    return [value.decode() if isinstance(value, bytes) else value for value in values]
left, right = (polars.read_parquet(path) for path in sys.argv[1:])
print([name for name in right.columns if left[name].to_list() != (text if name == "raw" else list)(right[name].to_list())])`;
  return runPython(["-c", program, path, plainPath]).trim();
}

describe.each(["every-type", "rare-types", "nested"])("files of the schema %s", (name) => {
  let path: string;
  let plainPath: string;

  beforeAll(async () => {
    path = await write(name, true);
    plainPath = await write(name, false);
  });

  it("carry the Arrow schema where it is wanted, and have no finding", () => {
    const keysOf = (file: string): readonly string[] => {
      const bytes = readFileSync(file);
      const metadata = parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
      return (metadata.key_value_metadata ?? []).map(({ key }) => key);
    };
    expect(keysOf(path)).toContain("ARROW:schema");
    expect(keysOf(plainPath)).not.toContain("ARROW:schema");
    expect(findingsOf(path)).toBe("");
  });

  it("are read by arrow-rs, with the same values", async () => {
    const [table, plain] = [await readWithParquetWasm(path), await readWithParquetWasm(plainPath)];
    expect(table.numRows).toBe(ROWS);
    const printed = (value: unknown): string =>
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "undefined";
    expect(table.schema.fields.map(({ name: column }) => column)).toEqual(plain.schema.fields.map(({ name: column }) => column));
    for (const { name: column } of plain.schema.fields)
      for (let row = 0; row < ROWS; row++)
        expect(printed(table.getChild(column)?.get(row)), `${column}, row ${row}`).toBe(printed(plain.getChild(column)?.get(row)));
  });

  it("are read by DuckDB with the same values", async () => {
    await withDuckdb(async (connection) => {
      const rows = async (file: string): Promise<unknown> =>
        rowsOf(connection, `SELECT to_json(t)::VARCHAR AS row FROM read_parquet(${sqlText(file)}) AS t`);
      expect(await rows(path)).toEqual(await rows(plainPath));
    });
  });

  it("give pyarrow the types that the schema names, and the same values", (context) => {
    skipWithout(context, "pyarrow");
    const { stored, read, unequal } = JSON.parse(
      runPython([projectPath("test/interop/read_arrow_schema.py"), path, plainPath]),
    ) as PyarrowTypes;
    expect(unequal).toEqual([]);
    expect(read).toEqual(stored);
  });

  if (name === "rare-types") {
    it("are not read by Polars, for their INTERVAL, as docs/schema.md says", (context) => {
      skipWithout(context, "polars");
      expect(() => differencesInPolars(path, plainPath)).toThrow("Arrow Field dtype does not match");
    });
  } else {
    // It takes JSON for bytes without an Arrow schema.
    it("are read by Polars with the same values", (context) => {
      skipWithout(context, "polars");
      expect(differencesInPolars(path, plainPath)).toBe("[]");
    });
  }
});
