// Python packages below a build folder of the checkout, of one version each; where pip or its registry cannot be reached they are missing, and the answer says so.
import { delimiter, relative } from "node:path";
import { rootDir } from "./paths.mjs";
import { run, shown } from "./process.mjs";

/** Makes sure that the package can be imported from `folder`. Returns `{ ok: true, summary }`, or `{ ok: false, reason, command }` with the command that installs it. */
export async function installPackage(folder, name, version) {
  const requirement = `${name}==${version}`;
  if (await canImport(folder, name, version)) return { ok: true, summary: `${requirement} present` };
  const install = ["-m", "pip", "install", "--target", relative(rootDir, folder), "--upgrade", "--only-binary", ":all:", requirement];
  const quick = ["--quiet", "--disable-pip-version-check", "--no-input", "--timeout", "10", "--retries", "1"];
  const result = await run("python3", [...install, ...quick]);
  if (result.ok && (await canImport(folder, name, version))) return { ok: true, summary: `installed ${requirement}` };
  return { ok: false, reason: `pip: ${lastLine(result)}`, command: shown("python3", install) };
}

/** The very version: what it reads and writes is known of that one. */
async function canImport(folder, name, version) {
  const script = `import ${name}, sys; sys.exit(${name}.__version__ != "${version}")`;
  const paths = [folder, process.env.PYTHONPATH].filter((path) => path !== undefined && path !== "");
  return (await run("python3", ["-c", script], { env: { PYTHONPATH: paths.join(delimiter) } })).ok;
}

const lastLine = ({ ok, output }) => (ok ? "it cannot be imported" : (output.trim().split("\n").at(-1) ?? ""));
