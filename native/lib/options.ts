/** The camel-case mirror of pqflow_options: same units, limits and defaults. */
import { type NativeOptions, binding } from "./binding.js";
import {
  CODEC_LEVEL_DEFAULT,
  type CodecName,
  type Descriptor,
  type Durability,
  type FileLayout,
  type FloatOrder,
  type Orphans,
  type ProfileName,
  codecs,
  durabilities,
  fileLayouts,
  floatOrders,
  nativeDescriptor,
  orphanChoices,
  profiles,
} from "./descriptor.js";
import { PqflowError, callNative } from "./error.js";
import { nearestName } from "./suggest.js";

const ifExists = { fail: 0, replace: 1, suffix: 2 } as const;
const idleStrategies = { adaptive: 0, spin: 1, yield: 2, sleep: 3 } as const;
const slotReleases = { per_span: 0, when_persisted: 1, by_durability: 2 } as const;
const fullPolicies = { drop: 0, block: 1 } as const;
const ringMemories = { pageable: 0, locked: 1 } as const;
const metadata = { capture: 0, schema_only: 1 } as const;
const durabilityChoices = { default: 0, ...durabilities } as const;

/** Absent options take the schema's defaults, and the runtime's where it names none. */
export interface SinkOptions {
  /** Slots of the ring, a power of two, 64 … 2^30 (2 GiB in all). Default 262,144; where rowGroupRows or encoderThreads are named, as many more, up to 1,048,576, as four row groups take, and one for each further encoder thread, unless durability is `file`. */
  readonly ringSlots?: number;
  /** Rows of a row group, 1 … 2^24. Default 65,536; where ringSlots is named, as many fewer as it needs to hold four of them, and one for each further encoder thread, unless durability is `file`. */
  readonly rowGroupRows?: number;
  /** Encoded bytes before compression at which a row group is cut, 64 KiB … 2^30. */
  readonly rowGroupBytes?: number;
  /** A row group is written when its oldest record is this old, in nanoseconds, full or not; an idle sleep may come on top. 0 (default) = only when full, else 1,000,000 (1 ms) … 86,400,000,000,000 (24 h). */
  readonly flushIntervalNs?: number;
  /** The capture goes on in the next file after the row group with which a file reaches this size. 0 (default) = any size, else 64 KiB … 2^40. */
  readonly rotateBytes?: number;
  /** A file ends with exactly this many rows. 0 (default) = any number, else 1 … 2^40. */
  readonly rotateRows?: number;
  /** A file ends when its oldest record is this old, in nanoseconds. 0 (default) = never, else 1,000,000,000 (1 s) … 2,678,400,000,000,000 (31 days). */
  readonly rotateIntervalNs?: number;
  /** A file ends when the wall clock reaches a multiple of this since midnight UTC, in nanoseconds; a length that divides a day. 0 (default) = never, else 1,000,000,000 (1 s) … 86,400,000,000,000 (24 h). */
  readonly rotateClockNs?: number;
  /** With durability `journal`: nanoseconds that the writer waits at least between the beginnings of two syncs of the journal, 100,000 (100 µs) … 10,000,000,000 (10 s). Default 10,000,000 (10 ms). */
  readonly journalIntervalNs?: number;
  /** A text file that gets a line of JSON for every file that has got its final name; placeholders as in paths but for `{seq}`. null (default): none. */
  readonly manifest?: string | null;
  /** Who encodes row groups. 1 (default): the writer thread. 2 … 8: so many threads beside it; the ring must hold encoderThreads + 1 row groups. */
  readonly encoderThreads?: number;
  /** Rows of a page, 1 … 2^20. */
  readonly pageRows?: number;
  /** A page is cut before the row that would make it larger: PLAIN bytes of values and bits of levels, before encoding and codec. 4 KiB … 2^30. */
  readonly pageBytes?: number;
  /** 1 (default) or 2: levels outside of the codec, and pages that it would not make smaller as they are. */
  readonly dataPageVersion?: 1 | 2;
  /** `TYPE_ORDER` (default): bounds of numbers alone, a zero bound covers both zeros, a page of NaNs has none; `IEEE_754_TOTAL_ORDER`: -0.0 is below +0.0, and NaNs are the bounds where there is nothing else. */
  readonly floatOrder?: FloatOrder;
  /** `small`: a codec where it saves more than 4 % of a column chunk; `fast`: more than 10 %; `widest`: PLAIN, RLE_DICTIONARY and SNAPPY, for readers of any age. Encodings and a codec that are named stay. */
  readonly profile?: ProfileName;
  readonly codec?: CodecName;
  /** GZIP 1 … 9, BROTLI 0 … 11, ZSTD -131072 … 22. Absent: the schema's where `codec` is the schema's too, else the codec's own (GZIP 6, BROTLI 4, ZSTD 1 and less where that would not gain much). */
  readonly codecLevel?: number;
  /** `classic`: the footer comes last. `live` (default): a Parquet file at every instant, under its name in progress; 64 MiB first, then twice as much for each file that was filled, up to rotateBytes, or 512 MiB without. */
  readonly layout?: FileLayout;
  /** What to do when the target file exists. */
  readonly ifExists?: keyof typeof ifExists;
  /** What the writer thread does when there is nothing to write. */
  readonly idleStrategy?: keyof typeof idleStrategies;
  /** Longest sleep of the writer thread in nanoseconds, 1,000 … 1,000,000,000. */
  readonly idleSleepMaxNs?: number;
  /** open refuses an idle sleep that the ring could not bridge at this rate; 0 = do not check. */
  readonly peakRecordsPerS?: number;
  /** What outlives the process: `file`: what is written; `process`: every record that was accepted; `default`: `process` where all is there that it needs, else `file`; `stats` says which. From `process` on the ring is a file in `ringDir`, and holds 4 × `rowGroupRows` at least. `sync`: as `process`, and each row group is synced to the disk while later ones are encoded, so that it outlasts a power cut. `journal`: as `sync`, and records are in a journal beside the files before their row group is full. Linux. */
  readonly durability?: Durability | "default";
  /** What open does with what killed captures of the same path left. `report` (default) counts it, `orphansFound` in `stats()`; `recover` finishes it before the first file, as `recover` does, with the rings in `ringDir`; `ignore` does not look. */
  readonly orphans?: Orphans;
  /** From durability `process` on: folder of the ring's file, on a file system in memory. Default `/dev/shm`. */
  readonly ringDir?: string;
  /** When the slots of written records are given back: as soon as they are staged, or when their row group is written. Default `by_durability`: `per_span` with durability `file`, `when_persisted` with `process`, and when their row group is synced with `sync` and `journal`, which take no other value. */
  readonly slotRelease?: keyof typeof slotReleases;
  /** What `log` does when the ring is full: `drop` (default) answers false at once; `block` holds the thread, and its event loop, until there is room, for `fullTimeoutNs` at most. */
  readonly fullPolicy?: keyof typeof fullPolicies;
  /** In nanoseconds, 1,000 (1 µs) … 3,600,000,000,000 (1 h). Default 1,000,000,000 (1 s). */
  readonly fullTimeoutNs?: number;
  /** Threads that may log at once, the opening one among them. 1 … 1,024. Default 64. */
  readonly maxLanes?: number;
  /** `locked`: the ring is never paged out; open throws OUT_OF_MEMORY where the limit of the process (`ulimit -l`) does not allow it. */
  readonly ringMemory?: keyof typeof ringMemories;
  /** `schema_only`: the bytes of the file depend on nothing but schema, options and records. */
  readonly metadata?: keyof typeof metadata;
}

type OptionName = keyof SinkOptions;
interface IntegerRule {
  readonly kind: "integer";
  readonly native: string;
  readonly min: number;
  readonly max: number;
  readonly powerOfTwo?: true;
  /** 0 switches it off. */
  readonly orZero?: true;
}
interface TextRule {
  readonly kind: "text";
  readonly native: string;
  /** null switches it off. */
  readonly orNull?: true;
}
interface ChoiceRule {
  readonly kind: "choice";
  readonly native: string;
  readonly choices: Readonly<Record<string, number>>;
}

type Rule = IntegerRule | ChoiceRule | TextRule;

function integer(native: string, min: number, max: number): IntegerRule {
  return { kind: "integer", native, min, max };
}

function choice(native: string, choices: Readonly<Record<string, number>>): ChoiceRule {
  return { kind: "choice", native, choices };
}

const rules: Readonly<Record<OptionName, Rule>> = {
  ringSlots: { ...integer("ringSlotsCount", 64, 2 ** 30), powerOfTwo: true },
  rowGroupRows: integer("rowGroupRows", 1, 2 ** 24),
  rowGroupBytes: integer("rowGroupBytes", 65_536, 2 ** 30),
  flushIntervalNs: { ...integer("flushIntervalNs", 1_000_000, 86_400_000_000_000), orZero: true },
  rotateBytes: { ...integer("rotateBytes", 65_536, 2 ** 40), orZero: true },
  rotateRows: { ...integer("rotateRows", 1, 2 ** 40), orZero: true },
  rotateIntervalNs: { ...integer("rotateIntervalNs", 1_000_000_000, 2_678_400_000_000_000), orZero: true },
  rotateClockNs: { ...integer("rotateClockNs", 1_000_000_000, 86_400_000_000_000), orZero: true },
  journalIntervalNs: integer("journalIntervalNs", 100_000, 10_000_000_000),
  manifest: { kind: "text", native: "manifest", orNull: true },
  encoderThreads: integer("encoderThreads", 1, 8),
  pageRows: integer("pageRows", 1, 2 ** 20),
  pageBytes: integer("pageBytes", 4096, 2 ** 30),
  dataPageVersion: integer("dataPageVersion", 1, 2),
  floatOrder: choice("floatOrder", floatOrders),
  profile: choice("profile", profiles),
  codec: choice("codec", codecs),
  codecLevel: integer("codecLevel", -131_072, 22),
  layout: choice("layout", fileLayouts),
  ifExists: choice("ifExists", ifExists),
  idleStrategy: choice("idleStrategy", idleStrategies),
  idleSleepMaxNs: integer("idleSleepMaxNs", 1_000, 1_000_000_000),
  peakRecordsPerS: integer("peakRecordsPerS", 0, Number.MAX_SAFE_INTEGER),
  slotRelease: choice("slotRelease", slotReleases),
  metadata: choice("metadata", metadata),
  fullPolicy: choice("fullPolicy", fullPolicies),
  fullTimeoutNs: integer("fullTimeoutNs", 1_000, 3_600_000_000_000),
  maxLanes: integer("maxLanes", 1, 1_024),
  ringMemory: choice("ringMemory", ringMemories),
  durability: choice("durability", durabilityChoices),
  orphans: choice("orphans", orphanChoices),
  ringDir: { kind: "text", native: "ringDir" },
};

function invalid(name: string, problem: string): PqflowError {
  return new PqflowError("INVALID_ARGUMENT", `option ${name}: ${problem}`);
}

function didYouMean(word: string, names: readonly string[]): string {
  const nearest = nearestName(word, names);
  return nearest === undefined ? "" : `; did you mean \`${nearest}\`?`;
}

function integerOption(name: string, value: unknown, rule: IntegerRule): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw invalid(name, `expected an integer, got ${JSON.stringify(value) ?? String(value)}`);
  if (value === 0 && rule.orZero) return value;
  if (value < rule.min || value > rule.max)
    throw invalid(name, `${value} is outside ${rule.min} … ${rule.max}${rule.orZero ? ", and is not 0" : ""}`);
  if (rule.powerOfTwo && !Number.isInteger(Math.log2(value)))
    throw invalid(name, `${value} is not a power of two; the next is ${2 ** Math.ceil(Math.log2(value))}`);
  return value;
}

function choiceOption(name: string, value: unknown, rule: ChoiceRule): number {
  const names = Object.keys(rule.choices);
  if (typeof value !== "string") throw invalid(name, `expected one of ${names.join(", ")}`);
  const number = Object.hasOwn(rule.choices, value) ? rule.choices[value] : undefined;
  if (number === undefined) throw invalid(name, `\`${value}\` is not one of ${names.join(", ")}${didYouMean(value, names)}`);
  return number;
}

function textOption(name: string, value: unknown, { orNull }: TextRule): string | null {
  if (value === null && orNull) return value;
  if (typeof value !== "string" || value === "" || value.includes("\0"))
    throw invalid(name, `expected a text that is not empty and has no NUL, got ${JSON.stringify(value) ?? String(value)}`);
  return value;
}

function valueOption(name: string, value: unknown, rule: Rule): number | string | null {
  switch (rule.kind) {
    case "integer":
      return integerOption(name, value, rule);
    case "choice":
      return choiceOption(name, value, rule);
    case "text":
      return textOption(name, value, rule);
  }
}

/** Checks names, types and limits; what is undefined stays out. Throws PqflowError INVALID_ARGUMENT with the option's name. */
export function nativeOptions(options: SinkOptions): NativeOptions {
  if (typeof options !== "object" || options === null)
    throw new PqflowError("INVALID_ARGUMENT", `options: expected an object such as { codec: "ZSTD" }, got ${JSON.stringify(options)}`);
  const result: Record<string, number | string | null> = {};
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const rule = Object.hasOwn(rules, name) ? rules[name as OptionName] : undefined;
    if (rule === undefined) throw invalid(name, `unknown${didYouMean(name, Object.keys(rules))}`);
    if (value !== undefined) result[rule.native] = valueOption(name, value, rule);
  }
  return result;
}

/** Everything has a value, except that no `codecLevel` means the codec's own. `path` is the template that open without a path uses. */
export type DefaultOptions = Required<Omit<SinkOptions, "codecLevel">> & {
  readonly codecLevel: number | undefined;
  readonly path: string | null;
};

/** Messages of the runtime name its own options, those of C; who reads them here knows these. Names inside of paths stay. */
export function withOptionNames(message: string): string {
  return Object.entries(rules).reduce((text, [name, { native }]) => {
    const inC = native.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    return text.replace(new RegExp(`(?<![\\w./-])${inC}(?![\\w/-]|\\.\\w)`, "g"), name);
  }, message);
}

/** What open would use without options: the descriptor's defaults, or the runtime's own. */
export function defaultOptions(descriptor?: Descriptor): DefaultOptions {
  const native = callNative(() => binding().defaultOptions(descriptor === undefined ? null : nativeDescriptor(descriptor)));
  const entries = Object.entries(rules).map(([name, rule]) => [
    name,
    rule.kind === "choice" ? nameOf(rule, native[rule.native]) : native[rule.native],
  ]);
  const options = Object.fromEntries(entries) as Required<SinkOptions>;
  const codecLevel = options.codecLevel === CODEC_LEVEL_DEFAULT ? undefined : options.codecLevel;
  return { ...options, codecLevel, path: native.path };
}

function nameOf(rule: ChoiceRule, number: number | string | null | undefined): string | undefined {
  return Object.keys(rule.choices).find((name) => rule.choices[name] === number);
}
