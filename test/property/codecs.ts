/** Codecs with their levels. The draw is the same whatever the runtime was built with: a codec that it lacks becomes UNCOMPRESSED. */
import * as fc from "fast-check";
import { buildInfo } from "../../native/lib/index.js";

export interface Compression {
  readonly codec: string;
  /** As YAML. */
  readonly yaml: string;
}

/** Below these levels of ZSTD and above them nothing but time changes. */
const levels: Readonly<Record<string, readonly [least: number, most: number] | undefined>> = {
  UNCOMPRESSED: undefined,
  SNAPPY: undefined,
  GZIP: [1, 9],
  BROTLI: [0, 11],
  ZSTD: [-5, 12],
  LZ4_RAW: undefined,
};

const built = new Set(/codecs (.*)$/.exec(buildInfo())?.[1]?.split(", "));

function withLevel(codec: string, level: number | undefined): Compression {
  if (!built.has(codec)) return { codec: "UNCOMPRESSED", yaml: "UNCOMPRESSED" };
  return { codec, yaml: level === undefined ? codec : `{codec: ${codec}, level: ${level}}` };
}

export const compressions: fc.Arbitrary<Compression> = fc.constantFrom(...Object.entries(levels)).chain(([codec, range]) => {
  const level = range === undefined ? fc.constant(undefined) : fc.option(fc.integer({ min: range[0], max: range[1] }), { nil: undefined });
  return level.map((chosen) => withLevel(codec, chosen));
});
