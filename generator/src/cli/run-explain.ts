import { diagnosticCodes } from "../diagnostics/codes.js";
import { OutputError } from "../output/errors.js";
import { didYouMean } from "../schema/suggest.js";
import type { Host } from "./host.js";

/** explain: exit code 0. Throws OutputError for a code that does not exist. */
export function runExplain(code: string, host: Host): number {
  const known = new Map<string, (typeof diagnosticCodes)[keyof typeof diagnosticCodes]>(Object.entries(diagnosticCodes));
  const info = known.get(code.toUpperCase());
  if (info === undefined) throw new OutputError(`no diagnostic is called ${code}${hint(code, [...known.keys()])}`);
  host.out(`${code.toUpperCase()} (${info.severity}): ${info.title}\n\n${info.advice}\n`);
  return 0;
}

function hint(code: string, codes: readonly string[]): string {
  const text = didYouMean(code, codes);
  return text === undefined ? "" : `: ${text}`;
}
