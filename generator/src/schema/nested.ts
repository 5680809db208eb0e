/** struct, list and map: types made of further fields. */
import type { DocumentNode, MappingNode } from "../document/model.js";
import { describeType } from "./attributes.js";
import { type Block, nodeOf, numberOf, sequenceOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { readField, readId, readMeaning } from "./field.js";
import { elementKeys, type groupTypes, memberKeys } from "./keys.js";
import type { Field, FieldType, GroupType } from "./model.js";
import type { ReadTyped, TypedBlock } from "./resolved-type.js";
import { reportCNameClashes, reportNameTwins } from "./twins.js";

/** As in the list of the schema itself. */
const FIELDS_MAX_COUNT = 4096;

type GroupBlock = Block<"fields" | "of" | "key" | "value" | "max_count">;
type ElementBlock = Block<keyof typeof elementKeys>;

/** Where a field stands that has no name of its own. */
interface ElementPlace {
  readonly key: "of" | "key" | "value";
  /** Name of the column: Parquet fixes it (LogicalTypes.md, "Nested Types"). */
  readonly name: "element" | "key" | "value";
  readonly what: string;
  readonly refused: ReadonlySet<FieldType["kind"]>;
}

const element: ElementPlace = { key: "of", name: "element", what: "an element", refused: new Set(["list", "map", "unknown"]) };
const mapKey: ElementPlace = { key: "key", name: "key", what: "a key", refused: new Set(["struct", "list", "map", "unknown"]) };
const mapValue: ElementPlace = { key: "value", name: "value", what: "a value", refused: new Set(["list", "map", "unknown"]) };

/** Undefined when a part of the type was reported. `block` was read with the keys of `word`. */
export function readGroupType(
  context: SchemaContext,
  word: (typeof groupTypes)[number],
  block: GroupBlock,
  read: ReadTyped,
): GroupType | undefined {
  if (word === "struct") return readStruct(context, block, read);
  const maxCount = numberOf(block, "max_count");
  if (word === "list") {
    const item = readElement(context, block, element, read);
    return item === undefined || maxCount === undefined ? undefined : { kind: "list", element: item, maxCount };
  }
  const [key, value] = [readElement(context, block, mapKey, read), readElement(context, block, mapValue, read)];
  return key === undefined || value === undefined || maxCount === undefined ? undefined : { kind: "map", key, value, maxCount };
}

function readStruct(context: SchemaContext, block: GroupBlock, read: ReadTyped): GroupType | undefined {
  const items = sequenceOf(block, "fields")?.items;
  if (items === undefined || !checkCount(context, block, items)) return undefined;
  const members = items.map((item) => {
    const typed = read(item, memberKeys, "a field");
    return typed === undefined ? undefined : readField(context, typed);
  });
  const identities = members.flatMap((member) => member?.identity ?? []);
  reportNameTwins(context.collector, identities, new Map());
  reportCNameClashes(context.collector, identities);
  const fields = members.flatMap((member) => member?.field ?? []);
  return fields.length === items.length ? { kind: "struct", fields } : undefined;
}

function checkCount({ collector }: SchemaContext, block: GroupBlock, items: readonly DocumentNode[]): boolean {
  const excess = items[FIELDS_MAX_COUNT];
  if (items.length === 0)
    collector.report("PQ2013", {
      message: "`fields` is empty",
      span: nodeOf(block, "fields")?.span ?? block.span,
      label: "one field at least",
    });
  if (excess !== undefined)
    collector.report("PQ2014", { message: `${items.length} fields; ${FIELDS_MAX_COUNT} are allowed`, span: excess.span });
  return items.length > 0 && excess === undefined;
}

function readElement(context: SchemaContext, group: GroupBlock, place: ElementPlace, read: ReadTyped): Field | undefined {
  const node = nodeOf(group, place.key);
  const typed = node === undefined ? undefined : read(asMapping(node), elementKeys, place.what);
  if (node === undefined || typed === undefined) return undefined;
  if (!checkPlace(context, typed, place)) return undefined;
  const { block, resolved } = typed;
  const span = nodeOf(block, "type")?.span ?? node.span;
  return readMeaning(context, block, resolved, { name: { text: place.name, span }, ...readId(block) });
}

/** `of: Level` is `of: {type: Level}`. */
function asMapping(node: DocumentNode): DocumentNode {
  if (node.kind !== "scalar") return node;
  const mapping: MappingNode = { kind: "mapping", span: node.span, entries: [{ key: "type", keySpan: node.span, value: node }] };
  return mapping;
}

function checkPlace(context: SchemaContext, { block, resolved }: TypedBlock<keyof typeof elementKeys>, place: ElementPlace): boolean {
  const isFit = resolved === undefined || checkType(context, block, resolved.type, place);
  const isStored = checkStored(context, block, resolved?.type, place);
  return checkKeyPresence(context, block, place) && isFit && isStored;
}

function checkType({ collector }: SchemaContext, block: ElementBlock, type: FieldType, { what, refused }: ElementPlace): boolean {
  if (!refused.has(type.kind)) return true;
  const isInnerGroup = (type.kind === "list" || type.kind === "map") && !refused.has("struct");
  collector.report("PQ2501", {
    message: `${what} cannot be of type \`${describeType(type)}\``,
    span: nodeOf(block, "type")?.span ?? block.span,
    help: isInnerGroup ? `put the ${type.kind} into a struct: \`{type: struct, fields: [{name: …, type: ${type.kind}, …}]}\`` : undefined,
  });
  return false;
}

/** A constant takes no bytes: in each element it could only repeat itself. */
function checkStored({ collector }: SchemaContext, block: ElementBlock, type: FieldType | undefined, { what }: ElementPlace): boolean {
  const isConstant = textOf(block, "presence") === "constant";
  const valueSpan = type?.kind === "map" ? undefined : block.keySpanOf("value");
  const span = isConstant ? nodeOf(block, "presence")?.span : valueSpan;
  if (span === undefined) return true;
  collector.report("PQ2503", { message: `${what} cannot be constant`, span, label: "it is the same in every row and every place" });
  return false;
}

function checkKeyPresence({ collector }: SchemaContext, block: ElementBlock, { key }: ElementPlace): boolean {
  if (key !== "key" || textOf(block, "presence") !== "optional") return true;
  collector.report("PQ2502", {
    message: "the key of a map is required",
    span: nodeOf(block, "presence")?.span ?? block.span,
    help: "remove `presence`; the `value` may be optional",
  });
  return false;
}
