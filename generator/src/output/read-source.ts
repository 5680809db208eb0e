/** Reads schema files. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { OutputError, systemMessage } from "./errors.js";

/** More than any schema may have; such a file is cut, and the document stage refuses it by its size. */
const READ_MAX_BYTES = (1 << 20) + 1;

export interface SourceBytes {
  /** As given on the command line; what diagnostics print. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Equal for all paths that lead to the same file. */
  readonly identity: string;
}

/** Throws OutputError. */
export function readSource(path: string): SourceBytes {
  try {
    if (statSync(path).isDirectory()) throw new OutputError(`cannot read ${path}: it is a folder`);
    return { path, bytes: readFileSync(path).subarray(0, READ_MAX_BYTES), identity: realpathSync(path) };
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw new OutputError(`cannot read ${path}: ${systemMessage(error)}`);
  }
}

/** A file that a schema names, or why there is none. Devices and pipes are refused: a schema from elsewhere must not make the generator wait. */
export function readNamedFile(path: string): { readonly bytes: Buffer; readonly identity: string } | { readonly fault: string } {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { fault: "it is a folder" };
    if (!stats.isFile()) return { fault: "it is not a regular file" };
    return { bytes: readFileSync(path).subarray(0, READ_MAX_BYTES), identity: realpathSync(path) };
  } catch (error) {
    return { fault: systemMessage(error) };
  }
}

/** What lies in a folder; nothing when it cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
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
