/** Durations: a number with ns, us, ms, s, min, h or d. */
import type { ScalarNode } from "../document/model.js";
import { type Block, nodeOf } from "./block.js";
import type { SchemaContext } from "./context.js";

const unitNs: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

/** What people write where they mean one of the units. */
const unitsMeant: Readonly<Record<string, string>> = {
  µs: "us",
  μs: "us",
  sec: "s",
  second: "s",
  seconds: "s",
  m: "min",
  minute: "min",
  minutes: "min",
  hour: "h",
  hours: "h",
  day: "d",
  days: "d",
};

/** `maxNs` is a safe integer. */
export function readDurationNs<Key extends string>(
  context: SchemaContext,
  block: Block<Key>,
  key: Key,
  minNs: bigint,
  maxNs: bigint,
): number | undefined {
  const node = nodeOf(block, key);
  if (node?.kind !== "scalar") return undefined;
  const duration = parseDuration(node);
  if (duration === undefined) return reportUnreadable(context, node);
  if (duration >= minNs && duration <= maxNs) return Number(duration);
  context.collector.report("PQ1206", {
    message: `\`${key}\` cannot be ${node.source}`,
    span: node.span,
    label: duration < minNs ? `${formatDuration(minNs)} at least` : `${formatDuration(maxNs)} at most`,
    help: duration === 0n ? `leave \`${key}\` out: there is none then` : undefined,
  });
  return undefined;
}

function parseDuration(node: ScalarNode): bigint | undefined {
  const match = node.value.type === "text" ? /^(0|[1-9][0-9]{0,17}) ?([a-z]+)$/.exec(node.value.value) : null;
  const unit = unitNs[match?.[2] ?? ""];
  return match === null || unit === undefined ? undefined : BigInt(match[1] ?? "0") * unit;
}

function reportUnreadable({ collector }: SchemaContext, node: ScalarNode): undefined {
  const parts = /^([0-9]+) ?(\p{L}*)$/u.exec(node.source);
  const meant = parts === null ? undefined : parts[2] === "" ? "ms" : unitsMeant[(parts[2] ?? "").toLowerCase()];
  collector.report("PQ4206", {
    message: `\`${node.source}\` is not a duration`,
    span: node.span,
    label: "an integer with ns, us, ms, s, min, h or d",
    help: meant === undefined ? undefined : `write \`${parts?.[1] ?? ""}${meant}\``,
  });
  return undefined;
}

/** In the largest unit that keeps it whole. */
export function formatDuration(duration: bigint): string {
  const unit = Object.entries(unitNs).findLast(([, size]) => duration % size === 0n);
  return unit === undefined ? `${duration}ns` : `${duration / unit[1]}${unit[0]}`;
}
