/** The addon's interface (native/src/addon.cpp) and where it is looked for. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NativeDescriptor } from "./descriptor.js";
import { PqflowError } from "./error.js";
import type { NativeFinishedFile } from "./finished-file.js";
import type { NativeOrphan } from "./orphan.js";
import type { NativeStats } from "./stats.js";

/** Camel-case mirrors of the C structures with enumerations as numbers. */
export type NativeOptions = Readonly<Record<string, number | string | null>>;

export interface LaneGeometry {
  readonly slotCount: number;
  readonly slotSizeBytes: number;
  readonly commitOffsetBytes: number;
  /** Low halves of the indices, as signed 32-bit integers. */
  readonly head: number;
  readonly limit: number;
  /** The whole of `head`. */
  readonly sequence: number;
}

/** One open sink, and the lane that one thread has of it. `head` is the low half of the index of the next record: what JavaScript has logged so far. */
export interface NativeSink {
  /** The lane's slots; the first call only. */
  slots(): ArrayBuffer;
  geometry(): LaneGeometry;
  /** The new limit; `head` itself when the lane is full, and then one dropped record is counted. */
  refill(head: number): number;
  hasRoom(head: number): boolean;
  flush(head: number): Promise<void>;
  close(head: number): Promise<void>;
  closeSync(head: number): void;
  /** Ends the lane of a thread that was attached. */
  detach(head: number): void;
  /** From now on no thread can be attached. Returns how many are, beside the opening one. */
  stopAttaching(): number;
  /** What attach takes. */
  id(): number;
  stats(head: number): NativeStats;
  /** Share of the leaf column at this index in stats().invalidValues. */
  columnInvalidValues(columnIndex: number): number;
  lastError(): Error | undefined;
  /** From now on finished files are kept for takeFiles(). */
  listenToFiles(): void;
  /** Those since the last call. */
  takeFiles(): readonly NativeFinishedFile[];
}

export interface Binding {
  readonly abiVersion: number;
  readonly Sink: {
    /** Opens. */
    new (descriptor: NativeDescriptor, path: string | null, options: NativeOptions): NativeSink;
    /** A lane of the open sink of that id, for this thread. */
    new (descriptor: NativeDescriptor, id: number): NativeSink;
  };
  buildInfo(): string;
  defaultOptions(descriptor: NativeDescriptor | null): NativeOptions & { readonly path: string | null };
  /** Off the JavaScript thread. */
  recover(folder: string, isWriting: boolean, ringDir: string | null, manifest: string | null): Promise<readonly NativeOrphan[]>;
  /** 0: for people, 1: OpenMetrics. */
  renderStats(sinks: readonly NativeSink[], format: number): string;
  statusName(status: number): string | undefined;
  /** read() leaves the time in `memory`; see native/src/clock_object.hpp. */
  makeClock(): { readonly memory: ArrayBuffer; read(): void };
}

/** The folder of this package, from the sources as well as from dist/; undefined where the library was copied without it. */
function packageRoot(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "pqflow") return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Where the addon may lie, best first. An `addonPath` excludes the others. */
export function addonCandidates(root: string | undefined, addonPath: string | undefined): readonly string[] {
  if (addonPath !== undefined && addonPath !== "") return [addonPath];
  if (root === undefined) return [];
  return [join(root, "build/native/pqflow.node"), join(root, "prebuilds", `${process.platform}-${process.arch}`, "pqflow.node")];
}

export function loadBinding(candidates: readonly string[]): Binding {
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new PqflowError(
      "ADDON_UNAVAILABLE",
      `pqflow's native addon is not built: run \`npm run build:native\` in the folder of the package or name it in PQFLOW_ADDON (looked for ${candidates.join(", ")})`,
    );
  }
  try {
    return createRequire(import.meta.url)(path) as Binding;
  } catch (cause) {
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    throw new PqflowError(
      "ADDON_UNAVAILABLE",
      `pqflow's native addon ${path} cannot be loaded${reason}: run \`npm run build:native\` again, with the Node.js that runs it`,
      { cause },
    );
  }
}

let loaded: Binding | undefined;

/** The addon, loaded once. */
export function binding(): Binding {
  loaded ??= loadBinding(addonCandidates(packageRoot(), process.env["PQFLOW_ADDON"]));
  return loaded;
}

/** Version, compiler and codecs of the native runtime, one line. */
export function buildInfo(): string {
  return binding().buildInfo();
}
