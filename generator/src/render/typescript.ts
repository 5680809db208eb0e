/** plan → the text of NAME_sink.ts, printed by ts-morph in the form that prettier gives it. */
import { type CodeBlockWriter, IndentationText, NewLineKind, Project, QuoteKind, Scope, type SourceFile } from "ts-morph";
import type { GeneratedFile } from "../output/model.js";
import type {
  TypeScriptChoices,
  TypeScriptFunction,
  TypeScriptInterface,
  TypeScriptPlan,
  TypeScriptUnion,
} from "../plan/typescript-model.js";
import { brokenImport, literalText, parameterText, unionText } from "./typescript-format.js";

type Writer = (writer: CodeBlockWriter) => void;

function lines(texts: readonly string[]): Writer {
  return (writer) => {
    for (const text of texts) writer.writeLine(text);
  };
}

function commented(doc: string): string {
  return doc === "" ? "" : `${doc}\n`;
}

/** ts-morph indents initializers of several lines; as statements they keep their form. */
function addConstant(file: SourceFile, doc: string, declaration: string): void {
  file.addStatements(`\n${commented(doc)}export const ${declaration};`);
}

function addFunction(file: SourceFile, { name, parameters, returnType, preamble, body }: TypeScriptFunction): void {
  const head = `function ${name}`;
  const signature = `${head}${parameterText(parameters, "", head, `: ${returnType} {`)}: ${returnType}`;
  file.addStatements([...preamble, `${signature} {\n${body.map((line) => `  ${line}`).join("\n")}\n}`]);
}

function addUnion(file: SourceFile, { name, doc, members }: TypeScriptUnion): void {
  const head = `export type ${name} =`;
  file.addStatements(`\n${commented(doc)}${head}${unionText(members, head)};`);
}

function addChoices(file: SourceFile, choices: TypeScriptChoices): void {
  addUnion(file, { name: choices.name, doc: choices.doc, members: choices.typeMembers });
  const check = `as const satisfies Readonly<Record<${choices.name}, number | bigint>>`;
  addConstant(file, choices.constantDoc, `${choices.constantName} = ${literalText(choices.constant)} ${check}`);
  for (const lookup of choices.lookups) addFunction(file, lookup);
}

function addImports(file: SourceFile, plan: TypeScriptPlan): void {
  const namedImports = plan.imports.map(({ name, alias, isType }) => ({
    name,
    isTypeOnly: isType,
    ...(alias === undefined ? {} : { alias }),
  }));
  const declaration = file.addImportDeclaration({ moduleSpecifier: "pqflow", namedImports });
  const broken = brokenImport(declaration.getText(), namedImports.length);
  if (broken !== undefined) declaration.replaceWithText(broken);
}

function addInterface(file: SourceFile, { name, doc, properties }: TypeScriptInterface): void {
  file.addInterface({
    leadingTrivia: commented(doc),
    name,
    isExported: true,
    properties: properties.map((property) => ({
      leadingTrivia: commented(property.doc.replaceAll("\n  ", "\n").trimStart()),
      name: property.name,
      type: property.type,
      isReadonly: true,
      hasQuestionToken: property.isOptional,
    })),
  });
}

function addSink(file: SourceFile, plan: TypeScriptPlan): void {
  file.addClass({
    leadingTrivia: commented(plan.classDoc),
    name: plan.className,
    isExported: true,
    extends: plan.baseClass,
    properties: [{ name: "#laneWriter", type: plan.laneType, isReadonly: true }],
    ctors: [
      {
        scope: Scope.Private,
        parameters: [{ name: "opened", type: plan.openedType }],
        statements: ["super(opened);", "this.#laneWriter = opened.lane;"],
      },
    ],
    methods: [
      {
        leadingTrivia:
          "/** Opens a sink; without a path the schema's template names the file. Blocks while memory is prepared. Throws PqflowError. */\n",
        isStatic: true,
        name: "open",
        parameters: [
          { name: "path", type: "string | null", hasQuestionToken: true },
          { name: "options", type: plan.optionsType, hasQuestionToken: true },
        ],
        returnType: plan.className,
        statements: `return new ${plan.className}(${plan.openFunction}(${plan.descriptorName}, path, options));`,
      },
      {
        leadingTrivia:
          "/** Logs to a sink that another thread opened and shared: its share(), by workerData or postMessage. Throws PqflowError. */\n",
        isStatic: true,
        name: "attach",
        parameters: [{ name: "shared", type: plan.sharedType }],
        returnType: plan.className,
        statements: `return new ${plan.className}(${plan.attachFunction}(${plan.descriptorName}, shared));`,
      },
      {
        leadingTrivia:
          "/** Checks every field and logs the record. False when the ring is full: the record is counted as dropped. Throws TypeError or RangeError that name the field. */\n",
        name: "log",
        parameters: [{ name: plan.recordParameter, type: plan.recordName }],
        returnType: "boolean",
        statements: lines([...plan.readRecord, ...plan.storeRecord]),
      },
    ],
  });
}

/** ts-morph has no form for parameters over several lines: the last method is appended as text. */
function addLogFields(file: SourceFile, plan: TypeScriptPlan): void {
  const sink = file.getClassOrThrow(plan.className);
  const head = "  logFields";
  const parameters = parameterText(plan.fieldParameters, "  ", head, ": boolean {");
  const body = plan.storeRecord.map((line) => `    ${line}`).join("\n");
  const doc = "  /** log with the fields as arguments, in the order of the schema: no object is needed. */";
  file.insertText(sink.getEnd() - 1, `\n${doc}\n${head}${parameters}: boolean {\n${body}\n  }\n`);
}

export function renderTypeScript(plan: TypeScriptPlan): readonly GeneratedFile[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Double, newLineKind: NewLineKind.LineFeed },
  });
  const file = project.createSourceFile(plan.path);
  addImports(file, plan);
  for (const choices of plan.choices) addChoices(file, choices);
  for (const group of plan.groups)
    if ("members" in group) addUnion(file, group);
    else addInterface(file, group);
  addInterface(file, { name: plan.recordName, doc: plan.recordDoc, properties: plan.properties });
  addConstant(file, plan.descriptorDoc, `${plan.descriptorName}: ${plan.descriptorType} = ${literalText(plan.descriptor)}`);
  for (const store of plan.functions) addFunction(file, store);
  addSink(file, plan);
  addLogFields(file, plan);
  return [{ path: plan.path, text: `${plan.banner}\n${file.getFullText()}` }];
}
