/** Translates what the YAML parser complains about into this tool's codes, with a hint where the cause is a known trap. */
import type { YAMLParseError, YAMLWarning } from "yaml";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";

interface Translation {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
}

const translations: Readonly<Partial<Record<YAMLParseError["code"], Translation>>> = {
  BLOCK_AS_IMPLICIT_KEY: {
    code: "PQ1011",
    message: "a second `: ` on the same line",
    label: "the value would be a mapping of its own",
    help: "quote the colon: put the whole text in quotes",
  },
  BAD_SCALAR_START: {
    code: "PQ1012",
    message: "a plain value cannot start with this character",
    label: "reserved by YAML",
    help: "put the text in quotes",
  },
  TAB_AS_INDENT: { code: "PQ1013", message: "tabs are not allowed as indentation", help: "indent with spaces" },
  BLOCK_IN_FLOW: {
    code: "PQ1004",
    message: "a comma is missing inside { } or [ ]",
    label: "read as one value",
    help: "put a comma in front of each key; a list in here is written [a, b]",
  },
  MULTIPLE_DOCS: {
    code: "PQ1009",
    message: "the file holds more than one document",
    label: "a second document starts here",
    help: "put each schema into a file of its own",
  },
  TAG_RESOLVE_FAILED: {
    code: "PQ1010",
    message: "YAML tags are not part of the schema language",
    help: "remove the tag: the type of a value follows from its key",
  },
};

/** The parser says what must be so, not how to get there. */
function indentHelp(message: string): string | undefined {
  return message.startsWith("All mapping items") ? "indent all keys of one mapping by the same number of spaces" : undefined;
}

export function reportYamlError(collector: DiagnosticCollector, error: YAMLParseError | YAMLWarning, span: Span): void {
  const { code, ...finding } = translations[error.code] ?? {
    code: "PQ1004" as const,
    message: sentence(error.message),
    help: indentHelp(error.message),
  };
  collector.report(code, { ...finding, span });
}

/** The parser's messages start with a capital; ours do not. */
function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
