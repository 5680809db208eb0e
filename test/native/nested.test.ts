/** Structs, lists and maps through a generated class: what is read back, and what is refused with which path. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Descriptor, openSink, type RecordSink, type SinkOptions } from "../../native/lib/index.js";
import { projectPath } from "../support/paths.js";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { importSink } from "./support/generated.js";
import { thrownBy } from "./support/thrown.js";

type Value = Record<string, unknown>;
interface Sink extends RecordSink {
  log(record: Value): boolean;
}
interface SinkClass {
  open(path: string, options?: SinkOptions): Sink;
}

const folder = mkdtempSync(join(tmpdir(), "pqflow-nested-"));
afterAll(() => rmSync(folder, { recursive: true }));

const level = { px: 5n, qty: 6 };

function record(changes: Value = {}): Value {
  return {
    stamp: 1n,
    bids: [],
    best: level,
    tags: [],
    ratios: [],
    counts: [],
    attributes: {},
    fixed: {},
    ...changes,
  };
}

const classes = new Map<string, SinkClass>();
beforeAll(async () => {
  for (const name of ["nested", "nested-packed"]) {
    const module = await importSink<Record<string, SinkClass>>(
      readFileSync(projectPath(`test/generator/render-typescript/${name}.yaml`), "utf8"),
    );
    const [, SinkOfName] = Object.entries(module).find(([key]) => key.endsWith("Sink")) ?? [];
    if (SinkOfName !== undefined) classes.set(name, SinkOfName);
  }
});

let fileCount = 0;
function open(name = "nested"): { readonly sink: Sink; readonly path: string } {
  const path = join(folder, `${name}-${fileCount++}.parquet`);
  const SinkOfName = classes.get(name);
  if (SinkOfName === undefined) throw new Error(`no class of ${name}`);
  return { sink: SinkOfName.open(path, { ringSlots: 256 }), path };
}

async function logged(name: string, records: readonly Value[]): Promise<readonly Value[]> {
  const { sink, path } = open(name);
  for (const item of records) expect(sink.log(item)).toBe(true);
  sink.closeSync();
  const columns = ["bids", "asks", "best", "origin", "tags", "ratios", "counts", "attributes", "levels", "fixed"];
  const list = columns.map((column) => `to_json(${column})::VARCHAR AS ${column}`).join(", ");
  const rows = await withDuckdb((connection) => rowsOf(connection, `SELECT ${list} FROM ${sqlText(path)}`));
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, text]) => [column, text === null ? null : (JSON.parse(text as string) as unknown)]),
    ),
  );
}

const uuid = "123e4567-e89b-12d3-a456-426614174000";
const five = 0.000000005;

describe.each(["nested", "nested-packed"])("records of the schema %s", (name) => {
  it("hold what was given, optional parts as nulls and defaults where a key is left out", async () => {
    const [full, bare] = await logged(name, [
      record({
        bids: [
          { px: 5n, qty: 1, ct: 7, last: 5n, side: "bid" },
          { px: 5, qty: 2 },
        ],
        asks: [],
        best: { px: 5, qty: 3, last: null, side: 65 },
        origin: { host: "örtlich", port: 80, route: { hops: [uuid, null, new Uint8Array(16)] } },
        tags: ["a", "", "äöü"],
        ratios: [0.5, null, Number.NaN, -1],
        counts: [1, null],
        attributes: { tick: 1, lot: null },
        levels: new Map([["ask", level]]),
        fixed: { lot: -1 },
      }),
      record(),
    ]);
    expect(full).toEqual({
      bids: [
        { px: five, qty: 1, ct: 7, last: five, side: "bid" },
        { px: five, qty: 2, ct: 1, last: null, side: null },
      ],
      asks: [],
      best: { px: five, qty: 3, ct: 1, last: null, side: "ask" },
      origin: { host: "örtlich", port: 80, route: { hops: [uuid, null, "00000000-0000-0000-0000-000000000000"], nothing: null } },
      tags: ["a", "", "äöü"],
      ratios: [0.5, null, null, -1],
      counts: [1, null],
      attributes: { tick: 1, lot: null },
      levels: { ask: { px: five, qty: 6, ct: 1, last: null, side: null } },
      fixed: { venue: expect.anything() as unknown, lot: -1 },
    });
    expect(bare).toMatchObject({ bids: [], asks: null, origin: null, tags: [], attributes: {}, levels: null, fixed: { lot: 100 } });
  });

  it("take typed arrays for numbers, and as many elements as there is room for", async () => {
    const ratios = Float64Array.from({ length: 300 }, (_, index) => index);
    const [row] = await logged(name, [record({ ratios, counts: Int32Array.of(2, 3), bids: Array.from({ length: 10 }, () => level) })]);
    expect(row?.["ratios"]).toEqual([...ratios]);
    expect(row?.["counts"]).toEqual([2, 3]);
    expect(row?.["bids"]).toHaveLength(10);
  });

  it("leave nothing of earlier records in the slot behind", async () => {
    const many = Array.from({ length: 200 }, (_, index) => record({ tags: Array.from({ length: index % 5 }, () => `t${index}`) }));
    const rows = await logged(name, many);
    expect(rows.map((row) => (row["tags"] as readonly unknown[]).length)).toEqual(many.map((_, index) => index % 5));
  });
});

it("columns of nested types are named by their path", async () => {
  const yaml = readFileSync(projectPath("test/generator/render-typescript/nested.yaml"), "utf8");
  const { nestedDescriptor } = await importSink<{ readonly nestedDescriptor: Descriptor }>(yaml);
  const opened = openSink(nestedDescriptor, join(folder, "columns.parquet"), { ringSlots: 64 });
  opened.native.closeSync(0);
  expect(opened.columns.slice(0, 6)).toEqual([
    "stamp",
    "bids.list.element.px",
    "bids.list.element.qty",
    "bids.list.element.ct",
    "bids.list.element.last",
    "bids.list.element.side",
  ]);
  expect(opened.columns.slice(-4)).toEqual(["levels.key_value.value.side", "future", "fixed.venue", "fixed.lot"]);
  expect(opened.native.columnInvalidValues(opened.columns.length - 1)).toBe(0);
  expect(() => opened.native.columnInvalidValues(opened.columns.length)).toThrow();
});

describe("a part that cannot be stored", () => {
  let sink: Sink;
  beforeEach(() => {
    ({ sink } = open());
    return () => sink.closeSync();
  });

  const refusals: readonly (readonly [Value, string])[] = [
    [{ bids: [level, level, level, { px: 1.5, qty: 1 }] }, "bids[3].px: 1.5 is not an integer"],
    [{ bids: [level, { px: 1n, qty: -1 }] }, "bids[1].qty: -1 does not fit uint32"],
    [{ bids: [{ px: 10n ** 18n, qty: 1 }] }, "bids[0].px: 1000000000000000000 is beyond the digits of decimal(18, 9)"],
    [{ bids: [{ ...level, side: "none" }] }, 'bids[0].side: "none" is not one of bid, ask'],
    [{ bids: [null] }, "bids[0]: expected an object, got null"],
    [{ bids: Array.from({ length: 11 }, () => level) }, "bids: 11 elements, and there is room for 10"],
    [{ bids: undefined }, "bids: expected an array, got undefined"],
    [{ bids: "text" }, 'bids: expected an array, got "text"'],
    [{ bids: { length: 1, 0: level } }, "bids: expected an array, got an object (Object)"],
    [{ best: undefined }, "best: expected an object, got undefined"],
    [{ best: { px: "1", qty: 1 } }, 'best.px: expected a bigint or a safe integer (int64), got "1"'],
    [{ origin: { host: "x".repeat(16), route: { hops: [] } } }, "origin.host: the text has 16 bytes in UTF-8, 15 fit"],
    [
      { origin: { host: "x", route: { hops: ["no"] } } },
      'origin.route.hops[0]: "no" is not a UUID of the form 123e4567-e89b-12d3-a456-426614174000',
    ],
    [{ origin: { host: "x" } }, "origin.route: expected an object, got undefined"],
    [{ tags: ["a", 1] }, "tags[1]: expected a string, got 1"],
    [{ ratios: new DataView(new ArrayBuffer(8)) }, "ratios: expected an array, got an object (DataView)"],
    [{ ratios: new Float64Array(301) }, "ratios: 301 elements, and there is room for 300"],
    [{ counts: [0, -1] }, "counts[1]: -1 is below min_value 0"],
    [{ attributes: { tick: 1.5 } }, 'attributes["tick"]: 1.5 is not an integer'],
    [{ attributes: new Map([["x".repeat(16), 1]]) }, `attributes["${"x".repeat(16)}"].key: the text has 16 bytes in UTF-8, 15 fit`],
    [{ attributes: new Map<unknown, number>([[5, 1]]) }, "attributes[5].key: expected a string, got 5"],
    [{ attributes: { a: 1, b: 1, c: 1, d: 1, e: 1 } }, "attributes: 5 elements, and there is room for 4"],
    [{ attributes: [] }, "attributes: expected a Map or an object, got an object (Array)"],
    [{ levels: { bid: { px: 1, qty: "1" } } }, 'levels["bid"].qty: expected an integer (uint32), got "1"'],
    [{ levels: { middle: level } }, 'levels["middle"].key: "middle" is not one of bid, ask'],
    [{ fixed: { lot: 32768 } }, "fixed.lot: 32768 does not fit int16"],
  ];

  it.each(refusals.map(([changes, message]) => ({ changes, message })))(
    "is told as $message, and nothing is published",
    ({ changes, message }) => {
      const error = thrownBy(() => sink.log(record(changes)));
      expect(error.message).toBe(message);
      expect(error).toBeInstanceOf(/expected/.test(message) ? TypeError : RangeError);
      expect(sink.log(record())).toBe(true);
      expect(sink.stats().acceptedRecords).toBe(1);
    },
  );

  it("that throws by itself is not given a path", () => {
    const failure = new RangeError("px: my own");
    const bad = {
      qty: 1,
      get px(): bigint {
        throw failure;
      },
    };
    expect(thrownBy(() => sink.log(record({ bids: [bad] })))).toBe(failure);
  });

  it("because it logs to the same sink is refused, and both records are intact", () => {
    const bad = {
      qty: 1,
      get px(): bigint {
        sink.log(record());
        return 1n;
      },
    };
    expect(thrownBy(() => sink.log(record({ bids: [bad] }))).message).toMatch(
      /^log was called while a record of the same sink was being read/,
    );
    expect(sink.log(record())).toBe(true);
    expect(sink.stats().acceptedRecords).toBe(1);
  });

  it("because its map grows while it is read is refused", () => {
    class Growing extends Map<string, number> {
      override *[Symbol.iterator](): MapIterator<[string, number]> {
        for (let index = 0; index < 9; index++) yield [`k${index}`, index];
      }
    }
    const map = new Growing([["a", 1]]);
    expect(thrownBy(() => sink.log(record({ attributes: map }))).message).toBe('attributes["k4"]: 5 elements, and there is room for 4');
  });
});
