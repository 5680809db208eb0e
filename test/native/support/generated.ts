/** Generates, compiles and imports sinks for tests: from schemas of the repository or from texts. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { loadSchema } from "../../../generator/src/load.js";
import { planTypeScript } from "../../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../../generator/src/render/typescript.js";
import { projectPath } from "../../support/paths.js";

export const addonPath = process.env["PQFLOW_ADDON"] ?? projectPath("build/native/pqflow.node");

function generate(yaml: string): { readonly path: string; readonly text: string } {
  const { schema, layout, diagnostics } = loadSchema({ path: "test.yaml", text: yaml });
  if (schema === undefined || layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const [file] = renderTypeScript(planTypeScript(schema, layout));
  if (file === undefined) throw new Error("nothing rendered");
  return file;
}

/** The generated module, imported into this process. The folder lies inside the checkout, where vitest resolves "pqflow". */
export async function importSink<Module>(yaml: string): Promise<Module> {
  mkdirSync(projectPath(".cache"), { recursive: true });
  const folder = mkdtempSync(projectPath(".cache/sink-"));
  const file = generate(yaml);
  const path = join(folder, file.path);
  writeFileSync(path, file.text);
  try {
    return (await import(path)) as Module;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compileInto(folder: string, name: string, text: string): void {
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), ts.transpileModule(text, { compilerOptions }).outputText);
}

/** A folder with the compiled library and orders_sink.js, as a program that has pqflow installed sees them. The caller removes it. */
export function makeProgramFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-program-"));
  const library = join(folder, "node_modules/pqflow");
  mkdirSync(library, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(library, "package.json"), '{ "name": "pqflow", "type": "module", "exports": "./index.js" }\n');
  for (const entry of readdirSync(projectPath("native/lib"), { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".ts")) continue;
    mkdirSync(join(library, dirname(entry)), { recursive: true });
    compileInto(library, entry, readFileSync(projectPath(`native/lib/${entry}`), "utf8"));
  }
  const orders = generate(readFileSync(projectPath("schemas/orders.yaml"), "utf8"));
  compileInto(folder, basename(orders.path), orders.text);
  return folder;
}
