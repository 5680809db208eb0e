/** since_version and deprecated. */
import { type Block, nodeOf, numberOf, subBlock, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { deprecatedKeys } from "./keys.js";

export function readSinceVersion({ collector, version }: SchemaContext, block: Block<"since_version">): number | undefined {
  const since = numberOf(block, "since_version");
  const node = nodeOf(block, "since_version");
  if (since === undefined || node === undefined || version === undefined || since <= version.number) return since;
  collector.report("PQ5101", {
    message: `since_version ${since} is later than the schema's version ${version.number}`,
    span: node.span,
    related: [{ span: version.span, label: "schema version" }],
    help: `raise \`version\` to ${since}`,
  });
  return since;
}

export function readDeprecated(
  context: SchemaContext,
  block: Block<"deprecated">,
): { readonly sinceVersion: number; readonly note?: string } | undefined {
  const deprecated = subBlock(context.collector, block, "deprecated", deprecatedKeys);
  if (deprecated === undefined) return undefined;
  const sinceVersion = readSinceVersion(context, deprecated);
  const note = textOf(deprecated, "note");
  if (sinceVersion === undefined) return undefined;
  return note === undefined ? { sinceVersion } : { sinceVersion, note };
}
