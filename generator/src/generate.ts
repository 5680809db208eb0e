/** The generator as a pure function: schema text in, files and findings out. Writing, --check and --stdout are callers. */
import type { Diagnostic } from "./diagnostics/model.js";
import type { SourceText } from "./document/model.js";
import { defaultTargets, type EmitTarget, outputPaths } from "./output/emit.js";
import type { RecordLayout } from "./layout/model.js";
import type { ReadFile } from "./document/link.js";
import { loadSchema, noFiles } from "./load.js";
import type { GeneratedFile } from "./output/model.js";
import type { Schema } from "./schema/model.js";

export interface GenerateOptions {
  readonly emit: readonly EmitTarget[];
  /** Brings the files that the schema includes and extends. Without it there are none. */
  readonly readFile?: ReadFile;
}

export interface GenerateResult {
  /** Empty when a diagnostic is an error. */
  readonly files: readonly GeneratedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function generate(source: SourceText, options: GenerateOptions = { emit: defaultTargets }): Promise<GenerateResult> {
  const { schema, layout, diagnostics } = loadSchema(source, options.readFile ?? noFiles);
  if (schema === undefined || layout === undefined) return { files: [], diagnostics };
  const files = await Promise.all(options.emit.map(async (target) => renderTarget(schema, layout, target)));
  return { files: files.flat(), diagnostics };
}

/** The files of one target. Renderers are loaded when they are first needed: ts-morph alone takes longer to load than everything else to run. */
export async function renderTarget(schema: Schema, layout: RecordLayout, target: EmitTarget): Promise<readonly GeneratedFile[]> {
  const files = await renderers[target](schema, layout);
  const [made, promised] = [files.map(({ path }) => path), outputPaths(schema.name, target)];
  if (made.join() !== promised.join()) throw new Error(`target ${target} made ${made.join()} instead of ${promised.join()}`);
  return files;
}

/** The resolved schema, for people and for other generators. */
export function resolvedText({ resolvedJson }: RecordLayout): string {
  return `${JSON.stringify(JSON.parse(resolvedJson), null, 2)}\n`;
}

async function renderTypeScriptOf(schema: Schema, layout: RecordLayout): Promise<readonly GeneratedFile[]> {
  const [{ planTypeScript }, { renderTypeScript }] = await Promise.all([import("./plan/typescript.js"), import("./render/typescript.js")]);
  return renderTypeScript(planTypeScript(schema, layout));
}

type Renderer = (schema: Schema, layout: RecordLayout) => Promise<readonly GeneratedFile[]>;

const renderers: Readonly<Record<EmitTarget, Renderer>> = {
  c: async (schema, layout) => {
    const [{ planC }, { renderC }] = await Promise.all([import("./plan/c.js"), import("./render/c.js")]);
    return renderC(planC(schema, layout));
  },
  ts: renderTypeScriptOf,
  js: async (schema, layout) => {
    const [files, { renderJavaScript }] = await Promise.all([renderTypeScriptOf(schema, layout), import("./render/javascript.js")]);
    return files.flatMap(renderJavaScript);
  },
  ir: (schema, layout) => {
    const text = resolvedText(layout);
    return Promise.resolve(outputPaths(schema.name, "ir").map((path) => ({ path, text })));
  },
};
