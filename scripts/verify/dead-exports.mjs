// Every export is imported by another file. A type may instead be part of its own file's vocabulary: named by another declaration there.
import { readModules } from "../lib/modules.mjs";
import { report } from "../lib/repository.mjs";

/** What is started or imported from outside: their exports are the product. Generated modules are users' code. */
const entries = ["native/lib/index.ts", "generator/src/cli.ts", "vitest.config.ts"];
const isEntry = (path) => entries.includes(path) || path.startsWith("generated/");

const modules = readModules();
const used = new Set(modules.flatMap((module) => module.imports.flatMap(({ target, names }) => names.map((name) => `${target}#${name}`))));

const isAlive = (path, entry) => used.has(`${path}#${entry.name}`) || used.has(`${path}#*`) || (entry.isType && entry.usesInFile > 0);

const checked = modules.filter(({ path }) => !isEntry(path)).flatMap(({ path, exports }) => exports.map((entry) => ({ path, entry })));
const findings = checked
  .filter(({ path, entry }) => !isAlive(path, entry))
  .map(({ path, entry }) => `${path}:${entry.line}: nothing imports \`${entry.name}\``);
report(findings, `${checked.length} exports`);
