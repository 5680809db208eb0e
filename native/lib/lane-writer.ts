/** The producer's end of the lane: the hot path of pqflow/producer.h, in JavaScript. */

/** What the lane asks for when its credit is used up. */
export interface LaneSource {
  /** The new limit; `head` itself when the lane is full. Throws when the sink is closed. */
  refill(head: number): number;
}

export interface LaneMemory {
  readonly slots: ArrayBuffer;
  readonly slotCount: number;
  readonly slotSizeBytes: number;
  readonly commitOffsetBytes: number;
  readonly head: number;
  readonly limit: number;
  /** The whole of `head`: more than 0 where other threads had the lane before. */
  readonly sequence: number;
}

/**
 * Writes slots and publishes them. For generated code, which keeps it private: whoever reaches the views can write into the ring.
 * Indices are kept as the signed low halves of the lane's 64-bit indices: the capacity is at most 2^30, so they compare rightly, and V8 keeps them as small integers.
 */
export class LaneWriter {
  /** Views of the slots. Offsets are those of the slot plus those of the field. */
  readonly words: Int32Array;
  readonly bigInts: BigInt64Array;
  readonly bigUints: BigUint64Array;
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Index of the next record. */
  head: number;
  /** Index where the credit ends: a slot is free while head differs from it, or after a refill. */
  limit: number;
  /** What a slot's place in the ring is of an index. */
  readonly slotMask: number;
  #sequence: number;
  #sequenceHead: number;
  #isFilling = false;
  #source: LaneSource;
  readonly #slotSizeBytes: number;
  readonly #commitOffsetBytes: number;

  constructor(memory: LaneMemory, source: LaneSource) {
    this.words = new Int32Array(memory.slots);
    this.bigInts = new BigInt64Array(memory.slots);
    this.bigUints = new BigUint64Array(memory.slots);
    this.bytes = Buffer.from(memory.slots);
    this.view = new DataView(memory.slots);
    this.head = memory.head;
    this.limit = memory.limit;
    this.#sequence = memory.sequence;
    this.#sequenceHead = memory.head;
    this.#source = source;
    this.slotMask = memory.slotCount - 1;
    this.#slotSizeBytes = memory.slotSizeBytes;
    this.#commitOffsetBytes = memory.commitOffsetBytes;
  }

  /** Around reserve and commit where the caller's code may run in between: it must not log to the same lane, which would fill the same slot. */
  enter(): void {
    if (this.#isFilling)
      throw new Error("log was called while a record of the same sink was being read: by a getter, an iterator or toJSON");
    this.#isFilling = true;
  }

  get isFilling(): boolean {
    return this.#isFilling;
  }

  leave(): void {
    this.#isFilling = false;
  }

  /** Asks for more credit. False when the lane is full, which counts one dropped record. */
  refill(): boolean {
    this.limit = this.#source.refill(this.head);
    return this.limit !== this.head;
  }

  /**
   * Offset of the next free slot in bytes; -1 when the lane is full, which counts one dropped record. Without commit the next call gives the same slot.
   * Generated code says this and `commit` with its own sizes as constants: V8 inlines only so much into one method.
   */
  reserve(): number {
    const head = this.head;
    if (head === this.limit && !this.refill()) return -1;
    return (head & this.slotMask) * this.#slotSizeBytes;
  }

  /** Publishes the slot that reserve gave. Atomics.store orders the record's bytes before the commit word. */
  commit(slotByte: number): void {
    const next = (this.head + 1) | 0;
    Atomics.store(this.words, (slotByte + this.#commitOffsetBytes) >> 2, next);
    this.head = next;
  }

  /** The number of the next record of the lane, from 0: the whole of what `head` is the low half of. Asked for once every 2^31 records at least. */
  sequence(): number {
    this.#sequence += (this.head - this.#sequenceHead) | 0;
    this.#sequenceHead = this.head;
    return this.#sequence;
  }

  /** True while reserve gives a slot without asking the runtime. */
  get hasCredit(): boolean {
    return this.head !== this.limit;
  }

  /** Takes the credit away; later reserves ask `source`. */
  revoke(source: LaneSource): void {
    this.limit = this.head;
    this.#source = source;
  }
}
