/** Keys of a configuration file: the flags that say what a project generates, not what one run does. */
import { emitTargets } from "../output/emit.js";
import type { KeyTable } from "../schema/keys.js";

export const colorChoices = ["auto", "always", "never"] as const;
export const errorFormats = ["text", "json", "github"] as const;

export const configKeys = {
  schemas: { kind: "sequence" },
  out: { kind: "text" },
  emit: { kind: "sequence" },
  clean: { kind: "boolean" },
  depfile: { kind: "text" },
  quiet: { kind: "boolean" },
  timings: { kind: "boolean" },
  color: { kind: "text", choices: colorChoices },
  error_format: { kind: "text", choices: errorFormats },
} as const satisfies KeyTable;

export const emitWords: readonly string[] = emitTargets;
