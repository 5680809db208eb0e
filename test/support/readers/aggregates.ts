/** What a column adds up to, exactly; the same numbers can be computed in any language. Every number is a decimal string. */
import { createHash } from "node:crypto";

/**
 * Numbers are integers as stored: booleans count as 0 and 1, a floating-point value as the place of its bits in IEEE 754's total order
 * (see `doubleOrder`). Text and bytes are compared byte by byte; their minimum and maximum are the text, or hexadecimal digits.
 */
export interface ColumnAggregates {
  readonly nulls: string;
  readonly min: string | null;
  readonly max: string | null;
  /** Of the numbers; of the lengths in bytes for text and bytes. */
  readonly sum: string;
  /** Sum over the rows, counted from 1, of row × word, modulo 2^64: a value that changed or moved shows. The word is the number's low 64 bits, for text and bytes the last eight bytes of their MD5, little-endian. Nulls add nothing. */
  readonly digest: string;
}

export interface TableAggregates {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnAggregates>>;
}

/** A value as a reader hands it over; floating point goes through `doubleOrder` or `floatOrder` before. */
export type RawValue = bigint | string | boolean | Uint8Array | null;

const scratch = new DataView(new ArrayBuffer(8));

/** Signed integer that orders as the doubles do, -0 before +0 and NaN last; all NaNs are one, since not every reader keeps their payload. */
export function doubleOrder(value: number): bigint {
  scratch.setFloat64(0, Number.isNaN(value) ? NaN : value);
  const bits = scratch.getBigInt64(0);
  return Number.isNaN(value) ? 0x7ff8000000000000n : bits < 0n ? bits ^ 0x7fffffffffffffffn : bits;
}

/** The same for a 32-bit float, which JavaScript holds as a double. */
export function floatOrder(value: number): bigint {
  scratch.setFloat32(0, value);
  const bits = scratch.getInt32(0);
  return BigInt(Number.isNaN(value) ? 0x7fc00000 : bits < 0 ? bits ^ 0x7fffffff : bits);
}

interface Bytes {
  readonly bytes: Buffer;
  readonly isText: boolean;
  readonly length: bigint;
  readonly word: bigint;
}

const shown = ({ bytes, isText }: Bytes): string => bytes.toString(isText ? "utf8" : "hex");

/** Adds up one column, values in the order of the rows. */
export class Aggregator {
  #rows = 0;
  #nulls = 0;
  #sum = 0n;
  #digest = 0n;
  #least: bigint | undefined;
  #greatest: bigint | undefined;
  /** Distinct texts or bytes: each is hashed and compared once. */
  readonly #distinct = new Map<string, Bytes>();

  add(value: RawValue): void {
    this.#rows += 1;
    if (value === null) this.#nulls += 1;
    else if (typeof value === "bigint") this.#addNumber(value);
    else if (typeof value === "boolean") this.#addNumber(BigInt(value));
    else this.#addBytes(value);
  }

  #addNumber(value: bigint): void {
    this.#sum += value;
    this.#digest += BigInt(this.#rows) * BigInt.asUintN(64, value);
    if (this.#least === undefined || value < this.#least) this.#least = value;
    if (this.#greatest === undefined || value > this.#greatest) this.#greatest = value;
  }

  #addBytes(value: string | Uint8Array): void {
    const isText = typeof value === "string";
    const key = isText ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("latin1");
    let known = this.#distinct.get(key);
    if (known === undefined) {
      const bytes = Buffer.from(value);
      known = { bytes, isText, length: BigInt(bytes.length), word: createHash("md5").update(bytes).digest().readBigUInt64LE(8) };
      this.#distinct.set(key, known);
    }
    this.#sum += known.length;
    this.#digest += BigInt(this.#rows) * known.word;
  }

  result(): ColumnAggregates {
    const ordered = [...this.#distinct.values()].sort((left, right) => Buffer.compare(left.bytes, right.bytes));
    const [first, last] = [ordered[0], ordered.at(-1)];
    return {
      nulls: String(this.#nulls),
      min: this.#least?.toString() ?? (first === undefined ? null : shown(first)),
      max: this.#greatest?.toString() ?? (last === undefined ? null : shown(last)),
      sum: String(this.#sum),
      digest: String(BigInt.asUintN(64, this.#digest)),
    };
  }
}
