/** Rows as the harness reads them from the TypeScript programs of the bench. */

export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly runs: readonly number[];
}

export const row = (name: string, unit: string, runs: readonly number[]): Row => ({
  name,
  unit,
  median: runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0,
  runs,
});

export function printRows(rows: readonly Row[]): void {
  console.log(JSON.stringify(rows));
}
