/** Closes what is still open when the process, or the worker, ends: Node runs `exit` handlers after a normal end, process.exit(), an uncaught throw and an unhandled rejection. */

export interface Closable {
  closeSync(): void;
}

const openSinks = new Set<WeakRef<Closable>>();
let isRegistered = false;

function closeOpenSinks(): void {
  for (const reference of [...openSinks]) {
    try {
      reference.deref()?.closeSync();
    } catch (error) {
      process.exitCode ||= 1;
      process.stderr.write(`pqflow: closing at exit failed: ${(error as Error).message}\n`);
    }
  }
}

/** Weak: a sink that nobody holds is closed by its finalizer. Returns what forgets it. */
export function closeAtExit(sink: Closable): () => void {
  if (!isRegistered) {
    process.on("exit", closeOpenSinks);
    isRegistered = true;
  }
  const reference = new WeakRef(sink);
  openSinks.add(reference);
  return () => openSinks.delete(reference);
}
