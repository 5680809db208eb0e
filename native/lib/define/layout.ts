/** Where each field lies, by the generator's rules for natural packing with reordering: fields by falling alignment, then the null bits, then padding to the widest alignment. */
import type { ColumnSettings } from "./column-options.js";
import type { ResolvedType } from "./model.js";
import type { NullValue } from "./null-value.js";

export interface FieldPlan {
  readonly name: string;
  readonly fieldId: number;
  readonly isOptional: boolean;
  readonly type: ResolvedType;
  /** How the column is written. */
  readonly settings: ColumnSettings;
  /** Optional fields whose null is not a bit. */
  readonly nullValue?: NullValue;
}

export interface PlacedField extends FieldPlan {
  readonly offsetBytes: number;
  /** Of the null bits; optional fields without a nullValue only. */
  readonly nullBit?: { readonly byteOffsetBytes: number; readonly bitIndex: number };
}

export interface Bytes {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

export interface Layout {
  /** In the order of the schema. */
  readonly fields: readonly PlacedField[];
  readonly valid?: Bytes;
  readonly pads: readonly Bytes[];
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly slotSizeBytes: number;
  readonly commitOffsetBytes: number;
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** A text of odd length behind an aligned length of two bytes is followed by a pad byte, which is none of the column's. */
export const memberSizeBytes = ({ widthBytes, alignBytes }: ResolvedType): number => roundUp(widthBytes, alignBytes);

/** pqflow_commit_offset_bytes and pqflow_slot_size_bytes of pqflow/lane.h. */
const commitOffset = (recordSizeBytes: number): number => roundUp(recordSizeBytes, 4);

function slotSize(recordSizeBytes: number, recordAlignBytes: number): number {
  const slotBytes = roundUp(commitOffset(recordSizeBytes) + 4, Math.max(recordAlignBytes, 8));
  const linesBytes = roundUp(slotBytes, 64);
  return (linesBytes - slotBytes) * 4 <= slotBytes ? linesBytes : slotBytes;
}

export function placeFields(plans: readonly FieldPlan[]): Layout {
  const pads: Bytes[] = [];
  let endBytes = 0;
  const advance = (alignBytes: number, sizeBytes: number): number => {
    const offsetBytes = roundUp(endBytes, alignBytes);
    if (offsetBytes > endBytes) pads.push({ offsetBytes: endBytes, sizeBytes: offsetBytes - endBytes });
    endBytes = offsetBytes + sizeBytes;
    return offsetBytes;
  };
  const sorted = plans.toSorted((left, right) => right.type.alignBytes - left.type.alignBytes);
  const offsets = new Map(sorted.map((plan) => [plan, advance(plan.type.alignBytes, memberSizeBytes(plan.type))]));
  const optional = plans.filter(({ isOptional, nullValue }) => isOptional && nullValue === undefined);
  const validBytes = Math.ceil(optional.length / 8);
  const valid = validBytes === 0 ? undefined : { offsetBytes: advance(1, validBytes), sizeBytes: validBytes };
  const recordAlignBytes = sorted[0]?.type.alignBytes ?? 1;
  const recordSizeBytes = advance(recordAlignBytes, 0);
  return {
    fields: plans.map((plan) => ({ ...plan, offsetBytes: offsets.get(plan) ?? 0, ...nullBitOf(optional.indexOf(plan), valid) })),
    ...(valid === undefined ? {} : { valid }),
    pads,
    recordSizeBytes,
    recordAlignBytes,
    slotSizeBytes: slotSize(recordSizeBytes, recordAlignBytes),
    commitOffsetBytes: commitOffset(recordSizeBytes),
  };
}

function nullBitOf(index: number, valid: Bytes | undefined): Pick<PlacedField, "nullBit"> {
  if (index < 0 || valid === undefined) return {};
  return { nullBit: { byteOffsetBytes: valid.offsetBytes + Math.floor(index / 8), bitIndex: index % 8 } };
}
