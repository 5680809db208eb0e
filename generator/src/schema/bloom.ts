/** `bloom_filter` of a field or a file: `true`, `false`, or how many strangers may pass and how many values differ. */
import { type Block, bigintOf, booleanOf, compact, nodeOf, subBlock } from "./block.js";
import type { SchemaContext } from "./context.js";
import { bloomFilterKeys } from "./keys.js";
import type { BloomFilter } from "./model.js";

const FPP_DEFAULT = 0.01;
/** As the runtime has them. */
const FPP_MIN = 1e-6;
const FPP_MAX = 0.5;

/** The file's `false` is what holds anyway. */
export function readFileBloomFilter(context: SchemaContext, options: Block<"bloom_filter">): BloomFilter | undefined {
  const bloomFilter = readBloomFilter(context, options);
  return bloomFilter === "none" ? undefined : bloomFilter;
}

/** Undefined: nothing said, or reported. */
export function readBloomFilter(context: SchemaContext, options: Block<"bloom_filter">): BloomFilter | "none" | undefined {
  const node = nodeOf(options, "bloom_filter");
  if (node === undefined) return undefined;
  if (booleanOf(options, "bloom_filter") === false) return "none";
  const keySpan = options.keySpanOf("bloom_filter") ?? node.span;
  if (node.kind === "scalar") return { fpp: FPP_DEFAULT, span: keySpan };
  const block = subBlock(context.collector, options, "bloom_filter", bloomFilterKeys);
  if (block === undefined) return undefined;
  const ndv = bigintOf(block, "ndv");
  return compact({ fpp: readFpp(context, block), ndv: ndv === undefined ? undefined : Number(ndv), span: keySpan });
}

function readFpp({ collector }: SchemaContext, block: Block<"fpp">): number {
  const node = nodeOf(block, "fpp");
  if (node?.kind !== "scalar") return FPP_DEFAULT;
  const fpp = node.value.type === "float" ? node.value.value : Number.NaN;
  if (fpp >= FPP_MIN && fpp <= FPP_MAX) return fpp;
  collector.report("PQ4303", { message: `\`fpp\` cannot be ${node.source}`, span: node.span, label: "a share, 0.000001 to 0.5" });
  return FPP_DEFAULT;
}
