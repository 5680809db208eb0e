/** Projects outside the tree that use an installed pqflow, as a user's would. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { projectPath } from "../support/paths.js";

export interface Outcome {
  readonly ok: boolean;
  /** stdout, then stderr. */
  readonly output: string;
}

/** Runs a program to its end. `env` is added to the environment. */
function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Outcome {
  const result = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { ok: result.status === 0, output: `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}` };
}

/** Runs a program that has to succeed; its output is the result. */
export function required(command: string, args: readonly string[], options: Parameters<typeof run>[2] = {}): string {
  const { ok, output } = run(command, args, options);
  if (!ok) throw new Error(`${[command, ...args].join(" ")}\n${output}`);
  return output;
}

/** A temporary folder outside the checkout, removed after the test file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pqflow-system-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Installs the checkout's build into a new prefix below `folder`. */
export function installInto(folder: string): string {
  const prefix = join(folder, "prefix");
  required("cmake", ["--install", projectPath("build"), "--prefix", prefix]);
  return prefix;
}

/** Writes the files of a project, given by relative path, into `folder`. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export type CMakeGenerator = "Ninja" | "Unix Makefiles";

export interface Configuration {
  readonly generator?: CMakeGenerator;
  readonly options?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Configures the project in `folder` into `folder/build`. */
export function configure(folder: string, { generator = "Ninja", options = {}, env = {} }: Configuration): Outcome {
  const definitions = Object.entries(options).map(([name, value]) => `-D${name}=${value}`);
  return run("cmake", ["-S", folder, "-B", join(folder, "build"), "-G", generator, ...definitions], { env });
}

export const build = (folder: string): Outcome => run("cmake", ["--build", join(folder, "build")]);

/** Configures and builds a project that has to be in order. */
export function configureAndBuild(folder: string, configuration: Configuration): string {
  const configured = configure(folder, configuration);
  if (!configured.ok) throw new Error(configured.output);
  const built = build(folder);
  if (!built.ok) throw new Error(built.output);
  return configured.output + built.output;
}
