/** .pqflow-manifest.json: which files the generator wrote into a folder, from what. Several schemas and targets share one. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EmitTarget } from "./emit.js";
import type { GeneratedFile } from "./model.js";
import { readOutput } from "./read-output.js";

export const MANIFEST_PATH = ".pqflow-manifest.json";
const MANIFEST_VERSION = 1;

export interface ManifestOutput {
  /** SHA-256 over what the files were made from. */
  readonly inputs: string;
  /** Files beside the schema that it was made from, relative to the schema; absent where there are none. */
  readonly includes?: readonly string[];
  /** SHA-256 by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** By schema name, then by target. */
export type Manifest = ReadonlyMap<string, ReadonlyMap<string, ManifestOutput>>;

export interface ManifestUpdate {
  readonly schemaName: string;
  readonly target: EmitTarget;
  readonly inputs: string;
  readonly includes: readonly string[];
  readonly files: readonly GeneratedFile[];
}

export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Empty when there is none, or none that this version can read: then everything is made anew. */
export function readManifest(outDir: string): Manifest {
  const text = readOutput(join(outDir, MANIFEST_PATH));
  const parsed = text === undefined ? undefined : parseJson(text);
  if (!isRecord(parsed) || parsed["pqflow_manifest"] !== MANIFEST_VERSION || !isRecord(parsed["schemas"])) return new Map();
  return new Map(Object.entries(parsed["schemas"]).map(([name, targets]) => [name, readTargets(targets)]));
}

function readTargets(targets: unknown): ReadonlyMap<string, ManifestOutput> {
  if (!isRecord(targets)) return new Map();
  return new Map(
    Object.entries(targets).flatMap(([target, output]): [string, ManifestOutput][] => {
      if (!isRecord(output) || typeof output["inputs"] !== "string" || !isRecord(output["files"])) return [];
      const files = Object.entries(output["files"]).filter((entry): entry is [string, string] => typeof entry[1] === "string");
      const includes = Array.isArray(output["includes"]) ? output["includes"].filter((path) => typeof path === "string") : [];
      return [[target, compactOutput(output["inputs"], includes, Object.fromEntries(files))]];
    }),
  );
}

function compactOutput(inputs: string, includes: readonly string[], files: Readonly<Record<string, string>>): ManifestOutput {
  return includes.length === 0 ? { inputs, files } : { inputs, includes, files };
}

/** Without the targets that `isMade` denies. */
export function reduceManifest(manifest: Manifest, isMade: (schemaName: string, target: string) => boolean): Manifest {
  const reduced = Array.from(
    manifest,
    ([name, targets]) => [name, new Map([...targets].filter(([target]) => isMade(name, target)))] as const,
  );
  return new Map(reduced.filter(([, targets]) => targets.size > 0));
}

export function updateManifest(manifest: Manifest, updates: readonly ManifestUpdate[]): Manifest {
  const schemas = new Map(Array.from(manifest, ([name, targets]) => [name, new Map(targets)]));
  for (const { schemaName, target, inputs, includes, files } of updates) {
    const targets = schemas.get(schemaName) ?? new Map<string, ManifestOutput>();
    targets.set(target, compactOutput(inputs, includes, Object.fromEntries(files.map(({ path, text }) => [path, sha256(text)]))));
    schemas.set(schemaName, targets);
  }
  return schemas;
}

/** Sorted by name, so that the order of generating does not show. */
export function manifestFile(manifest: Manifest): GeneratedFile {
  const schemas = sorted(manifest, (targets) =>
    sorted(targets, ({ files, ...output }) => ({ ...output, files: sorted(new Map(Object.entries(files)), (hash) => hash) })),
  );
  return { path: MANIFEST_PATH, text: `${JSON.stringify({ pqflow_manifest: MANIFEST_VERSION, schemas }, null, 2)}\n` };
}

function sorted<Value>(map: ReadonlyMap<string, Value>, write: (value: Value) => unknown): Record<string, unknown> {
  const keys = [...map.keys()].toSorted();
  return Object.fromEntries(keys.flatMap((key) => (map.get(key) === undefined ? [] : [[key, write(map.get(key) as Value)]])));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
