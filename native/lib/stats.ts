import type { Durability } from "./descriptor.js";
import type { PqflowErrorCode } from "./error.js";

/** `degraded`: a write failed and is retried; records are kept while the ring has room. */
export type SinkState = "running" | "degraded" | "closed";

export const statsFormats = { text: 0, openmetrics: 1 } as const;
export type StatsFormat = keyof typeof statsFormats;

/** What the writer wanted of the system when it failed; `sync folder` comes after the rename to the final name. */
export type FileCall =
  | "none"
  | "look up"
  | "create"
  | "lengthen"
  | "write"
  | "truncate"
  | "copy"
  | "sync"
  | "close"
  | "rename"
  | "sync folder"
  | "create folder"
  | "manifest";

/** What pqflow_stats has, before the columns are asked. */
export type NativeStats = Omit<SinkStats, "invalidValuesByColumn">;

/** The mirror of pqflow_stats. acceptedRecords ≥ persistedRecords ≥ visibleRecords, acceptedRecords ≥ durableRecords. */
export interface SinkStats {
  readonly state: SinkState;
  readonly acceptedRecords: number;
  /** Written to a file, finished or in progress. */
  readonly persistedRecords: number;
  /** In a finished file, or named by the footer of the live file in progress. */
  readonly visibleRecords: number;
  /** In a file that was synced. */
  readonly durableRecords: number;
  /** Refused because the lane was full. */
  readonly droppedRecords: number;
  /** Accepted, but in a file that was set aside, or not in a finished file when close gave up. */
  readonly lostRecords: number;
  /** Values replaced by their documented substitute, all columns. */
  readonly invalidValues: number;
  /** The columns that have any, by name. Asked after the other counters: while the writer runs, the sum may be ahead of invalidValues. */
  readonly invalidValuesByColumn: Readonly<Record<string, number>>;
  readonly ringSlotsCount: number;
  /** Most records the writer found waiting. */
  readonly ringHighWaterRecords: number;
  readonly filesFinished: number;
  readonly rowGroupsWritten: number;
  /** Acknowledged by the system, all files. */
  readonly bytesWritten: number;
  /** Failed system calls on output files. */
  readonly writeFailures: number;
  /** Bound on native memory, known at open. */
  readonly memoryBytes: number;
  /** Refused because the lane was ended or the sink closed. Not among droppedRecords. */
  readonly lateRecords: number;
  /** Threads that have a lane, the opening one among them. */
  readonly lanesAttached: number;
  /** How often `log` waited for room, with `fullPolicy: "block"`, and for how many nanoseconds in all. */
  readonly stalls: number;
  readonly stallNs: number;
  /** Of the failure that still stands; `OK` when none. */
  readonly lastStatus: PqflowErrorCode | "OK";
  readonly lastOsError: number;
  /** Which call failed; `none` when none. */
  readonly lastCall: FileCall;
  /** `degraded` since then, in milliseconds since 1970; else 0. */
  readonly degradedSinceUtcMs: number;
  /** Tries since then, which failed too; else 0. */
  readonly degradedRetries: number;
  /** Files that could not be synced, or not be written to their end: they keep their name in progress. */
  readonly filesSetAside: number;
  /** Of the latest file: `classic` where `live` was asked for and the target cannot have it. */
  readonly layout: "classic" | "live";
  /** The live file in progress has its disk space. False: a classic file, or a file system that is full or cannot. */
  readonly isPreallocated: boolean;
  /** As opened: the ring holds `ringSlotsCount` records of each lane. */
  readonly rowGroupRows: number;
  /** In force: where `default` was asked for, `process` or `file`. */
  readonly durability: Durability;
  /** Finished files that the manifest does not name, because it could not be written. */
  readonly manifestMissingLines: number;
  /** What killed captures of the same path had left when the sink opened, see the option `orphans`. */
  readonly orphansFound: number;
  /** Of those, recovered before the first file. */
  readonly orphansRecovered: number;
}
