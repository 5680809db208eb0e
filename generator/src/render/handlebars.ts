/** Handlebars for source code: nothing is escaped for HTML, an unknown name is an error. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type HandlebarsModule from "handlebars";

type Handlebars = typeof HandlebarsModule;
type Template<Plan> = HandlebarsModule.TemplateDelegate<Plan>;

/** Prints a template by its name. */
export type Print<Plan> = (name: string, plan: Plan) => string;

/** Loaded when it is needed: the compiler alone takes longer to load than the whole of the rest of a run. */
const require = createRequire(import.meta.url);

const options = { noEscape: true, strict: true, knownHelpersOnly: true } as const;

/** Templates compiled by the build (scripts/setup/templates.mjs), where this module was built; else compiled here from their texts. */
export function loadTemplates<Plan>(language: string): Print<Plan> {
  const built = new URL(`templates-${language}.cjs`, import.meta.url);
  return existsSync(built) ? builtTemplates(fileURLToPath(built)) : compileTemplates(readTemplates(language));
}

/** The runtime without the compiler: a fifth of the code. */
function builtTemplates<Plan>(path: string): Print<Plan> {
  const engine = (require("handlebars/runtime") as Handlebars).create();
  const specs = require(path) as Readonly<Record<string, TemplateSpecification>>;
  const templates = new Map(Object.entries(specs).map(([name, spec]) => [name, engine.template<Plan>(spec)]));
  for (const [name, template] of templates) engine.registerPartial(name, template);
  return (name, plan) => found(templates.get(name), name)(plan);
}

/** Compiles templates, each of which may use the others as partials. */
function compileTemplates<Plan>(texts: ReadonlyMap<string, string>): Print<Plan> {
  const engine = (require("handlebars") as Handlebars).create();
  for (const [name, text] of texts) {
    engine.registerPartial(name, text);
  }
  const compiled = new Map<string, Template<Plan>>();
  return (name, plan) => {
    const template = compiled.get(name) ?? engine.compile<Plan>(found(texts.get(name), name), options);
    compiled.set(name, template);
    return template(plan);
  };
}

/** The text of a module of templates for builtTemplates. */
export function precompileTemplates(texts: ReadonlyMap<string, string>): string {
  const engine = require("handlebars") as Handlebars;
  const entries = Array.from(texts, ([name, text]) => `${JSON.stringify(name)}: ${String(engine.precompile(text, options))},\n`);
  return `module.exports = {\n${entries.join("")}};\n`;
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) {
    throw new Error(`no template ${name}`);
  }
  return value;
}

/** Folder of the templates: three levels up in a checkout, one more in the package, where the compiled sources lie in dist. */
function templateFolder(): URL {
  const candidates = ["../../../templates/", "../../../../templates/"].map((path) => new URL(path, import.meta.url));
  const folder = candidates.find((candidate) => existsSync(fileURLToPath(candidate)));
  if (folder === undefined) {
    throw new Error("the generator's templates folder is missing: install the package again");
  }
  return folder;
}

function withoutExtension(name: string): string {
  return name.replace(/\.hbs$/, "");
}

/** Texts of the templates of one language, by name: `header`, `accessor`, … */
export function readTemplates(language: string): ReadonlyMap<string, string> {
  const folder = new URL(`${language}/`, templateFolder());
  const names = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith(".hbs"));
  return new Map(names.sort().map((name) => [withoutExtension(name), readFileSync(new URL(name, folder), "utf8")]));
}
