// Rows of the bench: a name, a unit, every run, and their median. A row that could not be measured has a median of null and a reason.

export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Six digits say more than the machine can. */
const rounded = (value) => Number(value.toPrecision(6));

export const row = (name, unit, runs) => ({ name, unit, median: rounded(median(runs)), runs: runs.map(rounded) });

export const missingRow = (name, reason) => ({ name, unit: "", median: null, runs: [], reason });

/** Speed and size of what contenders wrote: `records` each time, `size_bytes` 0 where nothing is kept. */
export function rowsOfOutcomes(prefix, { outcomes, failures }, records) {
  const measured = [...outcomes].flatMap(([key, list]) => [
    row(
      `${prefix}_${key}_records_per_s`,
      "records/s",
      list.map(({ elapsed_ns }) => (records * 1e9) / elapsed_ns),
    ),
    row(
      `${prefix}_${key}_bytes_per_record`,
      "bytes/record",
      list.map(({ size_bytes }) => size_bytes / records),
    ),
  ]);
  return [...measured, ...[...failures].map(([key, reason]) => missingRow(`${prefix}_${key}`, reason))];
}
