/** Names of pqflow_status, as `code` of errors. */
export type PqflowErrorCode =
  | "RING_FULL"
  | "CLOSED"
  | "INVALID_ARGUMENT"
  | "INVALID_HANDLE"
  | "ABI_MISMATCH"
  | "RECORD_SIZE_MISMATCH"
  | "FINGERPRINT_MISMATCH"
  | "LAYOUT_MISMATCH"
  | "INVALID_DESCRIPTOR"
  | "INVALID_VALUE"
  | "CODEC_UNAVAILABLE"
  | "FILE_EXISTS"
  | "NO_SPACE"
  | "IO_ERROR"
  | "OUT_OF_MEMORY"
  | "THREAD_ERROR"
  | "LANE_UNAVAILABLE"
  | "INTERNAL_ERROR"
  | "LANE_DETACHED"
  | "FORKED"
  /** The addon is not built, or cannot be loaded. */
  | "ADDON_UNAVAILABLE";

/** A process may hold two copies of this library, one loaded by import and one by require: the mark makes `instanceof` true across them. */
const mark = Symbol.for("pqflow.PqflowError");

/** Every failure of the runtime. Values that a record cannot hold are TypeError and RangeError instead. */
export class PqflowError extends Error {
  readonly code: PqflowErrorCode;
  /** errno of the failed system call, 0 if none was involved. */
  readonly osError: number;

  constructor(code: PqflowErrorCode, message: string, details: { readonly osError?: number; readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "PqflowError";
    this.code = code;
    this.osError = details.osError ?? 0;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== PqflowError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && mark in value;
  }
}

Object.defineProperty(PqflowError.prototype, mark, { value: true });

/** The addon throws plain errors that carry `code` and `osError`; anything else passes unchanged. */
export function toPqflowError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PqflowError) return error;
  const { code, osError } = error as Error & { readonly code?: PqflowErrorCode; readonly osError?: number };
  if (code === undefined || osError === undefined) return error;
  return new PqflowError(code, error.message, { osError });
}

/** Runs a call into the addon and turns its errors into PqflowError. */
export function callNative<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw toPqflowError(error);
  }
}
