import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { loadSchema } from "../../generator/src/load.js";
import { planTypeScript } from "../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../generator/src/render/typescript.js";

const root = join(import.meta.dirname, "../..");
const caseFolder = join(import.meta.dirname, "render-typescript");

function render(path: string): { readonly path: string; readonly text: string } {
  const { schema, layout, diagnostics } = loadSchema({ path, text: readFileSync(path, "utf8") });
  if (schema === undefined || layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const [file] = renderTypeScript(planTypeScript(schema, layout));
  if (file === undefined) throw new Error("nothing rendered");
  return file;
}

const schemas = [join(root, "schemas"), caseFolder].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name)),
);

/** Compiles texts that exist in memory only, with the repository's own strict settings. */
function compile(files: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, target) : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file === undefined || start === undefined ? "" : `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} `;
    return line + ts.flattenDiagnosticMessageText(messageText, "\n");
  });
}

describe("the generated TypeScript", () => {
  it.each(schemas)("of %s is what prettier would print", async (path) => {
    const { text } = render(path);
    expect(text).toBe(await format(text, { parser: "typescript", printWidth: 140 }));
  });

  it("compiles under the strictest settings, without an unused name", () => {
    const files = new Map(schemas.map((path) => render(path)).map((file) => [join(root, "generated", `checked_${file.path}`), file.text]));
    expect(compile(files)).toEqual([]);
  });

  it.each(["every-type", "packed", "beats", "nested", "nested-packed"])("of %s equals the golden file", async (name) => {
    await expect(render(join(caseFolder, `${name}.yaml`)).text).toMatchFileSnapshot(join(caseFolder, `${name}.golden.ts.txt`));
  });

  it("is the same text every time", () => {
    for (const path of schemas) expect(render(path).text).toBe(render(path).text);
  });

  it("keeps hostile texts inside their comments and literals", () => {
    const { text } = render(join(caseFolder, "every-type.yaml"));
    const source = ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2023);
    expect(text).not.toMatch(/[^\x20-\x7e\n]/);
    expect(source.statements.map((statement) => ts.SyntaxKind[statement.kind])).not.toContain("ExpressionStatement");
  });

  it("accepts names that a suffix would make those of the library's functions", () => {
    const fields = `fields:\n  - {name: read, id: 1, type: interval}\n  - {name: json, id: 2, type: json, max_length: 9}\n`;
    const { schema, layout } = loadSchema({ path: "library_names.yaml", text: `pqflow: 1\nname: library_names\nversion: 1\n${fields}` });
    if (schema === undefined || layout === undefined) throw new Error("invalid case");
    const [file] = renderTypeScript(planTypeScript(schema, layout));
    expect(compile(new Map([[join(root, "generated", "library_names_sink.ts"), file?.text ?? ""]]))).toEqual([]);
  });

  it("accepts names that every JavaScript object has and reads only the record's own", () => {
    const path = join(caseFolder, "packed.yaml");
    const { schema, layout } = loadSchema({ path, text: readFileSync(path, "utf8") });
    if (schema === undefined || layout === undefined) throw new Error("invalid case");
    const rename = (name: string, index: number): string => ["constructor", "__proto__", "arguments", "await"][index] ?? name;
    const fields = schema.fields.map((field, index) => ({ ...field, name: rename(field.name, index) }));
    const renamed = new Map(schema.fields.map((field, index) => [field, fields[index] ?? field]));
    const members = layout.members.map((member) =>
      member.kind === "field" ? { ...member, field: renamed.get(member.field) ?? member.field } : member,
    );
    const columns = layout.columns.map((node) => ({ ...node, field: renamed.get(node.field) ?? node.field }));
    const [file] = renderTypeScript(planTypeScript({ ...schema, fields }, { ...layout, members, columns }));
    const text = file?.text ?? "";
    expect(compile(new Map([[join(root, "generated", "checked_names_sink.ts"), text]]))).toEqual([]);
    expect(text).toContain('Object.hasOwn(record, "constructor") ? record["constructor"]');
    expect(text).toContain('Object.hasOwn(record, "__proto__") ? record["__proto__"]');
    expect(text).toContain("const arguments_ = record.arguments;");
  });
});
