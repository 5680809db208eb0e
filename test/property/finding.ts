/** What is wrong with which case. */
export type Stage = "generate" | "compile" | "run" | "typescript" | "files" | "metadata" | "statistics" | "values" | "bytes";

export interface Finding {
  /** Position in the list of cases. */
  readonly index: number;
  readonly stage: Stage;
  readonly text: string;
}
