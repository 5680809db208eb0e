/** Walks a template's syntax tree beside a plan and reports every name that the plan does not have: Handlebars' strict mode does not look into `each` and `if`. */
import Handlebars from "handlebars";

type Node = hbs.AST.Node;
type Program = hbs.AST.Program;
type Scope = readonly unknown[];

export interface PathReport {
  /** `template: path`, once each. */
  readonly missing: ReadonlySet<string>;
  /** `each` blocks of the templates, and those whose body met at least one element. */
  readonly blocks: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
}

interface Walk {
  readonly templates: ReadonlyMap<string, Program>;
  readonly missing: Set<string>;
  readonly blocks: Set<string>;
  readonly visited: Set<string>;
}

const absent = Symbol("absent");

function lookUp(value: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (owner, part) => (typeof owner === "object" && owner !== null && part in owner ? (owner as Record<string, unknown>)[part] : absent),
    value,
  );
}

function resolve(walk: Walk, template: string, node: Node, scope: Scope): unknown {
  if (node.type !== "PathExpression") {
    return undefined;
  }
  const path = node as hbs.AST.PathExpression;
  const value = lookUp(scope[scope.length - 1 - path.depth], path.parts as string[]);
  if (value === absent) {
    walk.missing.add(`${template}: ${path.original}`);
  }
  return value;
}

function walkBlock(walk: Walk, template: string, block: hbs.AST.BlockStatement, scope: Scope): void {
  const [subject] = block.params;
  const helper = (block.path as hbs.AST.PathExpression).original;
  const value = subject === undefined ? undefined : resolve(walk, template, subject, scope);
  if (helper === "if") {
    walkProgram(walk, template, block.program, scope);
    walkProgram(walk, template, block.inverse, scope);
    return;
  }
  const name = `${template}: ${helper} ${(subject as hbs.AST.PathExpression).original}`;
  walk.blocks.add(name);
  for (const element of Array.isArray(value) ? (value as readonly unknown[]) : []) {
    walk.visited.add(name);
    walkProgram(walk, template, block.program, [...scope, element]);
  }
}

function walkPartial(walk: Walk, template: string, partial: hbs.AST.PartialStatement, scope: Scope): void {
  const name = (partial.name as hbs.AST.PathExpression).original;
  const pairs = (partial.hash as hbs.AST.Hash | undefined)?.pairs ?? [];
  const given = Object.fromEntries(pairs.map((pair) => [pair.key, resolve(walk, template, pair.value, scope)]));
  const context = scope.at(-1);
  const inner = pairs.length === 0 ? scope : [...scope.slice(0, -1), { ...(context as object), ...given }];
  walkProgram(walk, name, walk.templates.get(name), inner);
}

function walkProgram(walk: Walk, template: string, program: Program | undefined, scope: Scope): void {
  for (const node of program?.body ?? []) {
    switch (node.type) {
      case "MustacheStatement":
        resolve(walk, template, (node as hbs.AST.MustacheStatement).path, scope);
        break;
      case "BlockStatement":
        walkBlock(walk, template, node as hbs.AST.BlockStatement, scope);
        break;
      case "PartialStatement":
        walkPartial(walk, template, node as hbs.AST.PartialStatement, scope);
        break;
      default:
        break;
    }
  }
}

export function checkTemplatePaths(texts: ReadonlyMap<string, string>, roots: readonly string[], plans: readonly unknown[]): PathReport {
  const templates = new Map([...texts].map(([name, text]) => [name, Handlebars.parse(text)]));
  const walk: Walk = { templates, missing: new Set(), blocks: new Set(), visited: new Set() };
  for (const root of roots) {
    for (const plan of plans) {
      walkProgram(walk, root, templates.get(root), [plan]);
    }
  }
  return walk;
}
