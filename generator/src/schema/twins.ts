/** Fields of one struct may not share a name, an id or a C name. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { FieldIdentity } from "./field.js";

export function reportNameTwins(
  collector: DiagnosticCollector,
  identities: readonly FieldIdentity[],
  reserved: ReadonlyMap<string, Span>,
): void {
  const named = identities.flatMap(({ name }) => (name === undefined ? [] : [{ key: name.text, span: name.span }]));
  reportTwins(collector, named, reserved, {
    twin: (name) => ["PQ2009", `field \`${name}\` appears twice`],
    reserved: (name) => `name \`${name}\` is reserved`,
  });
}

export function reportIdTwins(
  collector: DiagnosticCollector,
  identities: readonly FieldIdentity[],
  reserved: ReadonlyMap<number, Span>,
): void {
  const numbered = identities.flatMap(({ id }) => (id === undefined ? [] : [{ key: id.number, span: id.span }]));
  reportTwins(collector, numbered, reserved, {
    twin: (id) => ["PQ2010", `id ${id} appears twice`],
    reserved: (id) => `id ${id} is reserved`,
  });
}

interface TwinTexts<Key> {
  readonly twin: (key: Key) => readonly ["PQ2009" | "PQ2010", string];
  readonly reserved: (key: Key) => string;
}

function reportTwins<Key>(
  collector: DiagnosticCollector,
  placed: readonly { readonly key: Key; readonly span: Span }[],
  reserved: ReadonlyMap<Key, Span>,
  texts: TwinTexts<Key>,
): void {
  const seen = new Map<Key, Span>();
  for (const { key, span } of placed) {
    const first = seen.get(key);
    const reservedAt = reserved.get(key);
    if (first !== undefined) {
      const [code, message] = texts.twin(key);
      collector.report(code, { message, span, related: [{ span: first, label: "first here" }] });
    } else if (reservedAt === undefined) seen.set(key, span);
    else collector.report("PQ2011", { message: texts.reserved(key), span, related: [{ span: reservedAt, label: "reserved here" }] });
  }
}

/** Names that the generated struct itself uses. */
function isStructName(name: string): boolean {
  return name === "valid" || /^_?pad_?[0-9]+_?$/.test(name);
}

export function reportCNameClashes(collector: DiagnosticCollector, identities: readonly FieldIdentity[]): void {
  const owners = new Map<string, Span>();
  for (const { name, cName } of identities) if (cName === undefined && name !== undefined) owners.set(name.text, name.span);
  for (const { cName } of identities) {
    if (cName === undefined) continue;
    const owner = owners.get(cName.text);
    if (isStructName(cName.text))
      collector.report("PQ2012", {
        message: `c_name \`${cName.text}\` is a member of every record`,
        span: cName.span,
        help: "choose another `c_name`",
      });
    else if (owner === undefined) owners.set(cName.text, cName.span);
    else {
      collector.report("PQ2012", {
        message: `two members would have the C name \`${cName.text}\``,
        span: cName.span,
        related: [{ span: owner, label: "first here" }],
        help: "choose another `c_name`",
      });
    }
  }
}
