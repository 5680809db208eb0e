/** A damage to a file that our writer wrote, and what the tests' damages are made of. */
import type { ParquetFile } from "../../support/parquet-surgery.js";
import { binary, type ThriftNode } from "../../support/thrift.js";

/** Files of the test: flat columns in PLAIN and V2 pages, as the writer chooses in V1 pages, and nested ones in V2 and V1 pages. */
export type DamagedFile = "plain" | "chosen" | "nested" | "nested V1";

export interface RealDamage {
  readonly rule: string;
  readonly damage: string;
  readonly file: DamagedFile;
  readonly apply: (file: ParquetFile) => void;
  /** Other rules that the same damage breaks: a changed value is outside the bounds and not in the filter. */
  readonly also?: readonly string[];
}

export const bytes = (...values: readonly number[]): ThriftNode => binary(Uint8Array.from(values));

export function remove(root: ThriftNode, id: number): void {
  if (root.kind !== "struct" || !root.fields.delete(id)) throw new Error(`there is no field ${id}`);
}

export function set(root: ThriftNode, id: number, node: ThriftNode): void {
  if (root.kind !== "struct") throw new Error(`a ${root.kind} has no fields`);
  root.fields.set(id, node);
}
