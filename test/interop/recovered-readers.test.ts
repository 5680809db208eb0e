/** Files that were recovered, read by pyarrow and Polars (and those that `npm run test:interop` builds): exactly the rows that a killed program logged. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recover } from "../../native/lib/index.js";
import { addonPath, makeProgramFolder } from "../native/support/generated.js";
import { findingsOf } from "../support/verify.js";
import { closeReaderPrograms, programNames, readerPrograms } from "./reader-programs.js";

const MEMORY = "/dev/shm";
const LOGGED_ROWS = 5_500;
const ROW_GROUP_ROWS = 1_000;

interface Case {
  readonly name: string;
  readonly layout: "classic" | "live";
  readonly durability: "file" | "process" | "journal";
  /** A restart takes what is in memory. */
  readonly losesRing?: boolean;
  readonly rows: number;
}

const cases: readonly Case[] = [
  { name: "classic", layout: "classic", durability: "file", rows: 5 * ROW_GROUP_ROWS },
  { name: "live", layout: "live", durability: "file", rows: 5 * ROW_GROUP_ROWS },
  { name: "classic with its ring", layout: "classic", durability: "process", rows: LOGGED_ROWS },
  { name: "live with its ring", layout: "live", durability: "process", rows: LOGGED_ROWS },
  { name: "live with its journal alone", layout: "live", durability: "journal", losesRing: true, rows: LOGGED_ROWS },
];

/** As the program below logs them. */
const columns: Readonly<Record<string, (row: number) => string>> = {
  timestamp_ns: (row) => (1_767_225_600_000_000_000n + BigInt(row) * 1_001n).toString(),
  symbol: (row) => ["ACME", "B", "", "LONGNAME"][row % 4] ?? "",
  order_id: (row) => row.toString(),
  side: (row) => (row % 2).toString(),
  price: (row) => ((row % 7) * 1_000_003 - 3_000_000).toString(),
  quantity: (row) => (row * row).toString(),
  order_type: (row) => (row % 4).toString(),
  exchange: (row) => (row % 5).toString(),
};

const program = `import { OrdersSink } from "./orders_sink.js";
const { OUT, RINGS, LAYOUT, DURABILITY } = process.env;
const sink = OrdersSink.open(OUT + "/killed.parquet", { layout: LAYOUT, durability: DURABILITY, ringDir: RINGS, rowGroupRows: ${ROW_GROUP_ROWS} });
for (let row = 0; row < ${LOGGED_ROWS}; row++)
  sink.log({
    timestamp_ns: 1767225600000000000n + BigInt(row) * 1001n,
    symbol: ["ACME", "B", "", "LONGNAME"][row % 4],
    order_id: row,
    side: ["bid", "ask"][row % 2],
    price: (row % 7) * 1000003 - 3000000,
    quantity: row * row,
    order_type: ["new", "modify", "cancel", "trade"][row % 4],
    exchange: row % 5,
  });
const isReady = () => DURABILITY === "journal" ? sink.stats().durableRecords >= ${LOGGED_ROWS} : sink.stats().persistedRecords >= ${5 * ROW_GROUP_ROWS};
while (!isReady()) await new Promise((resolve) => setTimeout(resolve, 1));
process.kill(process.pid, "SIGKILL");
`;

describe.skipIf(!existsSync(MEMORY))("a recovered file", () => {
  let folder: string;
  let rings: string;
  beforeAll(() => {
    folder = makeProgramFolder();
    rings = mkdtempSync(join(MEMORY, "pqflow-test-"));
    writeFileSync(join(folder, "killed.js"), program);
  });
  afterAll(() => {
    closeReaderPrograms();
    rmSync(folder, { recursive: true });
    rmSync(rings, { recursive: true });
  });

  async function recovered({ name, layout, durability, losesRing }: Case): Promise<string> {
    const out = join(folder, name);
    mkdirSync(out);
    const env = { ...process.env, OUT: out, RINGS: rings, LAYOUT: layout, DURABILITY: durability, PQFLOW_ADDON: addonPath };
    expect(spawnSync(process.execPath, [join(folder, "killed.js")], { env, timeout: 60_000 }).signal).toBe("SIGKILL");
    if (losesRing === true) for (const ring of readdirSync(rings)) rmSync(join(rings, ring));
    const { orphans } = await recover(out, { write: true, ringDir: rings });
    expect(orphans).toMatchObject([{ done: true, problem: null }]);
    return join(out, "killed.parquet");
  }

  describe.each(cases)("of a capture, $name,", (one) => {
    let path: string;
    beforeAll(async () => {
      path = await recovered(one);
    }, 120_000);

    it("breaks no rule", () => {
      expect(findingsOf(path)).toBe("");
    });

    for (const name of programNames) {
      const { isThere, process: reader, advice } = readerPrograms[name];
      it(`has for ${name} exactly the rows that were logged`, async (context) => {
        if (!isThere) context.skip(advice);
        const { values } = await reader.ask<{ readonly values: Readonly<Record<string, readonly unknown[]>> }>("values", path);
        const expected = Object.entries(columns).map(([column, value]) => [
          column,
          Array.from({ length: one.rows }, (_, row) => value(row)),
        ]);
        expect(values).toEqual(Object.fromEntries(expected));
      });
    }
  });
});
