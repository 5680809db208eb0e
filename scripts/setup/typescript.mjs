// TypeScript compiled where its sources changed: the generator and the Node library to dist/, and beside them the repository's own programs (demo, examples, benchmarks).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashFiles } from "../lib/hash.mjs";
import { distDir, npmProgram, rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";
import { writeCommonJs } from "./commonjs.mjs";
import { writeTemplates } from "./templates.mjs";

const sharedInputs = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"];

export const buildTypeScript = () =>
  compile(
    "tsconfig.build.json",
    ["generator/src", "native/lib", "templates", "scripts/setup/commonjs.mjs", "scripts/setup/templates.mjs"],
    async () => {
      await writeCommonJs();
      await writeTemplates();
    },
  );

/** Needs the library in dist/, and generated/. */
export const buildPrograms = () => compile("tsconfig.programs.json", ["demo", "examples", "bench", "generated", "native/lib"]);

async function compile(project, sources, finish = () => {}) {
  const stampFile = join(distDir, `.${project}.inputs`);
  const hash = hashFiles([...sources, project, ...sharedInputs].map((path) => join(rootDir, path)));
  if (readStamp(stampFile) === hash) return "current";
  const result = await run(npmProgram("tsc"), ["-p", project]);
  if (!result.ok) throw new StepFailure(`tsc -p ${project} (${result.ending})`, { output: result.output, advice: "mend the errors above" });
  mkdirSync(distDir, { recursive: true });
  await finish();
  writeFileSync(stampFile, `${hash}\n`);
  return "compiled to dist";
}

function readStamp(stampFile) {
  try {
    return readFileSync(stampFile, "utf8").trim();
  } catch {
    return undefined;
  }
}
