/** Started by scripts/bench-sizes.mjs: sizes of the real captures' files, ours and the peers', as JSON into the file that PQFLOW_SIZES_JSON names. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";
import { canImportPyarrow } from "../support/readers/pyarrow.js";
import { captures } from "./captures.js";
import { isPresent, measureCapture, type OwnWay, type TableSizes } from "./measure.js";

const WAYS: readonly OwnWay[] = [{ name: "default", parquetBlock: "", options: {} }];

it("measures", async () => {
  const hasPyarrow = canImportPyarrow();
  const wanted = process.env["PQFLOW_SIZES_CAPTURE"] ?? "";
  const tables: TableSizes[] = [];
  for (const capture of captures.filter((each) => isPresent(each) && each.name.includes(wanted))) {
    const folder = mkdtempSync(join(tmpdir(), "pqflow-sizes-"));
    tables.push(...(await measureCapture(capture, folder, WAYS, hasPyarrow)));
  }
  writeFileSync(process.env["PQFLOW_SIZES_JSON"] as string, JSON.stringify({ hasPyarrow, tables }));
});
