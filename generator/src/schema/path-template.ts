/** Paths with placeholders: `dt={date}/hour={hour}/{schema}-{host}-{pid}-{seq}.parquet`. As runtime/src/io/path_template.hpp has them. */
import { type Block, nodeOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { didYouMean, listWords } from "./suggest.js";

/** PQFLOW_PATH_CAPACITY_BYTES less the NUL. */
const PATH_MAX_BYTES = 4095;
const FOLDER_NAME_MAX_BYTES = 255;
const SEQUENCE_MAX_DIGITS = 20;

/** In the order in which they are listed; `utc_date` is `date`, and only what is read. */
const listed = ["{schema}", "{date}", "{hour}", "{minute}", "{time}", "{host}", "{pid}", "{seq}"] as const;
const known: readonly string[] = [...listed, "{utc_date}"];

/** What people write where they mean one of the placeholders. */
const meant: Readonly<Record<string, string>> = {
  "{day}": "{date}",
  "{timestamp}": "{date}-{time}",
  "{datetime}": "{date}-{time}",
  "{min}": "{minute}",
  "{name}": "{schema}",
  "{hostname}": "{host}",
  "{process}": "{pid}",
  "{process_id}": "{pid}",
  "{sequence}": "{seq}",
  "{number}": "{seq}",
};

interface Fault {
  readonly message: string;
  readonly help?: string | undefined;
}

/** What `path` and `manifest` of `file` hold: the first is of every file, the second of the capture. */
export function readPathTemplate(
  { collector }: SchemaContext,
  file: Block<"path" | "manifest">,
  key: "path" | "manifest",
): string | undefined {
  const path = textOf(file, key);
  const node = nodeOf(file, key);
  if (path === undefined || node === undefined) return undefined;
  const fault = templateFault(path) ?? (key === "manifest" ? sequenceFault(path) : undefined);
  if (fault === undefined) return path;
  collector.report("PQ4205", { message: `\`${key}\` ${fault.message}`, span: node.span, help: fault.help });
  return undefined;
}

function templateFault(path: string): Fault | undefined {
  if (path === "" || path.endsWith("/")) return { message: "names no file" };
  if (path.includes("\0")) return { message: "contains a NUL" };
  if (Buffer.byteLength(path, "utf8") > PATH_MAX_BYTES) return { message: `is longer than ${PATH_MAX_BYTES} bytes` };
  const long = path.split("/").find((part) => Buffer.byteLength(part, "utf8") > FOLDER_NAME_MAX_BYTES);
  if (long !== undefined)
    return { message: `has a part of more than ${FOLDER_NAME_MAX_BYTES} bytes, which begins with \`${long.slice(0, 32)}\`` };
  return bracesFault(path);
}

function bracesFault(path: string): Fault | undefined {
  for (const [text] of path.matchAll(/\{[^}]*\}?|\}/g)) {
    const fault = placeholderFault(text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function placeholderFault(text: string): Fault | undefined {
  if (known.includes(text)) return undefined;
  if (!text.startsWith("{") || !text.endsWith("}"))
    return { message: `has \`${text}\` without its partner`, help: "braces stand around placeholders only" };
  const [, name, digits] = /^\{([^:]*):(.*)\}$/.exec(text) ?? [];
  if (name !== undefined && known.includes(`{${name}}`)) return digitsFault(text, name, digits ?? "");
  return {
    message: `contains \`${text}\`, which is no placeholder`,
    help: suggestion(text) ?? `the placeholders are ${listWords(listed).replace(" or ", " and ")}`,
  };
}

function suggestion(text: string): string | undefined {
  const other = meant[text];
  return other === undefined ? didYouMean(text, known) : `did you mean \`${other}\`?`;
}

function digitsFault(text: string, name: string, digits: string): Fault | undefined {
  if (name !== "seq") return { message: `contains \`${text}\``, help: `write \`{${name}}\`: only \`{seq}\` has a number of digits` };
  const count = /^0[0-9]{1,2}$/.test(digits) ? Number(digits) : 0;
  if (count >= 1 && count <= SEQUENCE_MAX_DIGITS) return undefined;
  const wanted = /^[1-9]$/.test(digits) ? `: here \`{seq:0${digits}}\`` : "";
  return {
    message: `contains \`${text}\``,
    help: `write \`{seq:01}\` to \`{seq:020}\`, the digits it has at least${wanted}`,
  };
}

function sequenceFault(path: string): Fault | undefined {
  const sequence = /\{seq(?::0[0-9]{1,2})?\}/.exec(path);
  return sequence === null
    ? undefined
    : {
        message: `contains \`${sequence[0]}\`, the number of a file`,
        help: "the manifest is one for all files of a capture: leave it out",
      };
}
