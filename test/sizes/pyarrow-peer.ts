/** The same rows and types as pyarrow writes them. */
import { join } from "node:path";
import { projectPath } from "../support/paths.js";
import { runPython } from "../support/readers/python.js";

export interface PyarrowFiles {
  readonly "pyarrow default": string;
  readonly "pyarrow best": string;
}

export function writeWithPyarrow(source: string, folder: string): PyarrowFiles {
  const files = { "pyarrow default": join(folder, "pyarrow-default.parquet"), "pyarrow best": join(folder, "pyarrow-best.parquet") };
  runPython(["-B", projectPath("test/sizes/write_with_pyarrow.py"), source, files["pyarrow default"], files["pyarrow best"]]);
  return files;
}
