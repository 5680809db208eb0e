/** The `sink:` and `layout:` blocks. */
import { type Block, bigintOf, booleanOf, compact, nodeOf, numberOf, subBlock, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { formatDuration, readDurationNs } from "./durations.js";
import { isPowerOfTwo } from "./integers.js";
import { fileKeys, layoutKeys, ringKeys, rotateKeys, sinkKeys } from "./keys.js";
import type { Durability, FileLayout, LayoutOptions, Orphans, SinkOptions } from "./model.js";
import { readPathTemplate } from "./path-template.js";
import { readSizeBytes } from "./sizes.js";
import { durabilities, fileLayouts, isOneOf, orphans } from "./words.js";

/** PQFLOW_LANE_SLOTS_MIN_COUNT, PQFLOW_LANE_SLOTS_MAX_COUNT. */
const SLOTS_MIN_COUNT = 64n;
const SLOTS_MAX_COUNT = 2n ** 30n;
const ALIGN_MAX_BYTES = 128n;
/** PQFLOW_PATH_CAPACITY_BYTES less the NUL. */
const PATH_MAX_BYTES = 4095;
/** As the runtime has them. */
const FLUSH_INTERVAL_MIN_NS = 1_000_000n;
const FLUSH_INTERVAL_MAX_NS = 24n * 3_600_000_000_000n;
const JOURNAL_INTERVAL_MIN_NS = 100_000n;
const JOURNAL_INTERVAL_MAX_NS = 10_000_000_000n;
const ROTATE_INTERVAL_MIN_NS = 1_000_000_000n;
const ROTATE_INTERVAL_MAX_NS = 31n * 24n * 3_600_000_000_000n;
const ROTATE_CLOCK_MIN_NS = 1_000_000_000n;
const DAY_SECONDS = 86_400n;
const DAY_NS = DAY_SECONDS * 1_000_000_000n;
const ROTATE_MIN_BYTES = 65_536n;
const ROTATE_MAX_BYTES = 2n ** 40n;

export function readSink(context: SchemaContext, root: Block<"sink">): SinkOptions {
  const block = subBlock(context.collector, root, "sink", sinkKeys);
  if (block === undefined) return {};
  const ring = subBlock(context.collector, block, "ring", ringKeys);
  const file = subBlock(context.collector, block, "file", fileKeys);
  return compact({
    ringSlots: ring === undefined ? undefined : readSlots(context, ring),
    ringDir: ring === undefined ? undefined : readRingDir(context, ring),
    durability: readDurability(block),
    orphans: readOrphans(block),
    filePath: file === undefined ? undefined : readPathTemplate(context, file, "path"),
    manifest: file === undefined ? undefined : readPathTemplate(context, file, "manifest"),
    fileLayout: file === undefined ? undefined : readFileLayout(file),
    flushIntervalNs: readDurationNs(context, block, "flush_interval", FLUSH_INTERVAL_MIN_NS, FLUSH_INTERVAL_MAX_NS),
    journalIntervalNs: readDurationNs(context, block, "journal_interval", JOURNAL_INTERVAL_MIN_NS, JOURNAL_INTERVAL_MAX_NS),
    encoderThreads: numberOf(block, "encoder_threads"),
    ...(file === undefined ? {} : readRotation(context, file)),
  });
}

function readFileLayout(file: Block<"layout">): FileLayout | undefined {
  const word = textOf(file, "layout");
  return word !== undefined && isOneOf(fileLayouts, word) ? word : undefined;
}

function readDurability(block: Block<"durability">): Durability | undefined {
  const word = textOf(block, "durability");
  return word !== undefined && isOneOf(durabilities, word) ? word : undefined;
}

function readOrphans(block: Block<"orphans">): Orphans | undefined {
  const word = textOf(block, "orphans");
  return word !== undefined && isOneOf(orphans, word) ? word : undefined;
}

function readRotation(context: SchemaContext, file: Block<"rotate">): SinkOptions {
  const rotate = subBlock(context.collector, file, "rotate", rotateKeys);
  if (rotate === undefined) return {};
  return compact({
    rotateBytes: readSizeBytes(context, rotate, "bytes", ROTATE_MIN_BYTES, ROTATE_MAX_BYTES),
    rotateRows: numberOf(rotate, "rows"),
    rotateIntervalNs: readDurationNs(context, rotate, "interval", ROTATE_INTERVAL_MIN_NS, ROTATE_INTERVAL_MAX_NS),
    rotateClockNs: readClockNs(context, rotate),
  });
}

/** Boundaries that would lie elsewhere every day are none. */
function readClockNs(context: SchemaContext, rotate: Block<"clock">): number | undefined {
  const clock = readDurationNs(context, rotate, "clock", ROTATE_CLOCK_MIN_NS, DAY_NS);
  const node = nodeOf(rotate, "clock");
  if (clock === undefined || node?.kind !== "scalar" || DAY_NS % BigInt(clock) === 0n) return clock;
  context.collector.report("PQ1206", {
    message: `\`clock\` cannot be ${node.source}`,
    span: node.span,
    label: "does not divide a day",
    help: `${nearestClocks(BigInt(clock))
      .map((near) => `\`${formatDuration(near)}\``)
      .join(" and ")} do`,
  });
  return undefined;
}

/** The whole seconds below and above that divide a day. */
function nearestClocks(clock: bigint): readonly bigint[] {
  let fewer = DAY_NS / clock;
  let more = fewer + 1n;
  while (DAY_SECONDS % more !== 0n) more += 1n;
  while (DAY_SECONDS % fewer !== 0n) fewer -= 1n;
  return [DAY_NS / more, DAY_NS / fewer];
}

function readSlots({ collector }: SchemaContext, ring: Block<"slots">): number | undefined {
  const slots = bigintOf(ring, "slots");
  const node = nodeOf(ring, "slots");
  if (slots === undefined || node === undefined) return undefined;
  if (isPowerOfTwo(slots) && slots >= SLOTS_MIN_COUNT && slots <= SLOTS_MAX_COUNT) return Number(slots);
  collector.report("PQ1206", {
    message: `\`slots\` cannot be ${slots}`,
    span: node.span,
    label: `a power of two from ${SLOTS_MIN_COUNT} to ${SLOTS_MAX_COUNT}`,
  });
  return undefined;
}

function readRingDir({ collector }: SchemaContext, ring: Block<"dir">): string | undefined {
  const dir = textOf(ring, "dir");
  const node = nodeOf(ring, "dir");
  if (dir === undefined || node === undefined) return undefined;
  const fault = dirFault(dir);
  if (fault === undefined) return dir;
  collector.report("PQ4207", { message: `ring directory ${fault}`, span: node.span });
  return undefined;
}

function dirFault(dir: string): string | undefined {
  if (dir === "") return "is empty";
  if (dir.includes("\0")) return "contains a NUL";
  return Buffer.byteLength(dir, "utf8") > PATH_MAX_BYTES ? `is longer than ${PATH_MAX_BYTES} bytes` : undefined;
}

export function readLayout(context: SchemaContext, root: Block<"layout">): LayoutOptions {
  const block = subBlock(context.collector, root, "layout", layoutKeys);
  if (block === undefined) return { packing: "natural", reorder: true };
  return compact({
    packing: textOf(block, "packing") === "packed" ? ("packed" as const) : ("natural" as const),
    reorder: booleanOf(block, "reorder") ?? true,
    alignBytes: readAlign(context, block),
    alignSpan: nodeOf(block, "align")?.span,
    reorderSpan: nodeOf(block, "reorder")?.span,
  });
}

function readAlign({ collector }: SchemaContext, block: Block<"align">): number | undefined {
  const align = bigintOf(block, "align");
  const node = nodeOf(block, "align");
  if (align === undefined || node === undefined) return undefined;
  if (isPowerOfTwo(align) && align <= ALIGN_MAX_BYTES) return Number(align);
  collector.report("PQ3103", {
    message: `\`align\` cannot be ${align}`,
    span: node.span,
    label: `a power of two from 1 to ${ALIGN_MAX_BYTES}`,
  });
  return undefined;
}
