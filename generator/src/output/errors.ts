/** A fault of the surroundings (a path, a disk), not of a schema and not of this program: exit code 2. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** What the system said, without the stack: `EACCES: permission denied`. */
export function systemMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const match = /^([A-Z0-9]+: [^,]+)/.exec(error.message);
  return match?.[1] ?? error.message;
}

export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
