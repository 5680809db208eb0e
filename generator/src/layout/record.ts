/** Places the members of the record: fields, the bitmap of null bits, and every pad byte by name. */
import type { Field, LayoutOptions } from "../schema/model.js";
import { roundUp } from "./slots.js";
import { memberSizeBytes, type StorageShape, storageOf } from "./storage.js";

export interface PlacedField extends StorageShape {
  readonly field: Field;
  readonly offsetBytes: number;
}

export interface PlacedBytes {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

/** The record without its columns: `pads` and `fields` by rising offset. */
export interface PlacedRecord {
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly fields: readonly PlacedField[];
  readonly valid?: PlacedBytes;
  readonly pads: readonly PlacedBytes[];
}

interface Shape extends StorageShape {
  readonly field: Field;
}

/** Fields that take room in the record. */
function shapesOf(fields: readonly Field[], { packing, reorder }: LayoutOptions): readonly Shape[] {
  const shapes = fields
    .filter(({ presence }) => presence.kind !== "constant")
    .map((field): Shape => {
      const shape = storageOf(field.type);
      return { field, ...shape, alignBytes: packing === "packed" ? 1 : shape.alignBytes };
    });
  return reorder ? shapes.toSorted((left, right) => right.alignBytes - left.alignBytes) : shapes;
}

function nullBitCount(fields: readonly Field[]): number {
  return fields.filter(hasNullBit).length;
}

export function hasNullBit({ presence }: Field): boolean {
  return presence.kind === "optional" && presence.nullBy === "bit";
}

export function placeRecord(fields: readonly Field[], options: LayoutOptions): PlacedRecord {
  const pads: PlacedBytes[] = [];
  let endBytes = 0;
  const advance = (alignBytes: number, sizeBytes: number): number => {
    const offsetBytes = roundUp(endBytes, alignBytes);
    if (offsetBytes > endBytes) pads.push({ offsetBytes: endBytes, sizeBytes: offsetBytes - endBytes });
    endBytes = offsetBytes + sizeBytes;
    return offsetBytes;
  };
  const shapes = shapesOf(fields, options);
  const placed = shapes.map((shape) => ({ ...shape, offsetBytes: advance(shape.alignBytes, memberSizeBytes(shape)) }));
  const validBytes = Math.ceil(nullBitCount(fields) / 8);
  const valid = validBytes === 0 ? undefined : { offsetBytes: advance(1, validBytes), sizeBytes: validBytes };
  const recordAlignBytes = options.alignBytes ?? widestAlignBytes(shapes);
  const recordSizeBytes = advance(recordAlignBytes, 0);
  return { recordSizeBytes, recordAlignBytes, fields: placed, ...(valid === undefined ? {} : { valid }), pads };
}

function widestAlignBytes(shapes: readonly Shape[]): number {
  return shapes.reduce((widest, { alignBytes }) => Math.max(widest, alignBytes), 1);
}

/** What `align` must reach. */
export function naturalAlignBytes(fields: readonly Field[], options: LayoutOptions): number {
  return widestAlignBytes(shapesOf(fields, options));
}

export function paddingBytes({ pads }: PlacedRecord): number {
  return pads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
