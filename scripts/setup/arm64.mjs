// Debian's arm64 libraries for a cross build, unpacked below a build folder: apt-get fetches them with lists of its own, so that neither root nor a change of this machine's packages is needed.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";

const libraries = ["libzstd-dev", "libdeflate-dev", "libsnappy-dev", "liblz4-dev", "libbrotli-dev", "libxxhash-dev", "libgtest-dev"];

/** Unpacks the libraries below `root`; apt-get works in `dir`. Throws a StepFailure where it cannot have them. */
export async function fetchArm64Root(dir, root) {
  const mark = join(root, "complete");
  if (existsSync(mark)) return;
  const apt = join(dir, "apt");
  for (const folder of [apt, root]) rmSync(folder, { recursive: true, force: true });
  for (const folder of ["state/lists/partial", "cache/archives/partial"]) mkdirSync(join(apt, folder), { recursive: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(apt, "status"), "");
  await aptGet(apt, ["update", "-q"]);
  // Nothing counts as installed, so that what the libraries need comes too.
  await aptGet(apt, ["install", "-y", "-q", "--no-install-recommends", "--download-only", ...libraries]);
  const archives = join(apt, "cache", "archives");
  for (const name of readdirSync(archives).filter((name) => name.endsWith(".deb")))
    await required("dpkg-deb", ["-x", join(archives, name), root]);
  rmSync(apt, { recursive: true });
  writeFileSync(mark, "");
}

function aptGet(apt, args) {
  const options = {
    "Dir::State": join(apt, "state"),
    "Dir::State::status": join(apt, "status"),
    "Dir::Cache": join(apt, "cache"),
    "APT::Architecture": "arm64",
    "APT::Architectures::": "arm64",
    "APT::Sandbox::User": "root", // Folders of a checkout need not be readable to apt's own user.
  };
  return required("apt-get", [...Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]), ...args]);
}

async function required(command, args) {
  const result = await run(command, args);
  if (!result.ok) throw new StepFailure(`${command} ${args.at(-1)} (${result.ending})`, { output: result.output });
}
