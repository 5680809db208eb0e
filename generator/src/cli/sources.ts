/** Reads and checks the schemas of a command, and prints what was found. */
import { plural } from "./words.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { colorStyle, plainStyle, type Style } from "../diagnostics/style.js";
import type { CommonFlags } from "../flags.js";
import type { RecordLayout } from "../layout/model.js";
import { loadSchemaBytes } from "../load.js";
import { OutputError } from "../output/errors.js";
import { readSource, type SourceBytes } from "../output/read-source.js";
import type { Schema } from "../schema/model.js";
import type { Host } from "./host.js";

export interface ReadSchema {
  readonly source: SourceBytes;
  readonly schema: Schema;
  readonly layout: RecordLayout;
}

/** Undefined when a schema has errors; they are printed then. Warnings are printed too. Throws OutputError. */
export function readSchemas(flags: CommonFlags, host: Host): readonly ReadSchema[] | undefined {
  const style = styleFor(flags, host);
  const sources = flags.schemas.map((path) => (path === "-" ? { path: "<stdin>", bytes: host.readStdin() } : readSource(path)));
  const loaded = sources.map((source) => ({ source, ...loadSchemaBytes(source) }));
  for (const { diagnostics, text } of loaded) if (diagnostics.length > 0) host.error(`${renderDiagnostics(diagnostics, text, style)}\n\n`);
  const read = loaded.flatMap(({ source, schema, layout }) =>
    schema === undefined || layout === undefined ? [] : [{ source, schema, layout }],
  );
  if (read.length === loaded.length) return checkNames(read);
  const errorCount = loaded.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity === "error").length;
  host.error(`${style.error("error")}: ${plural(errorCount, "error")} in ${plural(loaded.length - read.length, "schema")}\n`);
  return undefined;
}

/** Two schemas of one name would write the same files. */
function checkNames(read: readonly ReadSchema[]): readonly ReadSchema[] {
  const first = new Map<string, string>();
  for (const { source, schema } of read) {
    const other = first.get(schema.name);
    if (other !== undefined)
      throw new OutputError(`${other} and ${source.path} both describe \`${schema.name}\`: their outputs would be the same files`);
    first.set(schema.name, source.path);
  }
  return read;
}

function styleFor({ color }: CommonFlags, { isErrorTty, env }: Host): Style {
  if (color !== "auto") return color === "always" ? colorStyle : plainStyle;
  const isRefused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return isErrorTty && !isRefused ? colorStyle : plainStyle;
}
