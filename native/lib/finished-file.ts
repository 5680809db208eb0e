/** What the event `file` tells of a file that has its final name. */

/** As PQFLOW_FILE_END_ROWS … have them. */
const fileEnds = ["rows", "bytes", "interval", "clock", "full", "flush", "close", "fault"] as const;

/** Why a file ended: the limit of rotation that it reached; `full`: a live file's length or the footer's limit; `fault`: it could not be written any further; or the call. */
export type FileEnd = (typeof fileEnds)[number];

/** The mirror of pqflow_finished_file. The file is complete and never changed again. */
export interface FinishedFile {
  /** As the sink was opened with, relative or not. */
  readonly path: string;
  /** 0, 1, …: what `{seq}` stands for. */
  readonly fileSequence: number;
  readonly rows: number;
  readonly bytes: number;
  readonly rowGroups: number;
  /** Numbers of its records in the capture, all threads together. Without a row both are the next record's. */
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Since 1970-01-01. */
  readonly begunAtUtcNs: bigint;
  readonly endedAtUtcNs: bigint;
  readonly end: FileEnd;
  /** Its bytes and its name survive a power cut. */
  readonly isSynced: boolean;
}

export type NativeFinishedFile = Omit<FinishedFile, "end"> & { readonly end: number };

export function toFinishedFile({ end, ...file }: NativeFinishedFile): FinishedFile {
  return { ...file, end: fileEnds[end] ?? "close" };
}
