/** Structs of the generated header with their members: what every planner of C works from. */
import type { FieldMember, MemberShape, StructLayout, StructMember } from "../layout/model.js";
import type { Field } from "../schema/model.js";
import { type CColumn, type COwner, roomBytesOf, scalarTypeOf } from "./c-columns.js";
import type { CGlobals } from "./c-names.js";
import { type AccessorNames, nameInC, type StructNames, type StructSource } from "./c-struct-names.js";
import type { CTypes } from "./c-types.js";
import { createNameScope } from "./identifiers.js";

/** A member that is a struct, or an array with a count. */
interface CGroup {
  readonly field: Field;
  readonly owner: COwner;
  readonly member: string;
  readonly target: string;
  /** Of log_fields. */
  readonly parameter: string;
  readonly isOptional: boolean;
  readonly bitIndex: number;
  readonly names: AccessorNames;
}

export interface CStructField extends CGroup {
  readonly kind: "struct";
  readonly struct: CStruct;
}

export interface CArrayField extends CGroup {
  readonly kind: "array";
  readonly maxCount: number;
  readonly countType: "uint8_t" | "uint16_t";
  readonly countMember: string;
  readonly countTarget: string;
  readonly countParameter: string;
  readonly element: CElement;
}

/** A struct, or a scalar whose `target` is empty: it has no struct to be a member of. */
export type CElement = CStruct | CColumn;

export type CField = CColumn | CStructField | CArrayField;

export interface CStruct {
  readonly kind: "struct type";
  readonly source: StructSource;
  readonly names: StructNames;
  readonly owner: COwner;
  /** Those with bytes, in the order of the schema. */
  readonly fields: readonly CField[];
  /** Struct members by name, in struct order. */
  readonly memberNames: ReadonlyMap<StructMember, string>;
}

/** Local names of the generated functions that take a field as a parameter. */
const localNames = ["lane", "record", "record_index", "sink", "sink_", "slot", "typed_lane"];

type ArrayShape = Extract<MemberShape, { readonly kind: "array" }>;

interface Context {
  readonly globals: CGlobals;
  readonly types: CTypes;
  readonly names: ReadonlyMap<StructLayout, StructNames>;
  /** Planned so far; inner structs come before those that contain them. */
  readonly structs: Map<StructLayout, CStruct>;
}

/** In the order of the sources. Must be called when every name of file scope has been claimed. */
export function planStructs(
  globals: CGlobals,
  types: CTypes,
  sources: readonly StructSource[],
  names: ReadonlyMap<StructLayout, StructNames>,
): readonly CStruct[] {
  const context = { globals, types, names, structs: new Map<StructLayout, CStruct>() };
  for (const source of sources) {
    context.structs.set(source.layout, planStruct(context, source));
  }
  return [...context.structs.values()];
}

function planStruct(context: Context, source: StructSource): CStruct {
  const names = context.names.get(source.layout);
  if (names === undefined) {
    throw new Error(`struct ${source.name} has no names`);
  }
  const owner = { type: names.type, parameter: source.name === "" ? "record" : "item" };
  const stored = storedFields(source);
  const memberNames = planMemberNames(context.globals, source, stored);
  const parameters = planParameterNames(context.globals, stored);
  const fields = stored.map((member) => planField(context, { source, names, owner, memberNames, parameters }, member));
  return { kind: "struct type", source, names, owner, fields, memberNames };
}

/** In the order of the schema. */
function storedFields({ layout, fields }: StructSource): readonly FieldMember[] {
  const members = new Map(layout.members.flatMap((member) => (member.kind === "field" ? [[member.field, member] as const] : [])));
  return fields.flatMap((field) => members.get(field) ?? []);
}

/** Members may not hide a type or function (C++ forbids it), nor the names the struct itself brings. */
function planMemberNames(
  { scope }: CGlobals,
  { layout, isElement }: StructSource,
  stored: readonly FieldMember[],
): ReadonlyMap<StructMember, string> {
  const own = layout.members.flatMap((member) =>
    member.kind === "pad" || member.kind === "valid" ? [[member, ownName(member)] as const] : [],
  );
  const members = createNameScope(scope, ["valid", ...own.map(([, name]) => name)]);
  const names = members.claimAll(stored.map(({ field }) => field.cName ?? nameInC(field, isElement)));
  const counts = layout.members.filter((member) => member.kind === "count");
  const countNames = members.claimAll(counts.map(({ field }) => `${nameInC(field, isElement)}_count`));
  return new Map<StructMember, string>([
    ...own,
    ...stored.map((member, index) => [member, names[index] ?? ""] as const),
    ...counts.map((member, index) => [member, countNames[index] ?? ""] as const),
  ]);
}

function ownName(member: Extract<StructMember, { readonly kind: "pad" | "valid" }>): string {
  return member.kind === "pad" ? `pad${member.padIndex}` : "valid";
}

interface ParameterNames {
  readonly value: string;
  readonly length: string;
  readonly count: string;
}

function planParameterNames({ scope }: CGlobals, stored: readonly FieldMember[]): ReadonlyMap<FieldMember, ParameterNames> {
  const parameters = createNameScope(scope, localNames);
  const values = parameters.claimAll(stored.map((member) => (hasBit(member) ? `${member.field.name}_or_null` : member.field.name)));
  const lengths = parameters.claimAll(stored.map(({ field }) => `${field.name}_length_bytes`));
  const arrays = stored.filter(({ shape }) => shape.kind === "array");
  const counts = parameters.claimAll(arrays.map(({ field }) => `${field.name}_count`));
  return new Map(
    stored.map((member, index) => [
      member,
      { value: values[index] ?? "", length: lengths[index] ?? "", count: counts[arrays.indexOf(member)] ?? "" },
    ]),
  );
}

function hasBit({ nullEncoding }: FieldMember): boolean {
  return nullEncoding.kind === "BIT";
}

interface StructContext extends Pick<CStruct, "source" | "names" | "owner" | "memberNames"> {
  readonly parameters: ReadonlyMap<FieldMember, ParameterNames>;
}

function planField(context: Context, inside: StructContext, member: FieldMember): CField {
  const { shape, field } = member;
  if (shape.kind === "value") {
    return planColumn(context, inside, member, shape);
  }
  const group = planGroup(inside, member);
  if (shape.kind === "struct") {
    return { kind: "struct", ...group, struct: structOf(context, shape.struct, field) };
  }
  const count = inside.source.layout.members.find((other) => other.kind === "count" && other.field === field);
  const countMember = count === undefined ? "" : (inside.memberNames.get(count) ?? "");
  return {
    kind: "array",
    ...group,
    maxCount: shape.maxCount,
    countType: count?.sizeBytes === 2 ? "uint16_t" : "uint8_t",
    countMember,
    countTarget: `${inside.owner.parameter}->${countMember}`,
    countParameter: inside.parameters.get(member)?.count ?? "",
    element: planElement(context, shape, field),
  };
}

function planGroup({ owner, memberNames, names, source, parameters }: StructContext, member: FieldMember): CGroup {
  const name = memberNames.get(member) ?? "";
  return {
    field: member.field,
    owner,
    member: name,
    target: `${owner.parameter}->${name}`,
    parameter: parameters.get(member)?.value ?? "",
    isOptional: hasBit(member),
    bitIndex: bitIndexOf(member, source.layout),
    names: names.accessors.get(member.field) ?? noNames,
  };
}

const noNames: AccessorNames = { setName: "", getName: "", hasName: "", clearName: "", addName: "" };

function structOf({ structs }: Context, layout: StructLayout, { name }: Field): CStruct {
  const struct = structs.get(layout);
  if (struct === undefined) {
    throw new Error(`the struct of ${name} is not planned yet`);
  }
  return struct;
}

function planElement(context: Context, { element, isStruct }: ArrayShape, field: Field): CElement {
  const [only] = element.members;
  if (isStruct || only?.kind !== "field") {
    return structOf(context, element, field);
  }
  if (only.shape.kind === "struct") {
    return structOf(context, only.shape.struct, field);
  }
  if (only.shape.kind === "array") {
    throw new Error(`elements of ${field.name} are arrays`);
  }
  const node = { field: only.field, nullEncoding: only.nullEncoding, ...only.shape };
  return columnOf(context, node, { owner: { type: "", parameter: "" }, member: "", bitIndex: -1, isPackedStruct: false });
}

function planColumn(
  context: Context,
  { owner, memberNames, source, parameters }: StructContext,
  member: FieldMember,
  shape: Extract<MemberShape, { readonly kind: "value" }>,
): CColumn {
  const { field, nullEncoding, alignBytes } = member;
  const place = {
    owner,
    member: memberNames.get(member) ?? "",
    bitIndex: bitIndexOf(member, source.layout),
    isPackedStruct: field.type.kind === "interval" && alignBytes === 1,
  };
  const { value = "", length = "" } = parameters.get(member) ?? {};
  return { ...columnOf(context, { field, nullEncoding, ...shape }, place), parameter: value, lengthParameter: length };
}

function columnOf(
  { types }: Context,
  node: CColumn["node"],
  place: Pick<CColumn, "owner" | "member" | "bitIndex" | "isPackedStruct">,
): CColumn {
  const memberType = scalarTypeOf(node, types);
  return {
    kind: "value",
    node,
    ...place,
    target: place.member === "" ? "" : `${place.owner.parameter}->${place.member}`,
    parameter: "",
    lengthParameter: "",
    scalarType: memberType,
    valueType: node.storage === "FLOAT16" ? "float" : memberType,
    roomBytes: roomBytesOf(node),
  };
}

function bitIndexOf({ nullEncoding }: FieldMember, { members }: StructLayout): number {
  const validOffset = members.find((member) => member.kind === "valid")?.offsetBytes ?? 0;
  return nullEncoding.kind === "BIT" ? (nullEncoding.byteOffsetBytes - validOffset) * 8 + nullEncoding.bitIndex : -1;
}

/** C type of an element of a list or map. */
export function elementType(element: CElement): string {
  return element.kind === "value" ? element.scalarType : element.names.type;
}

export function isGroupField(field: CField): field is CStructField | CArrayField {
  return field.kind !== "value";
}
