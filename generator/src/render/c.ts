/** Plan → text of the generated C and C++. */
import type { GeneratedFile } from "../output/model.js";
import type { CPlan } from "../plan/c-model.js";
import { wrapLongLines } from "./c-wrap.js";
import { loadTemplates, type Print } from "./handlebars.js";

let cached: Print<CPlan> | undefined;

function templates(): Print<CPlan> {
  cached ??= loadTemplates<CPlan>("c");
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
