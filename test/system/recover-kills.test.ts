/** Captures killed at random, and `pqflow recover --write` afterwards: the files hold exactly the records that were persisted, with a ring that outlives the process all that were accepted. PQFLOW_KILLS says how many. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { readWithParquetWasm } from "../support/readers/parquet-wasm.js";
import { findingsOf, runPqflow } from "../support/verify.js";
import { type CaptureKind, filesIn, sequencesIn, startCapture } from "./live-programs.js";

const kills = Number(process.env["PQFLOW_KILLS"] ?? 8);
const BURST_RECORDS = 1_000;
const kinds: readonly CaptureKind[] = ["live", "process", "classic", "interims"];
const ledger = {
  kills: 0,
  accepted: 0,
  persisted: 0,
  "in finished files": 0,
  recovered: 0,
  "from rings": 0,
  lost: 0,
  "persisted and not found": 0,
  "invalid files": 0,
};

interface Orphan {
  readonly file: string;
  readonly state: string;
  readonly persisted: number;
  readonly recovered: number;
  readonly lost: number;
  readonly done: boolean;
  readonly finalFile: string | null;
}

function recover(folder: string, ...options: readonly string[]): { readonly orphans: readonly Orphan[]; readonly exitCode: number | null } {
  const ran = runPqflow("recover", folder, "--json", ...options);
  return { orphans: (JSON.parse(ran.out) as { orphans: readonly Orphan[] }).orphans, exitCode: ran.exitCode };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const finishedFiles = (folder: string): readonly string[] => filesIn(folder).filter((path) => path.endsWith(".parquet"));
const rowsWithHyparquet = async (path: string): Promise<number> =>
  (await parquetReadObjects({ file: await asyncBufferFromFile(path) })).length;

async function expectReadable(path: string): Promise<void> {
  const { count } = await sequencesIn([path]);
  expect(await rowsWithHyparquet(path)).toBe(count);
  expect((await readWithParquetWasm(path)).numRows).toBe(count);
}

async function killOnce(folder: string, kind: CaptureKind): Promise<void> {
  const capture = startCapture(folder, 1e9, Math.round(Math.random() * 2_000), kind);
  await sleep(50 + Math.random() * 500);
  expect(
    recover(folder, "--write").orphans.filter(({ state }) => state !== "live"),
    "a live capture is left alone",
  ).toEqual([]);
  await sleep(Math.random() * 200);
  capture.process.kill("SIGKILL");
  expect(await capture.ended).toBe("SIGKILL");
  const { accepted, persisted } = capture.watermarks();
  const finished = finishedFiles(folder);
  const finishedRows = finished.length === 0 ? 0 : (await sequencesIn(finished)).count;
  const told = recover(folder);
  // Torn in its very first row group, a classic file has nothing that says whose it is.
  const torn = told.orphans.filter(({ state }) => state === "unreadable" && kind === "classic");
  expect(told.exitCode).toBe(torn.length > 0 ? 2 : told.orphans.length === 0 ? 0 : 1);
  const done = recover(folder, "--write");
  expect(done.exitCode).toBe(torn.length > 0 ? 2 : 0);
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toHaveLength(torn.length);
  expect(recover(folder, "--write").orphans).toHaveLength(torn.length);

  const files = finishedFiles(folder);
  const found = files.length === 0 ? { count: 0, distinct: 0, first: 0, last: -1 } : await sequencesIn(files);
  const findings = files.map(findingsOf).filter((text) => text !== "");
  ledger.kills += 1;
  ledger.accepted += accepted;
  ledger.persisted += persisted;
  ledger["in finished files"] += finishedRows;
  ledger.recovered += sum(done.orphans.map((orphan) => orphan.persisted));
  ledger["from rings"] += sum(done.orphans.map((orphan) => orphan.recovered));
  ledger.lost += sum(done.orphans.map((orphan) => orphan.lost));
  ledger["persisted and not found"] += Math.max(0, persisted - found.count);
  ledger["invalid files"] += findings.length;
  expect(findings).toEqual([]);
  expect(found.count).toBe(finishedRows + sum(told.orphans.map((orphan) => orphan.persisted + orphan.recovered)));
  expect(found.count).toBeGreaterThanOrEqual(kind === "process" || kind === "interims" ? accepted : persisted);
  expect(found.count).toBeLessThanOrEqual(accepted + BURST_RECORDS);
  expect(found).toMatchObject({ distinct: found.count, first: 0, last: found.count - 1 });
  for (const { finalFile } of done.orphans) if (finalFile !== null) await expectReadable(finalFile);
}

describe("a capture that is killed", () => {
  it(
    `is recovered with exactly the records that were persisted, ${kills} times`,
    async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        const folder = mkdtempSync(join(tmpdir(), "pqflow-recover-"));
        try {
          await killOnce(folder, kinds[kill % kinds.length] ?? "live");
        } finally {
          rmSync(folder, { recursive: true });
        }
      }
      expect(ledger.recovered, "captures got somewhere before they were killed").toBeGreaterThan(0);
      if (process.env["PQFLOW_KILLS"] !== undefined) console.table(ledger);
    },
    30_000 + kills * 10_000,
  );
});
