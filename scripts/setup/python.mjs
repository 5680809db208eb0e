// pyarrow and Polars, further readers and writers for the tests of files: installed below build/ where pip and its registry can be reached, else those tests are skipped. Never fails the set-up.
import { delimiter, join } from "node:path";
import { buildDir } from "../lib/paths.mjs";
import { run, shown } from "../lib/process.mjs";

const versions = { pyarrow: "26.0.1", polars: "2.1.0" };
const pythonDir = join(buildDir, "python");

/** One after the other: where one cannot be had the other may be. */
export async function installPythonReaders() {
  const outcomes = [];
  for (const [name, version] of Object.entries(versions)) outcomes.push(await installed(name, version));
  return outcomes.join("; ");
}

async function installed(name, version) {
  const requirement = `${name}==${version}`;
  if (await canImport(name, version)) return `${requirement} present`;
  const install = ["-m", "pip", "install", "--target", "build/python", "--upgrade", "--only-binary", ":all:", requirement];
  const quick = ["--quiet", "--disable-pip-version-check", "--no-input", "--timeout", "10", "--retries", "1"];
  const result = await run("python3", [...install, ...quick]);
  if (result.ok && (await canImport(name, version))) return `installed ${requirement}`;
  return `tests with ${name} will be skipped (pip: ${lastLine(result)}); to have them: ${shown("python3", install)}`;
}

/** The very version: the tests know what it reads. */
async function canImport(name, version) {
  const script = `import ${name}, sys; sys.exit(${name}.__version__ != "${version}")`;
  const paths = [pythonDir, process.env.PYTHONPATH].filter((path) => path !== undefined && path !== "");
  return (await run("python3", ["-c", script], { env: { PYTHONPATH: paths.join(delimiter) } })).ok;
}

const lastLine = ({ ok, output }) => (ok ? "it cannot be imported" : (output.trim().split("\n").at(-1) ?? ""));
