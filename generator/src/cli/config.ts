/** The configuration of a run: found, read, and put below the flags. */
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "../config/model.js";
import { readConfig } from "../config/read.js";
import { DiagnosticCollector } from "../diagnostics/collector.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { decodeSource } from "../document/decode.js";
import type { SourceText } from "../document/model.js";
import type { CommonFlags, Given } from "../flags.js";
import { OutputError, systemMessage } from "../output/errors.js";
import { expandPaths } from "../output/glob.js";
import { namesIn, readNamedFile, readSource } from "../output/read-source.js";
import { listWords } from "../schema/suggest.js";
import type { Host } from "./host.js";
import { styleFor } from "./style.js";
import { plural } from "./words.js";

const names = ["pqflow.config.yaml", "pqflow.config.json", "pqflow.config.mjs"];

/** Flags with the configuration below them, and the schemas' patterns expanded. Throws OutputError. */
export async function withConfig<Flags extends CommonFlags>({ flags, given }: Given<Flags>, host: Host): Promise<Flags> {
  const found = flags.config === false ? undefined : await findConfig(flags.config, host);
  if (found === undefined) return { ...flags, schemas: expandPaths(requireSchemas(flags.schemas)) };
  const { folder, config } = found;
  const { schemas: patterns = [], ...values } = inFolder(config, folder);
  const defaults = Object.fromEntries(Object.entries(values).filter(([key]) => !given.has(key)));
  const schemas = flags.schemas.length > 0 ? expandPaths(flags.schemas) : expandPaths(requireSchemas(patterns), folder);
  return { ...flags, ...defaults, schemas };
}

function requireSchemas(schemas: readonly string[]): readonly string[] {
  if (schemas.length > 0) return schemas;
  throw new OutputError("no schema: name one (pqflow-gen schemas/orders.yaml), or list them under `schemas` in pqflow.config.yaml");
}

/** Paths of a configuration are relative to its folder. */
function inFolder(config: Config, folder: string): Config {
  const { out, depfile } = config;
  return {
    ...config,
    ...(out === undefined ? {} : { out: join(folder, out) }),
    ...(depfile === undefined ? {} : { depfile: join(folder, depfile) }),
  };
}

interface FoundConfig {
  readonly config: Config;
  /** "" for the working directory. */
  readonly folder: string;
}

async function findConfig(path: string | undefined, host: Host): Promise<FoundConfig | undefined> {
  const text = path === undefined ? await discover(host) : await readConfigFile(path);
  if (text === undefined) return undefined;
  const collector = new DiagnosticCollector();
  const config = readConfig(text, collector);
  if (config === undefined || collector.hasErrors) throw reportFaults(text, collector, host);
  const folder = dirname(text.path);
  return { config, folder: folder === "." ? "" : folder };
}

function reportFaults(source: SourceText, { diagnostics }: DiagnosticCollector, host: Host): OutputError {
  const style = styleFor({ color: "auto" }, host);
  host.error(`${renderDiagnostics(diagnostics, new Map([[source.path, source.text]]), style)}\n\n`);
  return new OutputError(`${plural(diagnostics.length, "error")} in ${source.path}`);
}

/** In the working directory alone: what a command does should not depend on folders above it. */
async function discover({ workingDir }: Host): Promise<SourceText | undefined> {
  const inPackage = readPackage(join(workingDir, "package.json"));
  const files = names.map((name) => join(workingDir, name)).filter((path) => !("fault" in readNamedFile(path)));
  const all = [...files, ...(inPackage === undefined ? [] : [inPackage.path])];
  if (all.length > 1) throw new OutputError(`${all.join(" and ")} both configure pqflow-gen: keep one, or name it with --config`);
  if (all.length === 0) refuseMisnamed(workingDir);
  return files[0] === undefined ? inPackage : readConfigFile(files[0]);
}

/** A configuration that is never read would be a setting that is silently ignored. */
function refuseMisnamed(workingDir: string): void {
  const name = namesIn(workingDir === "" ? "." : workingDir).find((entry) => /^pqflow\.config\.(yml|js|cjs|ts|mts|toml)$/.test(entry));
  if (name !== undefined)
    throw new OutputError(`${join(workingDir, name)} is not read: call it ${listWords(names)}, name it with --config, or say --no-config`);
}

function readPackage(path: string): SourceText | undefined {
  const read = readNamedFile(path);
  const manifest = "fault" in read ? undefined : parseJson(read.bytes.toString("utf8"));
  return manifest?.pqflow === undefined ? undefined : asText(`${path}#pqflow`, manifest.pqflow);
}

/** A package.json that is no JSON is npm's to report. */
function parseJson(text: string): { readonly pqflow?: unknown } | undefined {
  try {
    return JSON.parse(text) as { readonly pqflow?: unknown };
  } catch {
    return undefined;
  }
}

async function readConfigFile(path: string): Promise<SourceText> {
  const extension = extname(path);
  if (extension === ".mjs") return asText(path, await importDefault(path));
  if (![".yaml", ".yml", ".json"].includes(extension))
    throw new OutputError(`cannot read ${path}: a configuration is .yaml, .json or .mjs`);
  const { bytes } = readSource(path);
  const collector = new DiagnosticCollector();
  const { text, isValid } = decodeSource(collector, path, bytes);
  if (!isValid) throw new OutputError(`cannot read ${path}: it is not UTF-8`);
  return { path, text };
}

async function importDefault(path: string): Promise<unknown> {
  readSource(path);
  try {
    const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    return module.default;
  } catch (error) {
    throw new OutputError(`cannot load ${path}: ${systemMessage(error)}`);
  }
}

/** A value of JavaScript in the spelling that readConfig reads; excerpts then show it so. */
function asText(path: string, value: unknown): SourceText {
  if (typeof value !== "object" || value === null)
    throw new OutputError(`cannot read ${path}: expected an object of settings, such as {"schemas": ["schemas/*.yaml"]}`);
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}
