/** Reads and checks the schemas of a command, and prints what was found. */
import type { Diagnostic } from "../diagnostics/model.js";
import type { SourceFile } from "../document/model.js";
import type { CommonFlags } from "../flags.js";
import type { RecordLayout } from "../layout/model.js";
import { loadSchemaBytes } from "../load.js";
import { OutputError } from "../output/errors.js";
import { readNamedFile } from "../output/read-source.js";
import type { Schema } from "../schema/model.js";
import { readGivenSource } from "./advice.js";
import type { Host } from "./host.js";
import { printDiagnostics, printRemark } from "./report.js";
import { styleFor } from "./style.js";
import { plural } from "./words.js";

/** What diagnostics call standard input; paths in it are relative to the working directory. */
export const STDIN_PATH = "<stdin>";

export interface ReadSchema {
  /** As given on the command line. */
  readonly path: string;
  /** The schema's own file first, then those it includes and extends. */
  readonly files: readonly SourceFile[];
  readonly schema: Schema;
  readonly layout: RecordLayout;
}

/** Undefined when a schema has errors; they are printed then. Warnings are printed too. Throws OutputError. */
export function readSchemas(flags: CommonFlags, host: Host): readonly ReadSchema[] | undefined {
  const sources = flags.schemas.map((path) => (path === "-" ? { path: STDIN_PATH, bytes: host.readStdin() } : readGivenSource(path)));
  const loaded = sources.map((source) => ({ path: source.path, ...loadSchemaBytes(source, readNamedFile) }));
  const diagnostics = withoutRepeats(loaded.flatMap((item) => item.diagnostics));
  const texts = new Map(loaded.flatMap(({ files }) => files.map(({ path, text }) => [path, text])));
  printDiagnostics(diagnostics, texts, flags, host);
  const read = loaded.flatMap(({ path, files, schema, layout }) =>
    schema === undefined || layout === undefined ? [] : [{ path, files, schema, layout }],
  );
  if (read.length === loaded.length) return checkNames(read);
  const errorCount = diagnostics.filter(({ severity }) => severity === "error").length;
  const word = styleFor(flags, host).error("error");
  printRemark(`${word}: ${plural(errorCount, "error")} in ${plural(loaded.length - read.length, "schema")}\n`, flags, host);
  return undefined;
}

/** A file that several schemas include is read with each of them. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.toReversed().map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return diagnostics.filter((diagnostic) => seen.get(JSON.stringify(diagnostic)) === diagnostic);
}

/** For commands that are about one schema. */
export function readOneSchema(flags: CommonFlags, host: Host): ReadSchema | undefined {
  if (flags.schemas.length !== 1) throw new OutputError(`name one schema; these are ${flags.schemas.length}: ${flags.schemas.join(", ")}`);
  return readSchemas(flags, host)?.[0];
}

/** Two schemas of one name would write the same files. */
function checkNames(read: readonly ReadSchema[]): readonly ReadSchema[] {
  const first = new Map<string, string>();
  for (const { path, schema } of read) {
    const other = first.get(schema.name);
    if (other !== undefined)
      throw new OutputError(`${other} and ${path} both describe \`${schema.name}\`: their outputs would be the same files`);
    first.set(schema.name, path);
  }
  return read;
}
