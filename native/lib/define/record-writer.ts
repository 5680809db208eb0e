/** From a record object to a slot: one closure per field, made once per schema. */
import type { LaneWriter } from "../lane-writer.js";
import type { Layout, PlacedField } from "./layout.js";
import type { Convert, Store } from "./model.js";
import type { NullValue } from "./null-value.js";

interface FieldReader {
  readonly name: string;
  readonly isOptional: boolean;
  readonly convert: Convert | undefined;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function storeOptional(store: Store, byteOffsetBytes: number, bitIndex: number): Store {
  const mask = 1 << bitIndex;
  return (lane, slotByte, value) => {
    if (isNothing(value)) return;
    store(lane, slotByte, value);
    const { bytes } = lane;
    bytes[slotByte + byteOffsetBytes] = (bytes[slotByte + byteOffsetBytes] ?? 0) | mask;
  };
}

function storeNullable(store: Store, offsetBytes: number, widthBytes: number, { bits }: NullValue): Store {
  const nullBytes = Uint8Array.from({ length: widthBytes }, (_, index) => Number((bits >> BigInt(8 * index)) & 0xffn));
  return (lane, slotByte, value) => {
    if (isNothing(value)) lane.bytes.set(nullBytes, slotByte + offsetBytes);
    else store(lane, slotByte, value);
  };
}

function storeOf({ name, offsetBytes, type, nullBit, nullValue }: PlacedField): Store {
  const store = type.storeAt(offsetBytes, name);
  if (nullValue !== undefined) return storeNullable(store, offsetBytes, type.widthBytes, nullValue);
  return nullBit === undefined ? store : storeOptional(store, nullBit.byteOffsetBytes, nullBit.bitIndex);
}

/** Shared by the schema's sinks; holds no values. */
export class RecordWriter {
  readonly #readers: readonly FieldReader[];
  readonly #stores: readonly Store[];
  readonly #validOffsetBytes: number;
  readonly #validEndBytes: number;

  constructor({ fields, valid }: Layout) {
    this.#readers = fields.map(({ name, isOptional, type }) => ({ name, isOptional, convert: type.convert }));
    this.#stores = fields.map(storeOf);
    this.#validOffsetBytes = valid?.offsetBytes ?? 0;
    this.#validEndBytes = this.#validOffsetBytes + (valid?.sizeBytes ?? 0);
  }

  /** Takes the fields' values, converted. May run the caller's code (getters, toJSON), so no slot is reserved yet. */
  read(record: Readonly<Record<string, unknown>>, values: unknown[]): void {
    const readers = this.#readers;
    for (let index = 0; index < readers.length; index++) {
      const { name, isOptional, convert } = readers[index] as FieldReader;
      const value = record[name];
      values[index] = convert === undefined || (isOptional && isNothing(value)) ? value : convert(value as never, name);
    }
  }

  /** Checks the values and puts them into the slot. Throws TypeError or RangeError that names the field. */
  store(lane: LaneWriter, slotByte: number, values: readonly unknown[]): void {
    const { bytes } = lane;
    for (let offset = this.#validOffsetBytes; offset < this.#validEndBytes; offset++) bytes[slotByte + offset] = 0;
    const stores = this.#stores;
    for (let index = 0; index < stores.length; index++) (stores[index] as Store)(lane, slotByte, values[index] as never);
  }
}
