/** Reads schema files. */
import { readFileSync, statSync } from "node:fs";
import { OutputError, systemMessage } from "./errors.js";

/** More than any schema may have; such a file is cut, and the document stage refuses it by its size. */
const READ_MAX_BYTES = (1 << 20) + 1;

export interface SourceBytes {
  /** As given on the command line; what diagnostics print. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Throws OutputError. */
export function readSource(path: string): SourceBytes {
  try {
    if (statSync(path).isDirectory()) throw new OutputError(`cannot read ${path}: it is a folder`);
    return { path, bytes: readFileSync(path).subarray(0, READ_MAX_BYTES) };
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw new OutputError(`cannot read ${path}: ${systemMessage(error)}`);
  }
}

/** Standard input and the like, to its end. Throws OutputError. */
export function readFileDescriptor(descriptor: number): Buffer {
  try {
    return readFileSync(descriptor).subarray(0, READ_MAX_BYTES);
  } catch (error) {
    throw new OutputError(`cannot read standard input: ${systemMessage(error)}`);
  }
}
