// pyarrow and Polars, further readers and writers for the tests of files: installed below build/ where pip and its registry can be reached, else those tests are skipped. Never fails the set-up.
import { join } from "node:path";
import { buildDir } from "../lib/paths.mjs";
import { installPackage } from "../lib/pip.mjs";

const versions = { pyarrow: "26.0.1", polars: "2.1.0" };

/** One after the other: where one cannot be had the other may be. */
export async function installPythonReaders() {
  const outcomes = [];
  for (const [name, version] of Object.entries(versions)) {
    const { ok, summary, reason, command } = await installPackage(join(buildDir, "python"), name, version);
    outcomes.push(ok ? summary : `tests with ${name} will be skipped (${reason}); to have them: ${command}`);
  }
  return outcomes.join("; ");
}
