/** Opens a sink for a generated class. */
import { type NativeOptions, type NativeSink, binding } from "./binding.js";
import { type Descriptor, nativeDescriptor } from "./descriptor.js";
import { callNative, PqflowError, toPqflowError } from "./error.js";
import { LaneWriter } from "./lane-writer.js";
import { nativeOptions, type SinkOptions, withOptionNames } from "./options.js";
import { readSharedSink, type SharedSink } from "./shared-sink.js";

/** A sink just opened: the generated class keeps the lane, RecordSink the rest. */
export interface OpenedSink {
  readonly native: NativeSink;
  readonly lane: LaneWriter;
  /** Names of the leaf columns in the order of the file. */
  readonly columns: readonly string[];
  /** The sink is another thread's. */
  readonly isAttached: boolean;
}

function checkAbi(descriptor: Descriptor): void {
  const { abiVersion } = binding();
  if (descriptor.abiVersion !== abiVersion) {
    throw new PqflowError(
      "ABI_MISMATCH",
      `${descriptor.name}: generated for ABI version ${descriptor.abiVersion}, the addon has ${abiVersion}: generate again`,
    );
  }
}

/** As the files name them: groups and leaf, joined by dots. */
function leavesOf({ fields }: Descriptor): readonly string[] {
  const leaves: string[] = [];
  const open: { readonly path: string; children: number }[] = [];
  for (const { name, childCount = 0 } of fields) {
    const group = open.at(-1);
    const path = group === undefined ? name : `${group.path}.${name}`;
    if (group !== undefined) group.children--;
    if (childCount > 0) open.push({ path, children: childCount });
    else leaves.push(path);
    while (open.at(-1)?.children === 0) open.pop();
  }
  return leaves;
}

/** `path` absent or null: the schema's path template. Blocks while memory is touched and the file is created. Throws PqflowError. */
export function openSink(descriptor: Descriptor, path?: string | null, options: SinkOptions = {}): OpenedSink {
  if (path !== undefined && path !== null && typeof path !== "string")
    throw new PqflowError("INVALID_ARGUMENT", "path: expected a string; options are the second argument");
  checkAbi(descriptor);
  const checked = nativeOptions(options);
  return callNative(() => {
    const native = createNative(descriptor, path ?? null, checked);
    return { native, lane: laneOf(native), columns: leavesOf(descriptor), isAttached: false };
  });
}

/** A lane for this thread of a sink that another one opened and shared. Blocks while memory is touched. Throws PqflowError. */
export function attachSink(descriptor: Descriptor, shared: SharedSink): OpenedSink {
  checkAbi(descriptor);
  const id = readSharedSink(shared);
  return callNative(() => {
    const native = new (binding().Sink)(nativeDescriptor(descriptor), id);
    return { native, lane: laneOf(native), columns: leavesOf(descriptor), isAttached: true };
  });
}

function laneOf(native: NativeSink): LaneWriter {
  return new LaneWriter({ ...native.geometry(), slots: native.slots() }, new NativeLaneSource(native));
}

function createNative(descriptor: Descriptor, path: string | null, options: NativeOptions): NativeSink {
  try {
    return new (binding().Sink)(nativeDescriptor(descriptor), path, options);
  } catch (error) {
    if (error instanceof Error) error.message = withOptionNames(error.message);
    throw error;
  }
}

class NativeLaneSource {
  readonly #native: NativeSink;

  constructor(native: NativeSink) {
    this.#native = native;
  }

  refill(head: number): number {
    try {
      return this.#native.refill(head);
    } catch (error) {
      throw toPqflowError(error);
    }
  }
}
