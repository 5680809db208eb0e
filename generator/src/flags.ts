/** The command line as typed flags. Errors and help are commander's; this file says what exists. */
import { Command, InvalidArgumentError, Option } from "commander";
import { colorChoices, errorFormats } from "./config/keys.js";
import { defaultTargets, type EmitTarget, emitTargets } from "./output/emit.js";
import { GENERATOR_VERSION } from "./output/version.js";

export interface CommonFlags {
  /** As written: paths, patterns, `-`. */
  readonly schemas: readonly string[];
  readonly quiet: boolean;
  readonly color: (typeof colorChoices)[number];
  readonly errorFormat: (typeof errorFormats)[number];
  /** False with --no-config. */
  readonly config?: string | false;
}

export interface GenerateFlags extends CommonFlags {
  readonly out: string;
  readonly emit: readonly EmitTarget[];
  readonly check: boolean;
  readonly clean: boolean;
  readonly stdout: boolean;
  readonly listOutputs: boolean;
  readonly timings: boolean;
  readonly depfile?: string;
}

export interface LayoutFlags extends CommonFlags {
  readonly format: "text" | "json";
}

/** Flags, and the names of those that stand on the command line: the others are defaults. */
export interface Given<Flags> {
  readonly flags: Flags;
  readonly given: ReadonlySet<string>;
}

export interface Commands {
  generate(flags: Given<GenerateFlags>): Promise<number>;
  check(flags: Given<CommonFlags>): Promise<number>;
  show(flags: Given<CommonFlags>): Promise<number>;
  layout(flags: Given<LayoutFlags>): Promise<number>;
  explain(code: string): number;
}

export interface Printers {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** A schema path that is one of these, or nearly, is a slip of the command line. */
export const commandNames = ["generate", "check", "show", "layout", "explain"] as const;

/** Exit code of the command that the arguments ask for. Throws CommanderError on wrong usage, --help and --version. */
export async function runFlags(args: readonly string[], commands: Commands, print: Printers): Promise<number> {
  let exitCode = 0;
  const program = new Command("pqflow-gen")
    .description("Generates Parquet capture code from YAML record schemas.")
    .version(GENERATOR_VERSION, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError("`pqflow-gen --help` lists the commands, `pqflow-gen generate --help` the options of one")
    .exitOverride()
    .configureOutput({ writeOut: print.out, writeErr: print.error });
  const run =
    <Flags>(command: (flags: Given<Flags>) => Promise<number>) =>
    async (given: Given<Flags>): Promise<void> => {
      exitCode = await command(given);
    };
  addGenerate(program, run(commands.generate));
  addCheck(program, run(commands.check));
  addShow(program, run(commands.show));
  addLayout(program, run(commands.layout));
  addExplain(program, (code) => {
    exitCode = commands.explain(code);
  });
  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

type Run<Flags> = (given: Given<Flags>) => Promise<void>;

function addGenerate(program: Command, run: Run<GenerateFlags>): void {
  const command = program
    .command("generate", { isDefault: true })
    .description("write C, C++ and TypeScript for each schema (the default: the word may be left out)")
    .option("--out <dir>", "folder to write into", "generated")
    .addOption(
      new Option("--emit <targets>", `what to write, comma separated: ${emitTargets.join(", ")}`)
        .argParser(parseEmit)
        .default(defaultTargets, defaultTargets.join(",")),
    )
    .addOption(
      new Option("--check", "write nothing, print a diff of what would change, exit 1 if anything would")
        .default(false)
        .conflicts(["stdout", "listOutputs"]),
    )
    .option("--clean", "delete files of earlier runs that this one does not make", false)
    .addOption(new Option("--stdout", "print the files instead of writing them").default(false).conflicts(["listOutputs"]))
    .option("--list-outputs", "print the paths of the files that would be written, one a line", false)
    .option("--depfile <file>", "also write a dependency file for Make and Ninja")
    .option("--timings", "say how long each part took", false);
  addCommon(command, run);
}

function addCheck(program: Command, run: Run<CommonFlags>): void {
  addCommon(program.command("check").description("read and check schemas, report every error"), run);
}

function addShow(program: Command, run: Run<CommonFlags>): void {
  addCommon(program.command("show").description("print the resolved schema as JSON: defaults, offsets, columns, fingerprints"), run);
}

function addLayout(program: Command, run: Run<LayoutFlags>): void {
  const command = program
    .command("layout")
    .description("print the record's bytes: offsets, holes, cache lines, bytes per row, what reordering saves")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"));
  addCommon(command, run);
}

function addExplain(program: Command, run: (code: string) => void): void {
  program
    .command("explain")
    .description("say what a diagnostic code means and what to do about it")
    .argument("<code>", "as printed: PQ2101")
    .helpOption("-h, --help", "print this help")
    .action(run);
}

function addCommon<Flags extends CommonFlags>(command: Command, run: Run<Flags>): void {
  command
    .argument(
      "[schema...]",
      "schema files or quoted patterns like 'schemas/*.yaml', - for standard input; default: those of the configuration",
    )
    .option("--config <file>", "configuration: .yaml, .json or .mjs (default: pqflow.config.* here, or `pqflow` in package.json)")
    .option("--no-config", "use no configuration")
    .option("--quiet", "print errors and warnings only", false)
    .addOption(new Option("--color <when>", "colour in messages; NO_COLOR is honoured").choices(colorChoices).default("auto"))
    .addOption(new Option("--error-format <format>", "how to print errors and warnings").choices(errorFormats).default("text"))
    .helpOption("-h, --help", "print this help")
    .action(async (schemas: readonly string[], values: Omit<Flags, "schemas">) => {
      const given = new Set(Object.keys(values).filter((name) => command.getOptionValueSource(name) === "cli"));
      await run({ flags: { ...values, schemas } as Flags, given });
    });
}

function parseEmit(text: string): readonly EmitTarget[] {
  const words = new Set(text.split(",").map((word) => word.trim()));
  const unknown = [...words].find((word) => !(emitTargets as readonly string[]).includes(word));
  if (unknown !== undefined) throw new InvalidArgumentError(`\`${unknown}\` is not one of ${emitTargets.join(", ")}.`);
  return emitTargets.filter((target) => words.has(target));
}
