/** What every generated sink shares: lifecycle, statistics, errors. */
import { EventEmitter } from "node:events";
import { binding, type NativeSink } from "./binding.js";
import { callNative, PqflowError, toPqflowError } from "./error.js";
import { closeAtExit } from "./exit.js";
import { type FinishedFile, toFinishedFile } from "./finished-file.js";
import type { LaneWriter } from "./lane-writer.js";
import type { OpenedSink } from "./open-sink.js";
import { makeSharedSink, type SharedSink } from "./shared-sink.js";
import { type SinkStats, type StatsFormat, statsFormats } from "./stats.js";

/** How often the sink looks for failures and finished files while somebody listens to `error` or `file`. */
const WATCH_INTERVAL_MS = 100;
const ROOM_POLL_MS = 1;
/** How often close() looks whether other threads are done. */
const LANES_POLL_MS = 2;

export interface RecordSinkEvents {
  /** A write failed and is being retried, or a flush failed. Once per failure. Without a listener nothing is emitted: promises and stats report too. */
  error: [PqflowError];
  /**
   * A file has its final name; in their order, within 100 ms, and before the promise of the flush or close that finished it resolves. Files that were finished before the
   * first listener came are not told, nor is anything on a sink that is another thread's.
   */
  file: [FinishedFile];
}

const closedLane = {
  refill(): number {
    throw new PqflowError("CLOSED", "the sink is closed");
  },
};

/**
 * Base of the generated classes. All methods belong to the thread that opened the sink, or attached to it. Values that cannot be logged throw TypeError or RangeError from `log`;
 * failures of the runtime are PqflowError.
 */
export abstract class RecordSink extends EventEmitter<RecordSinkEvents> {
  readonly #native: NativeSink;
  readonly #lane: LaneWriter;
  readonly #columns: readonly string[];
  readonly #isAttached: boolean;
  readonly #forget: () => void;
  /** Flushes and the close run one after the other. */
  #lastCall: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  #isClosed = false;
  #reported: string | undefined;
  #watch: NodeJS.Timeout | undefined;

  protected constructor(opened: OpenedSink) {
    super();
    this.#native = opened.native;
    this.#lane = opened.lane;
    this.#columns = opened.columns;
    this.#isAttached = opened.isAttached;
    this.#forget = closeAtExit(this);
    (this as EventEmitter).on("newListener", (event) => {
      if (event === "file" && !this.#isAttached) this.#native.listenToFiles();
      if (event === "error" || event === "file") this.#startWatch();
    });
  }

  /** Resolves when every record logged so far is in a finished file; the capture continues in the next one. Rejects with the error that prevents it: records stay accepted. */
  flush(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new PqflowError("CLOSED", "the sink is closed"));
    return this.#enqueue(() => this.#native.flush(this.#lane.head).finally(() => this.#reportFiles())).catch((error: unknown) => {
      this.#reportFailure();
      throw error;
    });
  }

  /** Names the sink to other threads of the process: send it by `workerData` or `postMessage`, and attach to it there. */
  share(): SharedSink {
    if (this.#isClosed) throw new PqflowError("CLOSED", "the sink is closed");
    return makeSharedSink(this.#native.id());
  }

  /**
   * Waits for the threads that have attached to close theirs or to end, writes everything, finishes the file, stops the writer thread. Nothing can be logged here, and no
   * thread can attach, from now on. Rejects with the first error that still stands. Again: the same promise. Where the sink is another thread's: this one logs no more;
   * what it has logged is written as ever, by the time the sink's own flush or close resolves.
   */
  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#stopLogging();
      this.#closing = this.#enqueue(() => this.#end().finally(() => this.#reportFiles())).finally(() => this.#forget());
    }
    return this.#closing;
  }

  /**
   * close(), blocking the thread until it is done, and without waiting for other threads: what they log from then on is refused or, into room they were given before, lost.
   * After close() or closeSync() it does nothing more than wait.
   */
  closeSync(): void {
    this.#stopLogging();
    this.#closing ??= Promise.resolve();
    this.#forget();
    try {
      callNative(() => (this.#isAttached ? this.#native.detach(this.#lane.head) : this.#native.closeSync(this.#lane.head)));
    } finally {
      this.#reportFiles();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Also after close. */
  stats(): SinkStats {
    return callNative(() => {
      const stats = this.#native.stats(this.#lane.head);
      return { ...stats, invalidValuesByColumn: stats.invalidValues === 0 ? {} : this.#invalidValuesByColumn() };
    });
  }

  /**
   * The statistics of sinks and their lanes, also after close: `text` for people, or `openmetrics` for a scraper (content type `application/openmetrics-text; version=1.0.0; charset=utf-8`),
   * one exposition for all.
   */
  static renderStats(sinks: readonly RecordSink[], format: StatsFormat): string {
    const number = Object.hasOwn(statsFormats, format) ? statsFormats[format] : undefined;
    if (number === undefined)
      throw new PqflowError(
        "INVALID_ARGUMENT",
        `renderStats: expected \`text\` or \`openmetrics\`, got ${JSON.stringify(format) ?? String(format)}`,
      );
    return callNative(() => {
      for (const sink of sinks) sink.#native.stats(sink.#lane.head); // Tells the lane's head, which lies in JavaScript.
      return binding().renderStats(
        sinks.map((sink) => sink.#native),
        number,
      );
    });
  }

  /** Whether the next log would find room. Counts nothing as dropped. */
  get isWritable(): boolean {
    return !this.#isClosed && (this.#lane.hasCredit || callNative(() => this.#native.hasRoom(this.#lane.head)));
  }

  /** Resolves when the ring has room: for producers that can wait. Rejects when the sink is closed. */
  async ready(): Promise<void> {
    while (!this.isWritable) {
      if (this.#isClosed) throw new PqflowError("CLOSED", "the sink is closed");
      await new Promise((resolve) => setTimeout(resolve, ROOM_POLL_MS));
    }
  }

  #invalidValuesByColumn(): Readonly<Record<string, number>> {
    const counts = this.#columns.map((name, index) => [name, this.#native.columnInvalidValues(index)] as const);
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  #enqueue(call: () => Promise<void>): Promise<void> {
    const result = this.#lastCall.then(call).catch((error: unknown) => {
      throw toPqflowError(error);
    });
    this.#lastCall = result.catch(() => undefined);
    return result;
  }

  async #end(): Promise<void> {
    if (this.#isAttached) return this.#native.detach(this.#lane.head);
    while (this.#native.stopAttaching() > 0) await new Promise((resolve) => setTimeout(resolve, LANES_POLL_MS));
    return this.#native.close(this.#lane.head);
  }

  #stopLogging(): void {
    if (this.#isAttached && this.#lane.isFilling)
      throw new Error("close was called while a record of the same sink was being read: by a getter, an iterator or toJSON");
    this.#isClosed = true;
    this.#lane.revoke(closedLane);
    clearInterval(this.#watch);
  }

  #startWatch(): void {
    if (this.#watch !== undefined || this.#isClosed) return;
    const reference = new WeakRef(this);
    const watch = setInterval(() => {
      const sink = reference.deref();
      if (sink === undefined) clearInterval(watch);
      else sink.#look();
    }, WATCH_INTERVAL_MS);
    this.#watch = watch.unref();
  }

  #look(): void {
    this.#reportFiles();
    this.#reportFailure();
  }

  #reportFiles(): void {
    if (this.#isAttached) return;
    for (const file of this.#native.takeFiles()) {
      try {
        this.emit("file", toFinishedFile(file));
      } catch (error) {
        // A listener's own: it must not become the outcome of a close that went well.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #reportFailure(): void {
    const failure = this.#native.lastError();
    const isNew = failure !== undefined && failure.message !== this.#reported;
    this.#reported = failure?.message;
    if (isNew && this.listenerCount("error") > 0) this.emit("error", toPqflowError(failure) as PqflowError);
  }
}
