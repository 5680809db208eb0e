// No import cycles in TypeScript, type imports included.
import { readModules } from "../lib/modules.mjs";
import { report } from "../lib/repository.mjs";

const modules = new Map(readModules().map((module) => [module.path, module]));
const findings = [];
const finished = new Set();

function visit(path, trail) {
  const start = trail.indexOf(path);
  if (start >= 0) {
    findings.push(`cycle: ${[...trail.slice(start), path].join(" → ")}`);
    return;
  }
  if (finished.has(path) || !modules.has(path)) return;
  for (const { target } of modules.get(path).imports) if (target !== undefined) visit(target, [...trail, path]);
  finished.add(path);
}

for (const path of modules.keys()) visit(path, []);
report(findings, `${modules.size} modules`);
