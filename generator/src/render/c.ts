/** Plan → text of the generated C and C++. */
import type { GeneratedFile } from "../output/model.js";
import type { CPlan } from "../plan/c-model.js";
import { wrapLongLines } from "./c-wrap.js";
import { compileTemplates, readTemplates } from "./handlebars.js";

let cached: ((name: string, plan: CPlan) => string) | undefined;

function templates(): (name: string, plan: CPlan) => string {
  cached ??= compileTemplates<CPlan>(readTemplates("c"));
  return cached;
}

/** `<schema>_sink.h` and `<schema>_sink.c`, formatted. */
export function renderC(plan: CPlan): readonly GeneratedFile[] {
  const print = templates();
  return [
    { path: plan.headerPath, text: wrapLongLines(print("header", plan)) },
    { path: plan.sourcePath, text: wrapLongLines(print("source", plan)) },
  ];
}
