import type { CommonFlags } from "../flags.js";
import type { Host } from "./host.js";
import { printRemark } from "./report.js";
import { readSchemas } from "./sources.js";
import { plural } from "./words.js";

/** check: exit code 0 or 1. Throws OutputError. */
export function runCheck(flags: CommonFlags, host: Host): number {
  const read = readSchemas(flags, host);
  if (read === undefined) return 1;
  if (!flags.quiet) printRemark(`note: ${plural(read.length, "schema")} without errors\n`, flags, host);
  return 0;
}
