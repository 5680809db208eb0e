// Text between two marks of a Markdown page, written by a program.
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { rootDir } from "./paths.mjs";
import { StepFailure } from "./step.mjs";

/** Replaces what stands between the marks. */
export function putBetween(pageFile, marks, text) {
  const page = readFileSync(pageFile, "utf8");
  const [start, end] = marks.map((mark) => page.indexOf(mark));
  if (start < 0 || end < start) throw new StepFailure(`${relative(rootDir, pageFile)} has not the marks ${marks.join(" and ")}`);
  writeFileSync(pageFile, `${page.slice(0, start + marks[0].length)}\n${text}\n${page.slice(end)}`);
}
