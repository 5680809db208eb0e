/** The time for fields with `source: clock`: CLOCK_REALTIME to the nanosecond, read by the addon, so that C and JavaScript on one machine tell one time. */
import { binding } from "./binding.js";

const NS_PER_MS = 1_000_000;
const NS_PER_US = 1_000;
const MS_PER_S = 1_000;
const US_PER_S = 1_000_000;
const NS_PER_S = 1_000_000_000;
const S_PER_DAY = 86_400;

/** Where and how the addon leaves the time (native/src/clock_object.hpp). */
interface ClockSource {
  readonly memory: ArrayBuffer;
  read(): void;
}

/** One reading; the next one replaces it. All values are cut, not rounded. */
class ClockReading {
  /** Nanoseconds since 1970-01-01 UTC, low half first. */
  readonly words: Int32Array;
  readonly #parts: Float64Array;

  constructor(memory: ArrayBuffer) {
    this.words = new Int32Array(memory, 0, 2);
    this.#parts = new Float64Array(memory, 8, 2);
  }

  /** Whole seconds since 1970-01-01 UTC. */
  get #seconds(): number {
    return this.#parts[0] ?? 0;
  }
  get #nanoseconds(): number {
    return this.#parts[1] ?? 0;
  }

  timestampMs(): number {
    return this.#seconds * MS_PER_S + Math.floor(this.#nanoseconds / NS_PER_MS);
  }
  timestampUs(): number {
    return this.#seconds * US_PER_S + Math.floor(this.#nanoseconds / NS_PER_US);
  }
  /** Since midnight UTC. */
  timeMs(): number {
    return (this.#seconds % S_PER_DAY) * MS_PER_S + Math.floor(this.#nanoseconds / NS_PER_MS);
  }
  timeUs(): number {
    return (this.#seconds % S_PER_DAY) * US_PER_S + Math.floor(this.#nanoseconds / NS_PER_US);
  }
  timeNs(): number {
    return (this.#seconds % S_PER_DAY) * NS_PER_S + this.#nanoseconds;
  }
  /** Days since 1970-01-01. */
  date(): number {
    return Math.floor(this.#seconds / S_PER_DAY);
  }
  /** For offsets that no 32-bit view reaches. */
  storeNs(bytes: Buffer, byteOffset: number): void {
    bytes.writeInt32LE(this.words[0] ?? 0, byteOffset);
    bytes.writeInt32LE(this.words[1] ?? 0, byteOffset + 4);
  }
}

let source: ClockSource | undefined;
let reading: ClockReading | undefined;

function start(from: ClockSource): ClockReading {
  source = from;
  reading = new ClockReading(from.memory);
  return reading;
}

/** For generated code, once per record. */
export function readClock(): ClockReading {
  const current = reading ?? start(binding().makeClock());
  source?.read();
  return current;
}

/** For tests: every reading gives this time, until undefined gives the clock back. */
export function holdClock(nowNs: bigint | undefined): void {
  if (nowNs === undefined) {
    start(binding().makeClock());
    return;
  }
  const memory = new ArrayBuffer(24);
  new BigInt64Array(memory)[0] = nowNs;
  new Float64Array(memory).set([Number(nowNs / BigInt(NS_PER_S)), Number(nowNs % BigInt(NS_PER_S))], 1);
  start({ memory, read: () => undefined });
}
