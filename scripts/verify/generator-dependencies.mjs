// Dependency direction of the generator: document → schema → layout → plan → render → output, put together by load and generate, started by cli.
import ts from "typescript";
import { readModules } from "../lib/modules.mjs";
import { report } from "../lib/repository.mjs";

const sourceDir = "generator/src/";

/** Which other folders (or files in generator/src) each may import. */
const allowed = {
  diagnostics: [],
  document: ["diagnostics"],
  schema: ["document", "diagnostics"],
  layout: ["schema", "diagnostics"],
  plan: ["layout", "schema", "diagnostics"],
  render: ["plan", "output", "diagnostics"],
  output: ["diagnostics"],
  load: ["document", "schema", "layout", "diagnostics"],
  generate: ["load", "document", "schema", "layout", "plan", "render", "output", "diagnostics"],
  config: ["document", "schema", "output", "diagnostics"],
  flags: ["config", "output"],
  cli: ["flags", "config", "load", "generate", "document", "schema", "layout", "output", "diagnostics"],
};

/** Packages and what they are the key to: who may import them. */
const packageOwners = [
  { pattern: /^yaml$/, owners: ["document"] },
  { pattern: /^(handlebars|ts-morph)$/, owners: ["render"] },
  { pattern: /^flatbuffers$/, owners: ["layout"] },
  // The program's own templates are read where they are compiled; everything of the user's is read and written by output.
  { pattern: /^(node:)?fs(\/promises)?$/, owners: ["output"], exceptions: [`${sourceDir}render/handlebars.ts`] },
  { pattern: /^commander$/, owners: ["flags", "cli"] },
  { pattern: /^(node:)?(process|child_process)$/, owners: ["cli"] },
];

const partOf = (path) => path.slice(sourceDir.length).split("/")[0].replace(/\.ts$/, "");

function checkImports({ path, imports }) {
  const part = partOf(path);
  if (!Object.hasOwn(allowed, part))
    return [`${path}:1: no rule covers \`${part}\`; say in scripts/verify/generator-dependencies.mjs what it may import`];
  return imports.flatMap(({ specifier, target, line }) => {
    if (target === undefined) return checkPackage(path, part, specifier, line);
    if (!target.startsWith(sourceDir)) return [`${path}:${line}: the generator imports ${target}`];
    const other = partOf(target);
    return other === part || allowed[part].includes(other)
      ? []
      : [`${path}:${line}: \`${part}\` must not import \`${other}\` (${specifier})`];
  });
}

function checkPackage(path, part, specifier, line) {
  if (specifier.startsWith(".")) return [`${path}:${line}: ${specifier} does not exist`];
  const rule = packageOwners.find(({ pattern }) => pattern.test(specifier));
  const isAllowed = rule === undefined || rule.owners.includes(part) || rule.exceptions?.includes(path);
  return isAllowed ? [] : [`${path}:${line}: only ${rule.owners.join(" and ")} may import ${specifier}`];
}

/** Only cli touches the process and the console. */
function checkGlobals({ path, source }) {
  if (partOf(path) === "cli") return [];
  const findings = [];
  const visit = (node) => {
    const isUse =
      ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && ["process", "console"].includes(node.expression.text);
    if (isUse)
      findings.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: only cli may use ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

const modules = readModules().filter(({ path }) => path.startsWith(sourceDir));
report(
  modules.flatMap((module) => [...checkImports(module), ...checkGlobals(module)]),
  `${modules.length} modules`,
);
