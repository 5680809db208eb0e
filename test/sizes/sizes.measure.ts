/** Started by scripts/bench-sizes.mjs: sizes of the real captures' files, ours and the peers', as JSON into the file that PQFLOW_SIZES_JSON names. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";
import { rowsOf, withDuckdb } from "../support/readers/duckdb.js";
import { canImportPyarrow, runPython } from "../support/readers/python.js";
import { captures } from "./captures.js";
import { isPresent, measureCapture, type OwnWay, type TableSizes } from "./measure.js";

/** The first one is the default, and what peers are given to read. */
const WAYS: readonly OwnWay[] = (["small", "fast", "widest"] as const).map((profile) => ({
  name: profile,
  parquetBlock: `{profile: ${profile}}`,
  options: { profile },
}));

async function duckdbVersion(): Promise<string> {
  const [row] = await withDuckdb((connection) => rowsOf(connection, "SELECT version() AS version"));
  return String(row?.["version"]).replace(/^v/, "");
}

it("measures", async () => {
  const hasPyarrow = canImportPyarrow();
  const versions = {
    pyarrow: hasPyarrow ? runPython(["-c", "import pyarrow; print(pyarrow.__version__)"]).trim() : null,
    DuckDB: await duckdbVersion(),
  };
  const wanted = process.env["PQFLOW_SIZES_CAPTURE"] ?? "";
  const tables: TableSizes[] = [];
  for (const capture of captures.filter((each) => isPresent(each) && each.name.includes(wanted))) {
    const folder = mkdtempSync(join(tmpdir(), "pqflow-sizes-"));
    try {
      tables.push(...(await measureCapture(capture, folder, WAYS, hasPyarrow)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  writeFileSync(process.env["PQFLOW_SIZES_JSON"] as string, JSON.stringify({ versions, tables }));
});
