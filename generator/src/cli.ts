/** pqflow-gen: arguments in, exit code out. 0 ok, 1 findings, 2 usage or I/O, 70 internal error. */
import { CommanderError } from "commander";
import { type Host, processHost } from "./cli/host.js";
import { withConfig } from "./cli/config.js";
import { runCheck } from "./cli/run-check.js";
import { runExplain } from "./cli/run-explain.js";
import { runGenerate } from "./cli/run-generate.js";
import { runLayout } from "./cli/run-layout.js";
import { runShow } from "./cli/run-show.js";
import { type Commands, runFlags } from "./flags.js";
import { OutputError } from "./output/errors.js";
import { GENERATOR_VERSION } from "./output/version.js";

const EXIT_USAGE = 2;
const EXIT_INTERNAL = 70;

/** The program, for its launcher: exit code of the arguments after the program's name. */
export async function main(args: readonly string[], templatesDir: string): Promise<number> {
  return runCli(args, processHost(templatesDir));
}

/** Never throws. */
export async function runCli(args: readonly string[], host: Host): Promise<number> {
  const commands: Commands = {
    generate: async (given) => runGenerate(await withConfig(given, host), host),
    check: async (given) => runCheck(await withConfig(given, host), host),
    show: async (given) => runShow(await withConfig(given, host), host),
    layout: async (given) => runLayout(await withConfig(given, host), host),
    explain: (code) => runExplain(code, host),
  };
  try {
    return await runFlags(args, commands, { out: host.out, error: host.error });
  } catch (error) {
    return exitCodeOf(error, host);
  }
}

function exitCodeOf(error: unknown, host: Host): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof OutputError) {
    host.error(`error: ${error.message}\n`);
    return EXIT_USAGE;
  }
  host.error(internalErrorBlock(error, host));
  return EXIT_INTERNAL;
}

function internalErrorBlock(error: unknown, { platform }: Host): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "internal error in pqflow-gen: this is a fault of the generator, not of your schema. Nothing was written.",
    "Please report it with the schema and the lines between the rules.",
    "-----",
    `pqflow-gen ${GENERATOR_VERSION}, ${platform}`,
    detail,
    "-----",
    "",
  ].join("\n");
}
