/** Places the members of the record and of every struct in it: fields, counts, the bitmap of null bits, and every pad byte by name. */
import { isGroup } from "../schema/groups.js";
import type { Field, FieldType, LayoutOptions } from "../schema/model.js";
import type { MemberShape, NullEncoding, StructLayout, StructMember } from "./model.js";
import { roundUp } from "./slots.js";
import { countShape, type LeafType, memberSizeBytes, storageOf } from "./storage.js";
import { sentinel } from "./value-bytes.js";

/** A member that has no place yet. */
interface Part {
  readonly sizeBytes: number;
  readonly alignBytes: number;
  readonly field: Field;
  readonly count?: "UINT8" | "UINT16";
  readonly shape?: MemberShape;
}

interface Bytes {
  readonly shape: MemberShape;
  readonly sizeBytes: number;
  readonly alignBytes: number;
}

/** Places structs by one set of options; a type is placed once, however many fields are of it. */
interface Placer {
  readonly options: LayoutOptions;
  readonly known: Map<FieldType, Bytes>;
}

/** The struct of the record. */
export function placeRecord(fields: readonly Field[], options: LayoutOptions): StructLayout {
  return placeStruct({ options, known: new Map() }, fields, options.alignBytes);
}

function placeStruct(placer: Placer, fields: readonly Field[], wantedAlignBytes?: number): StructLayout {
  const members: StructMember[] = [];
  let endBytes = 0;
  let padIndex = 0;
  const advance = (alignBytes: number, sizeBytes: number): number => {
    const offsetBytes = roundUp(endBytes, alignBytes);
    if (offsetBytes > endBytes)
      members.push({ kind: "pad", padIndex: padIndex++, offsetBytes: endBytes, sizeBytes: offsetBytes - endBytes });
    endBytes = offsetBytes + sizeBytes;
    return offsetBytes;
  };
  const parts = partsOf(placer, fields);
  const places = parts.map((part) => ({ part, offsetBytes: advance(part.alignBytes, part.sizeBytes) }));
  const bits = new Map(fields.filter(hasNullBit).map((field, index) => [field, index]));
  const validBytes = Math.ceil(bits.size / 8);
  const validOffsetBytes = validBytes === 0 ? 0 : advance(1, validBytes);
  if (validBytes > 0) members.push({ kind: "valid", offsetBytes: validOffsetBytes, sizeBytes: validBytes });
  const alignBytes = wantedAlignBytes ?? widestAlignBytes(parts);
  const sizeBytes = advance(alignBytes, 0);
  const nullOf = (field: Field): NullEncoding => nullEncodingOf(field, validOffsetBytes, bits.get(field) ?? 0);
  members.push(...places.map(({ part, offsetBytes }) => memberOf(part, offsetBytes, nullOf(part.field))));
  return { sizeBytes, alignBytes, members: members.toSorted((left, right) => left.offsetBytes - right.offsetBytes) };
}

/** Fields that take room in the struct. */
function partsOf(placer: Placer, fields: readonly Field[]): readonly Part[] {
  const parts = fields
    .filter(({ presence, type }) => presence.kind !== "constant" && type.kind !== "unknown")
    .flatMap((field) => fieldParts(placer, field));
  return placer.options.reorder ? parts.toSorted((left, right) => right.alignBytes - left.alignBytes) : parts;
}

function fieldParts(placer: Placer, field: Field): readonly Part[] {
  const { type } = field;
  const bytes: Part = { field, ...bytesOf(placer, type) };
  if (type.kind !== "list" && type.kind !== "map") return [bytes];
  const { storage, widthBytes, alignBytes } = countShape(type.maxCount);
  return [{ field, count: storage, sizeBytes: widthBytes, alignBytes: alignOf(placer, alignBytes) }, bytes];
}

function alignOf({ options }: Placer, naturalBytes: number): number {
  return options.packing === "packed" ? 1 : naturalBytes;
}

function bytesOf(placer: Placer, type: FieldType): Bytes {
  const bytes = placer.known.get(type) ?? placeType(placer, type);
  placer.known.set(type, bytes);
  return bytes;
}

function placeType(placer: Placer, type: FieldType): Bytes {
  if (!isGroup(type)) return leafBytes(placer, type);
  if (type.kind === "struct") {
    const struct = placeStruct(placer, type.fields);
    return { shape: { kind: "struct", struct }, sizeBytes: struct.sizeBytes, alignBytes: struct.alignBytes };
  }
  const { maxCount } = type;
  const fields = type.kind === "list" ? [type.element] : [type.key, type.value];
  const element = placeStruct(placer, fields);
  const isStruct = type.kind === "map" || isElementStruct(placer, type.element);
  const shape = { kind: "array", maxCount, strideBytes: element.sizeBytes, element, isStruct } as const;
  return { shape, sizeBytes: maxCount * element.sizeBytes, alignBytes: element.alignBytes };
}

function leafBytes(placer: Placer, type: LeafType): Bytes {
  const { storage, widthBytes, alignBytes: naturalBytes } = storageOf(type);
  const alignBytes = alignOf(placer, naturalBytes);
  return { shape: { kind: "value", storage, widthBytes }, sizeBytes: memberSizeBytes({ widthBytes, alignBytes }), alignBytes };
}

/** Elements that C cannot name or point to without one: bytes and texts, those with a null bit, scalars that a packed record misaligns. */
function isElementStruct({ options }: Placer, element: Field): boolean {
  if (hasNullBit(element)) return true;
  if (isGroup(element.type)) return false;
  const { storage, alignBytes } = storageOf(element.type);
  const isBytes = storage === "FIXED_BYTES" || storage === "PADDED_TEXT" || storage === "COUNTED_8" || storage === "COUNTED_16";
  return (isBytes && element.type.kind !== "interval") || (options.packing === "packed" && alignBytes > 1);
}

function memberOf({ field, count, shape, sizeBytes, alignBytes }: Part, offsetBytes: number, nullEncoding: NullEncoding): StructMember {
  if (count !== undefined || shape === undefined)
    return { kind: "count", field, storage: count ?? "UINT8", offsetBytes, sizeBytes, alignBytes };
  return { kind: "field", field, shape, nullEncoding, offsetBytes, sizeBytes, alignBytes };
}

function hasNullBit({ presence }: Field): boolean {
  return presence.kind === "optional" && presence.nullBy === "bit";
}

function nullEncodingOf({ presence, type }: Field, validOffsetBytes: number, bit: number): NullEncoding {
  if (presence.kind !== "optional") return { kind: "NEVER" };
  if (presence.nullBy === "always") return { kind: "ALWAYS" };
  if (presence.nullBy === "value" && !isGroup(type)) return sentinel(type, presence.nullValue);
  return { kind: "BIT", byteOffsetBytes: validOffsetBytes + Math.floor(bit / 8), bitIndex: bit % 8 };
}

function widestAlignBytes(parts: readonly Part[]): number {
  return parts.reduce((widest, { alignBytes }) => Math.max(widest, alignBytes), 1);
}

/** What `align` must reach. */
export function naturalAlignBytes(fields: readonly Field[], options: LayoutOptions): number {
  return widestAlignBytes(partsOf({ options, known: new Map() }, fields));
}

/** Pad bytes of a struct, those within its members included. */
export function paddingBytes({ members }: StructLayout): number {
  return members.reduce((sum, member) => {
    if (member.kind === "pad") return sum + member.sizeBytes;
    return sum + (member.kind === "field" ? innerPaddingBytes(member.shape) : 0);
  }, 0);
}

function innerPaddingBytes(shape: MemberShape): number {
  if (shape.kind === "struct") return paddingBytes(shape.struct);
  return shape.kind === "array" ? shape.maxCount * paddingBytes(shape.element) : 0;
}
