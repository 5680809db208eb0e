/** NAME_sink.ts → the same module for projects without a TypeScript build: ES module and CommonJS, each with its declarations, made by the TypeScript compiler. */
import { ts } from "ts-morph";
import type { GeneratedFile } from "../output/model.js";

const common: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, newLine: ts.NewLineKind.LineFeed };

export function renderJavaScript({ path, text }: GeneratedFile): readonly GeneratedFile[] {
  const stem = path.replace(/\.ts$/, "");
  const lineEnd = text.indexOf("\n");
  const [banner, source] = [text.slice(0, lineEnd), text.slice(lineEnd + 1)];
  const file = (extension: string, body: string): GeneratedFile => ({
    path: `${stem}${extension}`,
    text: `${banner}\n${body.trimEnd()}\n`,
  });
  const declarations = declarationsOf(source, path);
  return [
    file(".js", compile(source, ts.ModuleKind.ESNext)),
    file(".d.ts", declarations),
    file(".cjs", compile(source, ts.ModuleKind.CommonJS)),
    file(".d.cts", declarations),
  ];
}

function compile(source: string, module: ts.ModuleKind): string {
  return ts.transpileModule(source, { compilerOptions: { ...common, module } }).outputText;
}

/** Works on the text alone: everything that is exported says its type. */
function declarationsOf(source: string, path: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(withoutSatisfies(source, path), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { ...common, module: ts.ModuleKind.ESNext, declaration: true },
  });
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(`no declarations for ${path}: ${ts.flattenDiagnosticMessageText(first.messageText, "\n")}`);
  return outputText;
}

/** `as const satisfies T` is the type of the constant itself, but the compiler does not take it for a written one. */
function withoutSatisfies(source: string, path: string): string {
  const cuts: (readonly [start: number, end: number])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isSatisfiesExpression(node)) cuts.push([node.expression.end, node.end]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.ES2022));
  return cuts.toReversed().reduce((text, [start, end]) => text.slice(0, start) + text.slice(end), source);
}
