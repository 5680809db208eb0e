// The peers that Python's packages bring: installed below build-bench/ where pip and its registry can be reached. One that is missing is skipped, and said so.
import { join } from "node:path";
import { installPackage } from "../lib/pip.mjs";
import { pythonDir } from "./folders.mjs";

const versions = { numpy: "2.4.6", pyarrow: "26.0.1", duckdb: "2.0.0", polars: "2.1.0" };

/** `{ name: reason }` of those that are missing. */
export async function installPythonPeers() {
  const missing = {};
  for (const [name, version] of Object.entries(versions)) {
    const { ok, reason, command } = await installPackage(pythonDir, name, version);
    if (!ok) missing[name] = `${reason}; to have it: ${command}`;
  }
  return missing;
}

/** Of the wheel: its C++ headers and libraries lie here. */
export const pyarrowDir = join(pythonDir, "pyarrow");
