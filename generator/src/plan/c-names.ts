/** The names of the generated API, claimed in one scope before anything that fields or types bring. */
import type { CNames } from "./c-model.js";
import { createNameScope, toCIdentifier, toPascalCase, type NameScope } from "./identifiers.js";

export interface CGlobals {
  readonly names: CNames;
  readonly scope: NameScope;
  /** What the schema's names start with: `orders`, `ORDERS`. */
  readonly prefix: string;
  readonly constantPrefix: string;
  readonly guard: string;
}

const functions = {
  record: "record",
  recordInit: "record_init",
  lane: "lane",
  sink: "sink",
  laneBase: "lane_base",
  reserve: "reserve",
  commit: "commit",
  stamp: "stamp",
  log: "log",
  logMany: "log_many",
  logFields: "log_fields",
  validate: "validate",
  descriptor: "descriptor",
  optionsDefault: "options_default",
  sinkBase: "sink_base",
  sinkLane: "sink_lane",
  sinkReserve: "sink_reserve",
  sinkCommit: "sink_commit",
  sinkLog: "sink_log",
  sinkLogMany: "sink_log_many",
  sinkLogFields: "sink_log_fields",
  sinkAttachLane: "sink_attach_lane",
  sinkDetachLane: "sink_detach_lane",
  sinkThreadLane: "sink_thread_lane",
  sinkOpen: "sink_open",
  sinkOpenRegistered: "sink_open_registered",
  sinkFlush: "sink_flush",
  sinkClose: "sink_close",
  sinkFree: "sink_free",
  sinkStats: "sink_stats",
  sinkLastError: "sink_last_error",
  unpack: "unpack",
  fields: "fields",
  keyValues: "key_values",
  sortingColumns: "sorting_columns",
  descriptorData: "descriptor_data",
} as const satisfies Partial<Record<keyof CNames, string>>;

const constants = {
  recordSize: "RECORD_SIZE_BYTES",
  recordAlign: "RECORD_ALIGN_BYTES",
  slotSize: "SLOT_SIZE_BYTES",
  commitOffset: "COMMIT_OFFSET_BYTES",
  layoutFingerprint: "LAYOUT_FINGERPRINT",
} as const satisfies Partial<Record<keyof CNames, string>>;

function mapValues<Key extends string>(record: Readonly<Record<Key, string>>, map: (value: string) => string): Record<Key, string> {
  const entries = Object.entries<string>(record).map(([key, value]) => [key, map(value)]);
  return Object.fromEntries(entries) as Record<Key, string>;
}

/** A prefix is never used alone, so a keyword is fine; one that belongs to the runtime is not. */
function prefixOf(schemaName: string): string {
  return toCIdentifier(`${schemaName}_x`).slice(0, -2);
}

export function planNames(schemaName: string): CGlobals {
  const prefix = prefixOf(schemaName);
  const constantPrefix = prefix.toUpperCase();
  const guard = `${constantPrefix}_SINK_H`;
  const scope = createNameScope(undefined, [guard]);
  const className = toPascalCase(prefix);
  const names: CNames = {
    ...mapValues(functions, (suffix) => scope.claim(`${prefix}_${suffix}`)),
    ...mapValues(constants, (suffix) => scope.claim(`${constantPrefix}_${suffix}`)),
    sinkClass: scope.claim(`${className}Sink`),
    traitsClass: scope.claim(`${className}Traits`),
  };
  return { names, scope, prefix, constantPrefix, guard };
}
