/** `options` of a definition: what open() takes where its caller says nothing, as `parquet:` and `sink:` of a schema in YAML. */
import type { DescriptorDefaults } from "../descriptor.js";
import { PqflowError } from "../error.js";
import { nativeOptions, type SinkOptions } from "../options.js";
import { checkOptionNames, type Fail } from "./problem.js";

const names = [
  "ringSlots",
  "rowGroupRows",
  "rowGroupBytes",
  "flushIntervalNs",
  "rotateBytes",
  "rotateRows",
  "rotateIntervalNs",
  "rotateClockNs",
  "manifest",
  "orphans",
  "encoderThreads",
  "pageRows",
  "pageBytes",
  "dataPageVersion",
  "profile",
  "codec",
  "codecLevel",
] as const satisfies readonly (keyof SinkOptions)[];

/** Units, limits and meaning as in SinkOptions. */
export type DefinedOptions = Pick<SinkOptions, (typeof names)[number]>;

function checkValues(options: DefinedOptions, fail: Fail): void {
  try {
    nativeOptions(options);
  } catch (error) {
    fail(error instanceof PqflowError ? error.message : String(error));
  }
}

export function readDefaults(value: unknown, fail: Fail): Omit<DescriptorDefaults, "path"> {
  if (value === undefined) return {};
  const options: DefinedOptions = checkOptionNames(value, names, (problem) => fail(`options: ${problem}`));
  checkValues(options, fail);
  if (options.codecLevel !== undefined && options.codec === undefined) fail("options: codecLevel needs its codec");
  const { ringSlots, manifest, ...others } = options;
  return {
    ...others,
    ...(ringSlots !== undefined && { ringSlotsCount: ringSlots }),
    ...(typeof manifest === "string" && { manifest }),
  };
}
