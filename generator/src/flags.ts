/** The command line as typed flags. Errors and help are commander's; this file says what exists. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type EmitTarget, emitTargets } from "./output/emit.js";
import { GENERATOR_VERSION } from "./output/version.js";

export interface CommonFlags {
  readonly schemas: readonly string[];
  readonly quiet: boolean;
  readonly color: "auto" | "always" | "never";
}

export interface GenerateFlags extends CommonFlags {
  readonly out: string;
  readonly emit: readonly EmitTarget[];
  readonly check: boolean;
  readonly stdout: boolean;
  readonly listOutputs: boolean;
  readonly depfile?: string;
}

export interface Commands {
  generate(flags: GenerateFlags): Promise<number>;
  check(flags: CommonFlags): Promise<number>;
}

export interface Printers {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Exit code of the command that the arguments ask for. Throws CommanderError on wrong usage, --help and --version. */
export async function runFlags(args: readonly string[], commands: Commands, print: Printers): Promise<number> {
  let exitCode = 0;
  const program = new Command("pqflow-gen")
    .description("Generates Parquet capture code from YAML record schemas.")
    .version(GENERATOR_VERSION, "--version", "print the version")
    .helpOption("--help", "print this help")
    .exitOverride()
    .configureOutput({ writeOut: print.out, writeErr: print.error });
  addGenerate(program, async (flags) => {
    exitCode = await commands.generate(flags);
  });
  addCheck(program, async (flags) => {
    exitCode = await commands.check(flags);
  });
  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

type Values<Flags> = Omit<Flags, "schemas">;

function addGenerate(program: Command, run: (flags: GenerateFlags) => Promise<void>): void {
  const command = program
    .command("generate", { isDefault: true })
    .description("write C, C++ and TypeScript for each schema (the default: the word may be left out)")
    .argument("<schema...>", "schema files, - for standard input")
    .option("--out <dir>", "folder to write into", "generated")
    .addOption(
      new Option("--emit <targets>", `what to write, comma separated: ${emitTargets.join(", ")}`)
        .argParser(parseEmit)
        .default(emitTargets, emitTargets.join(",")),
    )
    .addOption(
      new Option("--check", "write nothing, print a diff of what would change, exit 1 if anything would")
        .default(false)
        .conflicts(["stdout", "listOutputs"]),
    )
    .addOption(new Option("--stdout", "print the files instead of writing them").default(false).conflicts(["listOutputs"]))
    .option("--list-outputs", "print the paths of the files that would be written, one a line", false)
    .option("--depfile <file>", "also write a dependency file for Make and Ninja");
  addCommon(command).action(async (schemas: readonly string[], values: Values<GenerateFlags>) => run({ ...values, schemas }));
}

function addCheck(program: Command, run: (flags: CommonFlags) => Promise<void>): void {
  const command = program
    .command("check")
    .description("read and check schemas, report every error")
    .argument("<schema...>", "schema files, - for standard input");
  addCommon(command).action(async (schemas: readonly string[], values: Values<CommonFlags>) => run({ ...values, schemas }));
}

function addCommon(command: Command): Command {
  return command
    .option("--quiet", "print errors and warnings only", false)
    .addOption(
      new Option("--color <when>", "colour in messages; NO_COLOR is honoured").choices(["auto", "always", "never"]).default("auto"),
    )
    .helpOption("--help", "print this help");
}

function parseEmit(text: string): readonly EmitTarget[] {
  const words = new Set(text.split(",").map((word) => word.trim()));
  const unknown = [...words].find((word) => !(emitTargets as readonly string[]).includes(word));
  if (unknown !== undefined) throw new InvalidArgumentError(`\`${unknown}\` is not one of ${emitTargets.join(", ")}.`);
  return emitTargets.filter((target) => words.has(target));
}
