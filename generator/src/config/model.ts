/** What a configuration file may say; all of it may be left out. */
import type { EmitTarget } from "../output/emit.js";
import type { colorChoices, errorFormats } from "./keys.js";

export interface Config {
  /** Paths and patterns. */
  readonly schemas?: readonly string[];
  readonly emit?: readonly EmitTarget[];
  readonly out?: string;
  readonly clean?: boolean;
  readonly depfile?: string;
  readonly quiet?: boolean;
  readonly timings?: boolean;
  readonly color?: (typeof colorChoices)[number];
  readonly errorFormat?: (typeof errorFormats)[number];
}
