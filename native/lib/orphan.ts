/** What captures left when their process ended before they did. */

/** As PQFLOW_ORPHAN_STATE_LIVE … and PQFLOW_ORPHAN_ACTION_NONE … have them. */
const orphanStates = ["live", "uncertain", "unfinished", "complete", "empty", "leftover", "unreadable"] as const;
const orphanActions = ["none", "finish", "name", "remove"] as const;

/** As PQFLOW_ORPHAN_REASON_UNKNOWN … have them. */
const orphanReasons = [null, "killed", "restart", "closed"] as const;

/** What a file in progress was found to be: docs/recover.md. */
export type OrphanState = (typeof orphanStates)[number];
/** What is to be done with it: a footer and its final name, its final name, or that it goes. */
export type OrphanAction = (typeof orphanActions)[number];

/** Why it had to be recovered, as far as its ring or its journal say so; null: not known. */
export type OrphanReason = (typeof orphanReasons)[number];

/** A file in progress, or a ring whose file is not there. */
export interface Orphan {
  readonly file: string;
  readonly state: OrphanState;
  readonly reason: OrphanReason;
  /** Records found in the file, and the row groups that hold them. */
  readonly persisted: number;
  readonly rowGroups: number;
  /** The ring that belongs to it. */
  readonly ring: string | null;
  /** Records of the ring that no row group holds, and those that one holds too. */
  readonly recovered: number;
  readonly duplicate: number;
  /** Records that were refused while the ring was full, told by no other file; null: no ring says it. */
  readonly dropped: number | null;
  /** Records of row groups whose pages are damaged. */
  readonly lost: number;
  readonly damagedRowGroups: number;
  /** Bytes of its journals behind the last record that can be believed: no sync had reached them. */
  readonly tornJournalBytes: number;
  readonly action: OrphanAction;
  /** The action was done. */
  readonly done: boolean;
  /** Given, or wanted: a suffix comes where it is taken. */
  readonly finalFile: string | null;
  /** Why nothing was done, or what failed. */
  readonly problem: string | null;
}

export type NativeOrphan = Omit<Orphan, "state" | "reason" | "action"> & {
  readonly state: number;
  readonly reason: number;
  readonly action: number;
};

export function toOrphan({ state, reason, action, ...orphan }: NativeOrphan): Orphan {
  return {
    ...orphan,
    state: orphanStates[state] ?? "unreadable",
    reason: orphanReasons[reason] ?? null,
    action: orphanActions[action] ?? "none",
  };
}
