// dist/generator/src/render/templates-c.cjs: the C templates compiled, so that a run of the generator need not load the template compiler.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distDir } from "../lib/paths.mjs";

const renderDir = join(distDir, "generator", "src", "render");

export async function writeTemplates() {
  const { precompileTemplates, readTemplates } = await import(pathToFileURL(join(renderDir, "handlebars.js")).href);
  writeFileSync(join(renderDir, "templates-c.cjs"), precompileTemplates(readTemplates("c")));
}
