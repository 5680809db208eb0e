/** The `parquet:` blocks of fields and files. */
import type { DocumentNode, MappingNode } from "../document/model.js";
import { readBloomFilter, readFileBloomFilter } from "./bloom.js";
import { type Block, bigintOf, booleanOf, compact, nodeOf, numberOf, readBlock, subBlock, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { compressionKeys, fieldParquetKeys, fileParquetKeys, rowGroupKeys } from "./keys.js";
import { checkKind } from "./kinds.js";
import type { CodecName, Compression, FieldParquetOptions, FileParquetOptions, FloatOrder, ProfileName, StatisticsName } from "./model.js";
import { readSortingColumns } from "./sorting.js";
import { readSizeBytes } from "./sizes.js";
import { didYouMean, listWords } from "./suggest.js";
import { codecNames, encodingNames, floatOrders, isOneOf, profileNames, statisticsNames } from "./words.js";

const ROW_GROUP_MIN_BYTES = 65_536n;
const ROW_GROUP_MAX_BYTES = 2n ** 30n;
const PAGE_MIN_BYTES = 4096n;
const PAGE_MAX_BYTES = 2n ** 30n;

/** As the runtime has it, ARROW:schema included. */
const KEY_VALUES_MAX_COUNT = 4096;

/** Levels as the libraries number them, and as the runtime takes them. GZIP's are zlib's. */
const codecLevels: Readonly<Partial<Record<CodecName, readonly [min: bigint, max: bigint]>>> = {
  GZIP: [1n, 9n],
  BROTLI: [0n, 11n],
  ZSTD: [-131_072n, 22n],
};

export function readFieldParquet(context: SchemaContext, block: Block<"parquet">): FieldParquetOptions | undefined {
  const options = subBlock(context.collector, block, "parquet", fieldParquetKeys);
  if (options === undefined) return undefined;
  return compact({
    compression: readCompression(context, options),
    ...readEncoding(context, options),
    statistics: readStatistics(options),
    bloomFilter: readBloomFilter(context, options),
  });
}

export function readFileParquet(context: SchemaContext, block: Block<"parquet">): FileParquetOptions {
  const options = subBlock(context.collector, block, "parquet", fileParquetKeys);
  if (options === undefined) return { statistics: "page", sortingColumns: [], keyValueMetadata: [] };
  const rowGroup = subBlock(context.collector, options, "row_group", rowGroupKeys);
  const hasArrowSchema = booleanOf(options, "arrow_schema") === true;
  return compact({
    profile: readProfile(options),
    compression: readCompression(context, options),
    statistics: readStatistics(options) ?? "page",
    pageRows: numberOf(options, "data_page_rows"),
    pageBytes: readSizeBytes(context, options, "data_page_size", PAGE_MIN_BYTES, PAGE_MAX_BYTES),
    dataPageVersion: readDataPageVersion(context, options),
    floatOrder: readFloatOrder(context, options),
    rowGroupRows: rowGroup === undefined ? undefined : numberOf(rowGroup, "rows"),
    rowGroupBytes: rowGroup === undefined ? undefined : readSizeBytes(context, rowGroup, "bytes", ROW_GROUP_MIN_BYTES, ROW_GROUP_MAX_BYTES),
    ...readFileEncoding(context, options),
    bloomFilter: readFileBloomFilter(context, options),
    sortingColumns: readSortingColumns(context, options),
    arrowSchema: hasArrowSchema ? (true as const) : undefined,
    keyValueMetadata: readKeyValues(context, nodeOf(options, "key_value_metadata"), KEY_VALUES_MAX_COUNT - Number(hasArrowSchema)),
  });
}

function readDataPageVersion({ collector }: SchemaContext, options: Block<"data_page_version" | "profile">): number | undefined {
  const version = numberOf(options, "data_page_version");
  if (version !== 2 || readProfile(options) !== "widest") return version;
  collector.report("PQ4302", {
    message: "`data_page_version: 2` contradicts `profile: widest`",
    span: nodeOf(options, "data_page_version")?.span ?? options.span,
    label: "readers of any age may not know them",
    help: "leave one of them out",
  });
  return undefined;
}

function readFloatOrder({ collector }: SchemaContext, options: Block<"float_order" | "profile">): FloatOrder | undefined {
  const word = textOf(options, "float_order");
  const order = word !== undefined && isOneOf(floatOrders, word) ? word : undefined;
  if (order !== "IEEE_754_TOTAL_ORDER" || readProfile(options) !== "widest") return order;
  collector.report("PQ4302", {
    message: "`float_order: IEEE_754_TOTAL_ORDER` contradicts `profile: widest`",
    span: nodeOf(options, "float_order")?.span ?? options.span,
    label: "readers of any age may refuse a file for it",
    help: "leave one of them out",
  });
  return undefined;
}

function readProfile(options: Block<"profile">): ProfileName | undefined {
  const word = textOf(options, "profile");
  return word !== undefined && isOneOf(profileNames, word) ? word : undefined;
}

type EncodingOptions = Pick<FieldParquetOptions, "encoding" | "dictionary" | "encodingSpan">;

/** The file's `auto` is what holds anyway. */
function readFileEncoding(context: SchemaContext, options: Block<"encoding" | "dictionary">): Partial<FileParquetOptions> {
  const { encoding, dictionary, encodingSpan } = readEncoding(context, options);
  return compact({ encoding, encodingSpan, dictionary: dictionary === "auto" ? undefined : dictionary });
}

function readDictionary(options: Block<"dictionary">): boolean | "auto" | undefined {
  return textOf(options, "dictionary") === "auto" ? "auto" : booleanOf(options, "dictionary");
}

function readEncoding({ collector }: SchemaContext, options: Block<"encoding" | "dictionary">): EncodingOptions {
  const word = textOf(options, "encoding");
  const encoding = word !== undefined && isOneOf(encodingNames, word) ? word : undefined;
  const dictionary = readDictionary(options);
  const encodingSpan = (nodeOf(options, "encoding") ?? nodeOf(options, "dictionary"))?.span;
  const contradicts = encoding !== undefined && typeof dictionary === "boolean" && dictionary !== (encoding === "RLE_DICTIONARY");
  if (!contradicts) return compact({ encoding, dictionary, encodingSpan });
  collector.report("PQ4302", {
    message: `\`dictionary: ${String(dictionary)}\` contradicts \`encoding: ${encoding}\``,
    span: nodeOf(options, "dictionary")?.span ?? options.span,
    help: dictionary ? "leave one of them out" : "leave out `encoding`: the writer then chooses one without a dictionary",
  });
  return {};
}

function readStatistics(options: Block<"statistics">): StatisticsName | undefined {
  const word = textOf(options, "statistics");
  return word !== undefined && isOneOf(statisticsNames, word) ? word : undefined;
}

function readCompression(context: SchemaContext, options: Block<"compression">): Compression | undefined {
  const node = nodeOf(options, "compression");
  if (node?.kind === "scalar") {
    const codec = readCodec(context, node, textOf(options, "compression"));
    return codec === undefined ? undefined : { codec };
  }
  const block = node === undefined ? undefined : readBlock(context.collector, node, compressionKeys, { what: "`compression`" });
  const codecNode = block === undefined ? undefined : nodeOf(block, "codec");
  if (block === undefined || codecNode === undefined) return undefined;
  const codec = readCodec(context, codecNode, textOf(block, "codec"));
  return codec === undefined ? undefined : compact({ codec, level: readLevel(context, block, codec) });
}

function readCodec({ collector }: SchemaContext, node: DocumentNode, word: string | undefined): CodecName | undefined {
  if (word === undefined || isOneOf(codecNames, word)) return word;
  const retired: Readonly<Record<string, string>> = {
    LZ4: "LZ4 is a framing of Hadoop that Parquet gave up: use LZ4_RAW",
    LZO: "no reader of today knows LZO: use ZSTD or LZ4_RAW",
  };
  const reason = Object.hasOwn(retired, word) ? retired[word] : undefined;
  collector.report("PQ4201", {
    message: `codec \`${word}\` ${reason === undefined ? "is unknown" : "cannot be written"}`,
    span: node.span,
    label: reason === undefined ? `use ${listWords(codecNames)}` : undefined,
    help: reason ?? didYouMean(word, codecNames),
  });
  return undefined;
}

function readLevel({ collector }: SchemaContext, block: Block<"level">, codec: CodecName): number | undefined {
  const level = bigintOf(block, "level");
  const node = nodeOf(block, "level");
  const range = codecLevels[codec];
  if (level === undefined || node === undefined) return undefined;
  if (range !== undefined && level >= range[0] && level <= range[1]) return Number(level);
  collector.report("PQ4202", {
    message: range === undefined ? `codec ${codec} has no levels` : `codec ${codec} has no level ${level}`,
    span: node.span,
    label: range === undefined ? undefined : `levels are ${range[0]} to ${range[1]}`,
    help: range === undefined ? "remove `level`" : undefined,
  });
  return undefined;
}

function readKeyValues(context: SchemaContext, node: DocumentNode | undefined, maxCount: number): readonly (readonly [string, string])[] {
  return node?.kind === "mapping" ? keyValues(context, node, maxCount) : [];
}

function keyValues({ collector }: SchemaContext, node: MappingNode, maxCount: number): readonly (readonly [string, string])[] {
  if (node.entries.length > maxCount) {
    collector.report("PQ2014", {
      message: `${node.entries.length} metadata entries; ${maxCount} are allowed`,
      span: node.entries[maxCount]?.keySpan ?? node.span,
    });
    return [];
  }
  const pairs: (readonly [string, string])[] = [];
  for (const entry of node.entries) {
    if (entry.key.startsWith("pqflow:") || entry.key === "ARROW:schema") {
      collector.report("PQ4204", {
        message: `metadata key \`${entry.key}\` is reserved`,
        span: entry.keySpan,
        label: entry.key === "ARROW:schema" ? "`arrow_schema: true` writes it" : "written by the runtime",
      });
    } else if (entry.key === "") {
      collector.report("PQ4204", { message: "metadata key is empty", span: entry.keySpan, label: "one character at least" });
    } else if (checkKind(collector, entry, "text") && entry.value.kind === "scalar" && entry.value.value.type === "text") {
      pairs.push([entry.key, entry.value.value.value]);
    }
  }
  return pairs;
}
