import type { CommonFlags } from "../flags.js";
import { resolvedText } from "../generate.js";
import type { Host } from "./host.js";
import { readOneSchema } from "./sources.js";

/** show: exit code 0 or 1. Throws OutputError. */
export function runShow(flags: CommonFlags, host: Host): number {
  const read = readOneSchema(flags, host);
  if (read === undefined) return 1;
  host.out(resolvedText(read.layout));
  return 0;
}
