/** The parquet-go reader of test/system/parquet-go: built where it is asked for, because that takes a minute of processor time. */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { projectPath } from "../support/paths.js";

const isWanted = process.env["PQFLOW_PARQUET_GO"] === "1";

/** The program, built in `folder`; skips the test where it was not asked for, or Go or its modules cannot be had. */
export function buildParquetGo(context: TestContext, folder: string): string {
  if (!isWanted) context.skip("parquet-go is built by npm run test:crash");
  const source = join(folder, "parquet-go");
  const program = join(folder, "read_with_parquet_go");
  cpSync(projectPath("test/system/parquet-go"), source, { recursive: true });
  const { status, error, stderr } = spawnSync("go", ["build", "-o", program, "."], { cwd: source, encoding: "utf8" });
  if (error !== undefined) context.skip(`no go program: ${error.message}`);
  if (status !== 0) context.skip(`go cannot build parquet-go's reader: ${stderr.trimEnd().split("\n").at(-1) ?? ""}`);
  return program;
}
