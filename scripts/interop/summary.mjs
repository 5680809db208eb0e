// What the parts of `npm run test:interop` found, added up: for each reader the cells that it reads as logged, and for each thing that it loses where it does.

const axes = ["type", "presence", "encoding", "codec", "page", "nulls"];
/** More would not be read. */
const listedValues_count = 14;

/** The same cell may be in several parts: one loss is enough. */
export function mergedCells(parts) {
  const merged = new Map();
  for (const { place, readers } of parts.flat()) {
    const key = axes.map((axis) => place[axis]).join("\t");
    const cell = merged.get(key) ?? { place, readers: {} };
    merged.set(key, cell);
    for (const [reader, loss] of Object.entries(readers)) cell.readers[reader] = (cell.readers[reader] ?? "") || loss;
  }
  return [...merged.values()];
}

const valuesOf = (cells, axis) => [...new Set(cells.map(({ place }) => place[axis]))].sort();

/** The types of which something is lost, and where not everything of them is, what is. */
function whereLost(lost, all) {
  const types = new Set(valuesOf(lost, "type"));
  const ofTypes = all.filter(({ place }) => types.has(place.type));
  const parts = axes.flatMap((axis) => {
    const [some, every] = [valuesOf(lost, axis), valuesOf(axis === "type" ? all : ofTypes, axis)];
    if (some.length === every.length) return [];
    const list = some.length > listedValues_count ? `${some.length} of ${every.length}` : some.join(", ");
    return [`${axis} ${list}`];
  });
  return parts.length === 0 ? "everywhere" : parts.join("; ");
}

function summaryOf(reader, cells) {
  const seen = cells.filter(({ readers }) => readers[reader] !== undefined);
  const losses = [...new Set(seen.map(({ readers }) => readers[reader]))].filter((loss) => loss !== "").sort();
  const gaps = losses.map((loss) => {
    const lost = seen.filter(({ readers }) => readers[reader] === loss);
    return { loss, cells: lost.length, where: whereLost(lost, seen) };
  });
  return { cells: seen.length, alike: seen.length - gaps.reduce((sum, { cells: count }) => sum + count, 0), gaps };
}

/** Of every reader that ran. */
export function summarize(cells) {
  const readers = [...new Set(cells.flatMap(({ readers }) => Object.keys(readers)))];
  return Object.fromEntries(readers.map((reader) => [reader, summaryOf(reader, cells)]));
}

/** Rows of `[feature, {reader: {alike, cells}}]`: every value of every axis. */
export function byFeature(cells, readers) {
  return axes.flatMap((axis) =>
    valuesOf(cells, axis).map((value) => {
      const having = cells.filter(({ place }) => place[axis] === value);
      const counts = readers.map((reader) => {
        const seen = having.filter((cell) => cell.readers[reader] !== undefined);
        return [reader, { cells: seen.length, alike: seen.filter((cell) => cell.readers[reader] === "").length }];
      });
      return [`${axis} ${value}`, Object.fromEntries(counts)];
    }),
  );
}

/** Every cell, a line each, for programs. */
export function tabSeparated(cells, readers) {
  const shown = (loss) => (loss === undefined ? "not read" : loss === "" ? "as logged" : loss);
  const lines = cells.map(({ place, readers: found }) => [
    ...axes.map((axis) => place[axis]),
    ...readers.map((reader) => shown(found[reader])),
  ]);
  return `${[[...axes, ...readers], ...lines].map((line) => line.join("\t")).join("\n")}\n`;
}
