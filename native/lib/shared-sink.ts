/** How one thread tells another of an open sink. */
import { PqflowError } from "./error.js";

/** An open sink, for other threads of the process: plain data, for `workerData` or `postMessage`. The generated class's attach() takes it. */
export interface SharedSink {
  readonly pqflowSink: number;
  readonly processId: number;
}

export function makeSharedSink(id: number): SharedSink {
  return Object.freeze({ pqflowSink: id, processId: process.pid });
}

/** The id of the sink. Throws PqflowError when it is none, or another process's. */
export function readSharedSink(shared: unknown): number {
  const { pqflowSink, processId } = (typeof shared === "object" && shared !== null ? shared : {}) as Partial<SharedSink>;
  if (!Number.isSafeInteger(pqflowSink) || !Number.isSafeInteger(processId))
    throw new PqflowError("INVALID_ARGUMENT", "attach: expected what share() of an open sink returned");
  if (processId !== process.pid) {
    throw new PqflowError(
      "INVALID_HANDLE",
      `attach: the sink belongs to process ${processId}: only threads of one process share a sink, others open one of their own`,
    );
  }
  return pqflowSink as number;
}
