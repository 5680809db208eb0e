/** Prints diagnostics in the form that was asked for. */
import { githubLine, jsonLine } from "../diagnostics/machine.js";
import type { Diagnostic } from "../diagnostics/model.js";
import { renderDiagnostics, type SourceTexts } from "../diagnostics/render.js";
import type { CommonFlags } from "../flags.js";
import type { Host } from "./host.js";
import { styleFor } from "./style.js";

export function printDiagnostics(diagnostics: readonly Diagnostic[], texts: SourceTexts, flags: CommonFlags, host: Host): void {
  if (diagnostics.length === 0) return;
  if (flags.errorFormat === "text") host.error(`${renderDiagnostics(diagnostics, texts, styleFor(flags, host))}\n\n`);
  else host.error(diagnostics.map((diagnostic) => `${(flags.errorFormat === "json" ? jsonLine : githubLine)(diagnostic)}\n`).join(""));
}

/** Words for people, which would be in the way of programs that read JSON. */
export function printRemark(text: string, flags: CommonFlags, host: Host): void {
  if (flags.errorFormat !== "json") host.error(text);
}
