// Sizes of files as the text of docs/performance.md. Pure: measured tables in, Markdown out.

const own = "small";
const pyarrowDefault = "pyarrow default";
const duckdbBest = "DuckDB V2 + zstd";
const targets = { [pyarrowDefault]: 0.45, [duckdbBest]: 1 };
/** Columns named for each target that is missed. */
const named_columns = 3;

const thousands = (count) => Math.round(count).toLocaleString("en-US");

/** Tables of a capture as one; columns carry their table's name. */
function sumOf(tables) {
  const sum = {};
  for (const { table, sizes } of tables)
    for (const [way, { rows, bytes, columns }] of Object.entries(sizes)) {
      const total = (sum[way] ??= { rows: 0, bytes: 0, columns: {} });
      total.rows += rows;
      total.bytes += bytes;
      for (const [name, size_bytes] of Object.entries(columns)) total.columns[`${table}.${name}`] = size_bytes;
      total.columns[`${table}, footer and metadata`] = bytes - Object.values(columns).reduce((left, right) => left + right, 0);
    }
  return sum;
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}

function ratio(sizes, way) {
  return sizes[way] === undefined ? "–" : (sizes[own].bytes / sizes[way].bytes).toFixed(2);
}

function table(title, entries, ways) {
  const head = [title, "rows", ...ways.map((way) => `\`${way}\``), "÷ pyarrow default", "÷ DuckDB V2 + zstd"];
  const lines = entries.map(([name, sizes]) => [
    name,
    thousands(sizes[own].rows),
    ...ways.map((way) => (sizes[way] === undefined ? "–" : thousands(sizes[way].bytes))),
    ratio(sizes, pyarrowDefault),
    ratio(sizes, duckdbBest),
  ]);
  return [row(head), row(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...lines.map(row)].join("\n");
}

/** The columns that exceed their share of the target most. */
function losers(sizes, way, target) {
  const theirs = sizes[way].columns;
  return Object.entries(sizes[own].columns)
    .map(([name, bytes]) => ({ name, bytes, theirs: theirs[name] ?? 0, excess: bytes - target * (theirs[name] ?? 0) }))
    .filter(({ excess }) => excess > 0)
    .sort((left, right) => right.excess - left.excess)
    .slice(0, named_columns);
}

function missed([name, sizes]) {
  return Object.entries(targets).flatMap(([way, target]) => {
    if (sizes[way] === undefined || sizes[own].bytes <= target * sizes[way].bytes) return [];
    const columns = losers(sizes, way, target).map(
      ({ name: column, bytes, theirs }) => `${column} ${thousands(bytes)} (${thousands(theirs)})`,
    );
    return [`- ${name}, ${(sizes[own].bytes / sizes[way].bytes).toFixed(2)} × ${way}: ${columns.join("; ")}`];
  });
}

/** `tables`: [{ capture, table, sizes: { way: { rows, bytes, columns: { name: bytes } } } }]. */
export function sizesText(tables, versions) {
  const captures = [...new Set(tables.map(({ capture }) => capture))].map((capture) => [
    capture,
    sumOf(tables.filter((each) => each.capture === capture)),
  ]);
  const ways = Object.keys(tables[0].sizes);
  const misses = captures.flatMap(missed);
  return [
    `Bytes of whole files; ${versions}.`,
    table("capture", captures, ways),
    `Targets: at most ${targets[pyarrowDefault]} of pyarrow's default and no larger than DuckDB V2 + zstd. Missed, with the columns that lose most (the peer's bytes in parentheses):`,
    misses.length === 0 ? "- none" : misses.join("\n"),
    table(
      "table",
      tables.map(({ capture, table: name, sizes }) => [`${capture}: ${name}`, sizes]),
      ways,
    ),
  ].join("\n\n");
}
