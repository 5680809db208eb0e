// pyarrow, a further reader for the tests of files: installed below build/ where pip and its registry can be reached, else those tests are skipped. Never fails the set-up.
import { delimiter, join } from "node:path";
import { buildDir } from "../lib/paths.mjs";
import { run, shown } from "../lib/process.mjs";

const requirement = "pyarrow==26.0.1";
const pythonDir = join(buildDir, "python");

export async function installPyarrow() {
  if (await canImport()) return `${requirement} present`;
  const install = ["-m", "pip", "install", "--target", "build/python", "--upgrade", "--only-binary", ":all:", requirement];
  const result = await run("python3", [
    ...install,
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--timeout",
    "10",
    "--retries",
    "1",
  ]);
  if (result.ok && (await canImport())) return `installed ${requirement}`;
  return `tests that read with pyarrow will be skipped (pip: ${lastLine(result)}); to have them: ${shown("python3", install)}`;
}

/** The very version: the tests know what it reads. */
async function canImport() {
  const script = `import pyarrow.parquet as parquet, pyarrow, sys; sys.exit("pyarrow==" + pyarrow.__version__ != "${requirement}")`;
  const paths = [pythonDir, process.env.PYTHONPATH].filter((path) => path !== undefined && path !== "");
  return (await run("python3", ["-c", script], { env: { PYTHONPATH: paths.join(delimiter) } })).ok;
}

const lastLine = ({ ok, output }) => (ok ? "it cannot be imported" : (output.trim().split("\n").at(-1) ?? ""));
