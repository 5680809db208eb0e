/** Places of values in the lane: what stores and checks of one field are told. */
import type { LeafNode, MemberShape } from "../layout/model.js";
import type { Field } from "../schema/model.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";

/** Where a value goes, and what generated code calls it. */
export interface StoreContext {
  readonly names: TypeScriptNames;
  readonly imports: TypeScriptImports;
  /** Offsets count from the variables `slotByte` and `slotWord`, or those of a struct or an element. */
  readonly base: "slot" | "struct" | "element";
  /** The base lies at multiples of four bytes. */
  readonly isBaseAligned: boolean;
  /** Spaces in front of the statements. */
  readonly indent: number;
  /** In front of an error's message; empty for an element, which the list names. */
  label(field: Field): string;
}

/** A value with a place of its own. */
export type StoredValue = Pick<LeafNode, "field" | "storage" | "offsetBytes" | "widthBytes" | "nullEncoding">;

/** A field with bytes in the record, a struct or an element. */
export interface StoredMember extends StoredValue {
  readonly shape: MemberShape;
  /** Of a list or map. */
  readonly count?: { readonly offsetBytes: number; readonly storage: "UINT8" | "UINT16" };
}

/** Offset within the lane's bytes. */
export function byteAt(offsetBytes: number, { base }: Pick<StoreContext, "base">): string {
  return offsetBytes === 0 ? `${base}Byte` : `${base}Byte + ${offsetBytes}`;
}

/** Index within the lane's 32-bit words. */
export function wordAt(offsetBytes: number, { base }: Pick<StoreContext, "base">): string {
  return offsetBytes === 0 ? `laneWords[${base}Word]` : `laneWords[${base}Word + ${offsetBytes / 4}]`;
}

/** Element of the lane's 64-bit integers. */
export function longAt(offsetBytes: number, context: Pick<StoreContext, "base">): string {
  return `laneBigInts[${offsetBytes === 0 ? byteAt(offsetBytes, context) : `(${byteAt(offsetBytes, context)})`} >> 3]`;
}

export function isAligned({ offsetBytes }: StoredValue, { isBaseAligned }: Pick<StoreContext, "isBaseAligned">): boolean {
  return isBaseAligned && offsetBytes % 4 === 0;
}

/** Slots lie at multiples of eight bytes; structs and elements may not. */
export function isLongAligned({ offsetBytes }: StoredValue, { base }: Pick<StoreContext, "base">): boolean {
  return base === "slot" && offsetBytes % 8 === 0;
}
