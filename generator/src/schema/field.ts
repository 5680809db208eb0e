/** One field: its name, id and C name, and what it means. */
import type { Span } from "../diagnostics/model.js";
import type { Attributes } from "./attributes.js";
import { type Block, compact, nodeOf, numberOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { readDefault } from "./defaults.js";
import type { Field } from "./model.js";
import { checkCName, checkName } from "./names.js";
import { readPresence } from "./presence.js";
import type { ResolvedType, TypedBlock } from "./resolved-type.js";
import { readSource } from "./source.js";
import { policyOf } from "./unknown-codes.js";
import { readDeprecated, readSinceVersion } from "./versions.js";

/** What is known of a field even when its type is faulty: enough to compare names and ids. */
export interface FieldIdentity {
  readonly name?: { readonly text: string; readonly span: Span };
  readonly id?: { readonly number: number; readonly span: Span };
  readonly cName?: { readonly text: string; readonly span: Span };
}

export interface ReadField {
  readonly identity: FieldIdentity;
  readonly field?: Field;
}

type IdentityBlock = Block<"name" | "id" | "c_name">;
/** A field with a name. */
export function readField(context: SchemaContext, { block, resolved }: TypedBlock<string>): ReadField {
  const identity = readIdentity(context, block);
  const { name } = identity;
  const field = readMeaning(context, block, resolved, { ...identity, name: name ?? { text: "", span: block.span } });
  return field === undefined || name === undefined ? { identity } : { identity, field };
}

/** Undefined when a part of it was reported. */
export function readMeaning(
  context: SchemaContext,
  block: Block,
  resolved: ResolvedType | undefined,
  { name, id, cName }: FieldIdentity & Required<Pick<FieldIdentity, "name">>,
): Field | undefined {
  const sinceVersion = readSinceVersion(context, block);
  const deprecated = readDeprecated(context, block);
  if (resolved === undefined) return undefined;
  const { typeName, attributes } = resolved;
  reportSwappedLimits(context, attributes);
  const presence = readPresence(context, block, resolved.type, attributes);
  const type = policyOf(context, block, resolved.type, presence);
  const source = readSource(context, block, type);
  const defaultValue = readDefault(context, block, type, attributes);
  if (presence === undefined) return undefined;
  return compact({
    name: name.text,
    cName: cName?.text,
    id: id?.number,
    idSpan: id?.span,
    type,
    typeName,
    presence,
    source,
    defaultValue,
    ...(source === undefined ? { minValue: attributes.minValue?.value, maxValue: attributes.maxValue?.value } : {}),
    description: attributes.description,
    unitOfMeasure: attributes.unitOfMeasure,
    semanticType: attributes.semanticType,
    sinceVersion,
    deprecated,
    parquet: attributes.parquet ?? {},
    span: name.span,
  });
}

function readIdentity({ collector }: SchemaContext, block: IdentityBlock): FieldIdentity {
  const [name, nameNode] = [textOf(block, "name"), nodeOf(block, "name")];
  const [cName, cNameNode] = [textOf(block, "c_name"), nodeOf(block, "c_name")];
  return compact({
    name:
      name !== undefined && nameNode !== undefined && checkName(collector, name, "snake", nameNode.span)
        ? { text: name, span: nameNode.span }
        : undefined,
    ...readId(block),
    cName:
      cName !== undefined && cNameNode !== undefined && checkCName(collector, cName, cNameNode.span)
        ? { text: cName, span: cNameNode.span }
        : undefined,
  });
}

export function readId(block: Block<"id">): Pick<FieldIdentity, "id"> {
  const [id, node] = [numberOf(block, "id"), nodeOf(block, "id")];
  return id === undefined || node === undefined ? {} : { id: { number: id, span: node.span } };
}

function reportSwappedLimits({ collector }: SchemaContext, { minValue, maxValue }: Attributes): void {
  if (minValue === undefined || maxValue === undefined || minValue.value <= maxValue.value) return;
  collector.report("PQ2206", {
    message: `min_value ${minValue.value} is greater than max_value ${maxValue.value}`,
    span: maxValue.span,
    related: [{ span: minValue.span, label: "min_value" }],
  });
}
