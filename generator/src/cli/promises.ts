/** What a run will make, known from its schemas' names and bytes before anything is rendered. */
import type { GenerateFlags } from "../flags.js";
import { type EmitTarget, outputPaths } from "../output/emit.js";
import { sha256 } from "../output/manifest.js";
import { GENERATOR_VERSION } from "../output/version.js";
import type { ReadSchema } from "./sources.js";

export interface PromisedTarget {
  readonly item: ReadSchema;
  readonly schemaName: string;
  readonly target: EmitTarget;
  /** Hash over everything that decides the files' bytes. */
  readonly inputs: string;
  readonly includes: readonly string[];
  readonly paths: readonly string[];
}

export function promisedTargets(read: readonly ReadSchema[], { emit }: GenerateFlags): readonly PromisedTarget[] {
  return read.flatMap((item) => emit.map((target) => promiseOf(item, target)));
}

/** Relative to the output folder. */
export function promisedPaths(read: readonly ReadSchema[], { emit }: GenerateFlags): readonly string[] {
  return read.flatMap(({ schema }) => emit.flatMap((target) => outputPaths(schema.name, target)));
}

function promiseOf(item: ReadSchema, target: EmitTarget): PromisedTarget {
  const [schema, ...others] = item.files;
  const parts = others.flatMap(({ relativePath, bytes }) => [`\n${relativePath}\n`, bytes]);
  const inputs = sha256(`${GENERATOR_VERSION}\n${target}\n`, schema?.bytes ?? "", ...parts);
  const includes = others.map(({ relativePath }) => relativePath);
  return { item, schemaName: item.schema.name, target, inputs, includes, paths: outputPaths(item.schema.name, target) };
}
