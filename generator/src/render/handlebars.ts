/** Handlebars for source code: nothing is escaped for HTML, an unknown name is an error. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

/** Folder of the templates: three levels up in a checkout, one more in the package, where the compiled sources lie in dist. */
function templateFolder(): URL {
  const candidates = ["../../../templates/", "../../../../templates/"].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((folder) => existsSync(fileURLToPath(folder)));
  if (found === undefined) {
    throw new Error("the generator's templates folder is missing: install the package again");
  }
  return found;
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

/** Compiles templates, each of which may use the others as partials. */
export function compileTemplates<Plan>(texts: ReadonlyMap<string, string>): (name: string, plan: Plan) => string {
  const engine = Handlebars.create();
  for (const [name, text] of texts) {
    engine.registerPartial(name, text);
  }
  const compile = (name: string): Handlebars.TemplateDelegate<Plan> => {
    const text = texts.get(name);
    if (text === undefined) {
      throw new Error(`no template ${name}`);
    }
    return engine.compile<Plan>(text, { noEscape: true, strict: true, knownHelpersOnly: true });
  };
  const compiled = new Map<string, Handlebars.TemplateDelegate<Plan>>();
  return (name, plan) => {
    const template = compiled.get(name) ?? compile(name);
    compiled.set(name, template);
    return template(plan);
  };
}
