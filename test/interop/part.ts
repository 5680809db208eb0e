/** `npm run test:interop` runs the tests of files in parts, a processor each, with every combination; `npm test` takes a few that cover everything. */
const part = process.env["PQFLOW_INTEROP_PART"];

export const isWholeRun = part !== undefined;

/** Part i of n, counted from 1. */
export function partOf<Item>(all: readonly Item[]): readonly Item[] {
  const [, number, count] = (/^(\d+)\/(\d+)$/.exec(part ?? "") ?? []).map(Number);
  if (number === undefined || count === undefined) throw new Error(`PQFLOW_INTEROP_PART is ${part ?? ""} and not i/n`);
  return all.filter((_, index) => index % count === number - 1);
}
