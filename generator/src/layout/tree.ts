/** The column tree: each field's group or leaf, with offsets from the record's start and the levels of Parquet (parquet-format README, "Nested Encoding"). */
import { isGroup } from "../schema/groups.js";
import type { Field, GroupType } from "../schema/model.js";
import { columnTypeOf } from "./columns.js";
import { encodingOf } from "./encodings.js";
import type {
  ColumnNode,
  FieldMember,
  GroupNode,
  LeafNode,
  MemberShape,
  NullEncoding,
  RepeatedNode,
  StructLayout,
  StructMember,
} from "./model.js";
import { constantBytes } from "./value-bytes.js";

/** Where a struct lies, and the levels of what contains it. */
interface Place {
  readonly baseBytes: number;
  readonly definitionLevel: number;
  readonly repetitionLevel: number;
}

interface Members {
  readonly field?: FieldMember;
  readonly count?: Extract<StructMember, { readonly kind: "count" }>;
}

const atTop: Place = { baseBytes: 0, definitionLevel: 0, repetitionLevel: 0 };

/** Nodes in file order. */
export function columnsOf(fields: readonly Field[], struct: StructLayout, place: Place = atTop): readonly ColumnNode[] {
  const members = membersByField(struct);
  return fields.map((field) => nodeOf(field, members.get(field) ?? {}, place));
}

function membersByField({ members }: StructLayout): ReadonlyMap<Field, Members> {
  const byField = new Map<Field, Members>();
  for (const member of members)
    if (member.kind === "field" || member.kind === "count")
      byField.set(member.field, { ...byField.get(member.field), [member.kind]: member });
  return byField;
}

function nodeOf(field: Field, members: Members, outer: Place): ColumnNode {
  const isOptional = field.presence.kind === "optional";
  const levels = { definitionLevel: outer.definitionLevel + (isOptional ? 1 : 0), repetitionLevel: outer.repetitionLevel };
  const own = {
    field,
    repetition: isOptional ? ("OPTIONAL" as const) : ("REQUIRED" as const),
    nullEncoding: nullAt(field, members.field, outer),
    maxDefinitionLevel: levels.definitionLevel,
    maxRepetitionLevel: levels.repetitionLevel,
  };
  const baseBytes = outer.baseBytes + (members.field?.offsetBytes ?? 0);
  if (isGroup(field.type) && members.field !== undefined)
    return groupOf(own, field.type, members.field, members.count, { ...levels, baseBytes }, outer);
  return leafOf(own, members.field, baseBytes);
}

type OwnPart = Pick<GroupNode, "field" | "repetition" | "nullEncoding" | "maxDefinitionLevel" | "maxRepetitionLevel">;

function nullAt({ type }: Field, member: FieldMember | undefined, { baseBytes }: Place): NullEncoding {
  if (member === undefined) return { kind: type.kind === "unknown" ? "ALWAYS" : "NEVER" };
  const encoding = member.nullEncoding;
  return encoding.kind === "BIT" ? { ...encoding, byteOffsetBytes: baseBytes + encoding.byteOffsetBytes } : encoding;
}

function leafOf(own: OwnPart, member: FieldMember | undefined, offsetBytes: number): LeafNode {
  const { type, presence } = own.field;
  if (isGroup(type)) throw new Error(`group ${own.field.name} has no bytes`);
  const shape: MemberShape = member?.shape ?? { kind: "value", storage: "NONE", widthBytes: 0 };
  const value = shape.kind === "value" ? shape : undefined;
  return {
    kind: "leaf",
    ...own,
    ...columnTypeOf(type),
    storage: value?.storage ?? "NONE",
    offsetBytes: member === undefined ? 0 : offsetBytes,
    widthBytes: value?.widthBytes ?? 0,
    encoding: encodingOf(own.field),
    ...(presence.kind === "constant" ? { constantBytes: constantBytes(type, presence.value) } : {}),
  };
}

function groupOf(own: OwnPart, type: GroupType, member: FieldMember, count: Members["count"], place: Place, outer: Place): GroupNode {
  const { shape, sizeBytes } = member;
  if (type.kind === "struct" && shape.kind === "struct")
    return {
      kind: "group",
      groupOf: "struct",
      ...own,
      offsetBytes: place.baseBytes,
      widthBytes: sizeBytes,
      children: columnsOf(type.fields, shape.struct, place),
    };
  if (type.kind === "struct" || shape.kind !== "array" || count === undefined)
    throw new Error(`${own.field.name} has the bytes of another type`);
  const repeated = repeatedOf(type, shape, { ...count, offsetBytes: outer.baseBytes + count.offsetBytes }, place);
  return { kind: "group", groupOf: type.kind, ...own, ...hull(member, count, outer.baseBytes), repeated };
}

/** From the count to the last element, whichever comes first; with reordered members the bytes of others may lie between. */
function hull(member: FieldMember, count: NonNullable<Members["count"]>, baseBytes: number): Pick<GroupNode, "offsetBytes" | "widthBytes"> {
  const start = Math.min(member.offsetBytes, count.offsetBytes);
  const end = Math.max(member.offsetBytes + member.sizeBytes, count.offsetBytes + count.sizeBytes);
  return { offsetBytes: baseBytes + start, widthBytes: end - start };
}

function repeatedOf(
  type: Exclude<GroupType, { kind: "struct" }>,
  shape: Extract<MemberShape, { kind: "array" }>,
  count: NonNullable<Members["count"]>,
  place: Place,
): RepeatedNode {
  const inner = { ...place, definitionLevel: place.definitionLevel + 1, repetitionLevel: place.repetitionLevel + 1 };
  return {
    name: type.kind === "list" ? "list" : "key_value",
    storage: count.storage,
    offsetBytes: count.offsetBytes,
    widthBytes: count.sizeBytes,
    maxElementCount: shape.maxCount,
    elementStrideBytes: shape.strideBytes,
    maxDefinitionLevel: inner.definitionLevel,
    maxRepetitionLevel: inner.repetitionLevel,
    children: columnsOf(type.kind === "list" ? [type.element] : [type.key, type.value], shape.element, inner),
  };
}

export function childrenOf(node: ColumnNode): readonly ColumnNode[] {
  if (node.kind === "leaf") return [];
  return node.groupOf === "struct" ? node.children : node.repeated.children;
}

/** Leaves in file order. */
export function leavesOf(nodes: readonly ColumnNode[]): readonly LeafNode[] {
  return nodes.flatMap((node) => (node.kind === "leaf" ? [node] : leavesOf(childrenOf(node))));
}
