// Imports and exports of the repository's TypeScript files, read from their syntax trees.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { rootDir } from "./paths.mjs";
import { readText, repositoryFiles } from "./repository.mjs";

/** Imported by its package name, as a user would: resolves to this file. */
const packageEntries = new Map([["pqflow", "native/lib/index.ts"]]);

/**
 * Every module with its imports and exports.
 * import: { specifier, target (path, or undefined outside the repository), names (imported names; "*" for all), line }
 * export: { name, isType, line, usesInFile (how often its name stands elsewhere in the file) }
 */
export function readModules() {
  return repositoryFiles("*.ts").map(readModule);
}

function readModule(path) {
  const source = ts.createSourceFile(path, readText(path), ts.ScriptTarget.ES2023, true);
  const module = { path, source, imports: [], exports: [] };
  const visit = (node) => {
    collectImport(module, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  source.statements.forEach((statement) => collectExports(module, statement));
  return module;
}

function collectImport(module, node) {
  if (ts.isImportDeclaration(node)) addImport(module, node.moduleSpecifier, importedNames(node.importClause));
  else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    addImport(module, node.moduleSpecifier, elementNames(node.exportClause));
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    addImport(module, node.argument.literal, node.qualifier === undefined ? ["*"] : [node.qualifier.getText().split(".")[0]]);
  else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) addImport(module, node.arguments[0], ["*"]);
}

function addImport(module, specifierNode, names) {
  if (!ts.isStringLiteralLike(specifierNode)) return;
  const specifier = specifierNode.text;
  module.imports.push({ specifier, target: resolve(module.path, specifier), names, line: lineOf(module.source, specifierNode) });
}

function importedNames(clause) {
  if (clause === undefined) return [];
  const named = clause.namedBindings;
  const names = named === undefined ? [] : ts.isNamespaceImport(named) ? ["*"] : elementNames(named);
  return clause.name === undefined ? names : ["default", ...names];
}

/** Names before `as`; everything for `export * from`. */
function elementNames(clause) {
  if (clause === undefined || !("elements" in clause)) return ["*"];
  return clause.elements.map((element) => (element.propertyName ?? element.name).text);
}

function resolve(from, specifier) {
  const entry = packageEntries.get(specifier);
  if (entry !== undefined) return entry;
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
  return existsSync(join(rootDir, target)) ? target : undefined;
}

function collectExports(module, statement) {
  if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
    for (const element of statement.exportClause.elements) addExport(module, element.name, statement.isTypeOnly || element.isTypeOnly);
  }
  const isExported =
    ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return;
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  if (ts.isVariableStatement(statement))
    statement.declarationList.declarations.forEach((declaration) => addExport(module, declaration.name, false));
  else if (statement.name !== undefined) addExport(module, statement.name, isType);
}

function addExport(module, nameNode, isType) {
  const name = nameNode.text;
  module.exports.push({ name, isType, line: lineOf(module.source, nameNode), usesInFile: countIdentifiers(module.source, name) - 1 });
}

function countIdentifiers(source, name) {
  let count = 0;
  const visit = (node) => {
    if (ts.isIdentifier(node) && node.text === name) count += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return count;
}

const lineOf = (source, node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
