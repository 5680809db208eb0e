/** The members of a record, a struct or an element: their values converted, then stored, null bits last. */
import type { StructMember } from "../layout/model.js";
import type { Field } from "../schema/model.js";
import { convert } from "./typescript-conversions.js";
import { planSourceStore } from "./typescript-sources.js";
import { byteAt, type StoreContext, type StoredMember } from "./typescript-places.js";
import { planStore, validVariable } from "./typescript-stores.js";

/** The fields that have bytes, in the order of the schema. */
export function storedMembers(fields: readonly Field[], members: readonly StructMember[]): readonly StoredMember[] {
  return fields.flatMap((field) => {
    const own = members.find((member) => member.kind === "field" && member.field === field);
    if (own?.kind !== "field") return [];
    const count = members.find((member) => member.kind === "count" && member.field === field);
    const { shape, nullEncoding, offsetBytes } = own;
    const bytes = shape.kind === "value" ? shape : { storage: "NONE" as const, widthBytes: own.sizeBytes };
    const place = { field, shape, nullEncoding, offsetBytes, storage: bytes.storage, widthBytes: bytes.widthBytes };
    return [count?.kind === "count" ? { ...place, count: { offsetBytes: count.offsetBytes, storage: count.storage } } : place];
  });
}

export interface PlannedMembers {
  readonly conversions: readonly string[];
  /** Null bits start as 0. */
  readonly declarations: readonly string[];
  readonly stores: readonly string[];
}

/** `variables` names the value of each member that the caller gives. */
export function planMembers(
  members: readonly StoredMember[],
  variables: ReadonlyMap<Field, string>,
  context: StoreContext,
): PlannedMembers {
  const given = members.filter(({ field }) => field.source === undefined);
  const conversions = new Map(given.map((member) => [member, convert(member, variables.get(member.field) ?? "", context)]));
  const validBytes = [
    ...new Set(members.flatMap(({ nullEncoding }) => (nullEncoding.kind === "BIT" ? [nullEncoding.byteOffsetBytes] : []))),
  ];
  return {
    conversions: [...conversions.values()].flatMap(({ statements }) => statements),
    declarations: validBytes.map((offset) => `let ${validVariable(offset)} = 0;`),
    stores: [
      ...members.flatMap((member) => {
        const converted = conversions.get(member);
        return converted === undefined ? planSourceStore(member, context) : planStore(member, converted.variable, context);
      }),
      ...validBytes.map((offset) => `laneBytes[${byteAt(offset, context)}] = ${validVariable(offset)};`),
    ],
  };
}

const laneViews = [
  ["laneWords", "const laneWords = laneWriter.words;"],
  ["laneBytes", "const laneBytes = laneWriter.bytes;"],
  ["laneBigInts", "const laneBigInts = laneWriter.bigInts;"],
  ["laneView", "const laneView = laneWriter.view;"],
] as const;

/** Views of the lane that `lines` use, and behind that of the words the base's index, where it stands before them. */
export function viewsOf(lines: readonly string[], word: readonly string[] = []): readonly string[] {
  const used = lines.join("\n");
  return laneViews.flatMap(([name, statement]) => (used.includes(name) ? [statement, ...(name === "laneWords" ? word : [])] : []));
}

/** The index of the base among the lane's words, where `lines` use it. */
export function baseWord(lines: readonly string[], { base }: StoreContext): readonly string[] {
  return lines.join("\n").includes(`${base}Word`) ? [`const ${base}Word = ${base}Byte >> 2;`] : [];
}
