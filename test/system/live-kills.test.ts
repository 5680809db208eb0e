/** Live captures killed at random: their files, finished and in progress, are valid and hold every row that was said to be visible. PQFLOW_KILLS says how many. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { findingsOf, runPqflow } from "../support/verify.js";
import { type CaptureKind, filesIn, sequencesIn, startCapture } from "./live-programs.js";

const kills = Number(process.env["PQFLOW_KILLS"] ?? 10);
const BURST_RECORDS = 1_000;
const ledger = { kills: 0, accepted: 0, persisted: 0, visible: 0, found: 0, "visible and not found": 0, "invalid files": 0 };

async function killOnce(folder: string, kind: CaptureKind): Promise<void> {
  const capture = startCapture(folder, 1e9, Math.round(Math.random() * 2_000), kind);
  await sleep(50 + Math.random() * 700);
  capture.process.kill("SIGKILL");
  expect(await capture.ended).toBe("SIGKILL");
  const { accepted, persisted, visible } = capture.watermarks();
  const files = filesIn(folder);
  const findings = files.map(findingsOf).filter((text) => text !== "");
  const found = files.length === 0 ? { count: 0, distinct: 0, first: 0, last: -1 } : await sequencesIn(files);
  ledger.kills += 1;
  ledger.accepted += accepted;
  ledger.persisted += persisted;
  ledger.visible += visible;
  ledger.found += found.count;
  ledger["visible and not found"] += Math.max(0, visible - found.count);
  ledger["invalid files"] += findings.length;
  expect(findings).toEqual([]);
  expect(found.count).toBeGreaterThanOrEqual(visible);
  expect(found.count).toBeLessThanOrEqual(accepted + BURST_RECORDS);
  expect(found).toMatchObject({ distinct: found.count, first: 0, last: found.count - 1 });
  expect(runPqflow("recover", folder, "--write").exitCode, "no ring is left").toBe(0);
}

describe("a live capture that is killed", () => {
  it(
    `leaves valid files with every visible row, ${kills} times`,
    async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        const folder = mkdtempSync(join(tmpdir(), "pqflow-kill-"));
        try {
          await killOnce(folder, kill % 2 === 0 ? "live" : "interims");
        } finally {
          rmSync(folder, { recursive: true });
        }
      }
      expect(ledger.visible, "captures got somewhere before they were killed").toBeGreaterThan(0);
      if (process.env["PQFLOW_KILLS"] !== undefined) console.table(ledger);
    },
    20_000 + kills * 5_000,
  );
});
