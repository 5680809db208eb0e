// dist/cjs: the Node library for `require`, made from the compiled ES modules; the declarations are the same.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { distDir } from "../lib/paths.mjs";
import { StepFailure } from "../lib/step.mjs";

const sourceDir = join(distDir, "native", "lib");
const targetDir = join(distDir, "cjs");
const ownUrl = 'require("node:url").pathToFileURL(__filename).href';

export async function writeCommonJs() {
  // npm packages are there by now; before the set-up they may not be.
  const { default: ts } = await import("typescript");
  rmSync(targetDir, { recursive: true, force: true });
  const names = readdirSync(sourceDir, { recursive: true, encoding: "utf8" });
  for (const folder of new Set(names.map(dirname))) mkdirSync(join(targetDir, folder), { recursive: true });
  for (const name of names.filter((name) => name.endsWith(".js"))) writeFileSync(join(targetDir, name), convert(ts, name));
  for (const name of names.filter((name) => name.endsWith(".d.ts"))) copyFileSync(join(sourceDir, name), join(targetDir, name));
  writeFileSync(join(targetDir, "package.json"), '{ "type": "commonjs" }\n');
}

function convert(ts, name) {
  const source = readFileSync(join(sourceDir, name), "utf8")
    .replace(/^\/\/# sourceMappingURL=.*$/m, "")
    .replaceAll("import.meta.url", ownUrl);
  if (/\bimport(\.meta|\()/.test(source))
    throw new StepFailure(`native/lib/${name} uses what CommonJS does not have: ${/\bimport(\.meta|\().*/.exec(source)[0]}`);
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS };
  return `${ts.transpileModule(source, { compilerOptions }).outputText.trimEnd()}\n`;
}
