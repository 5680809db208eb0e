/** What `pqflow recover` prints: columns where they say something, reason and refused records as JSON, lines of a manifest. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runPqflow } from "../support/verify.js";
import { type CaptureKind, startCapture } from "./live-programs.js";

const TIMEOUT_MS = 120_000;

describe("pqflow recover", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pqflow-recover-"));
  });
  afterEach(() => {
    runPqflow("recover", folder, "--write"); // Its ring.
    rmSync(folder, { recursive: true });
  });

  /** One whose file in progress holds rows; it may be the second. */
  async function killCapture(kind: CaptureKind): Promise<void> {
    const capture = startCapture(folder, 1e9, 1_000, kind);
    while (capture.watermarks().persisted === 0) await sleep(10);
    capture.process.kill("SIGKILL");
    expect(await capture.ended).toBe("SIGKILL");
  }
  const headingOf = (text: string): string => text.split("\n")[0] ?? "";

  it(
    "has a column for the reason where a ring knows it",
    async () => {
      await killCapture("process");
      const told = runPqflow("recover", folder);
      expect(headingOf(told.out)).toMatch(/^file +state +reason +persisted +from ring +(duplicate +)?(dropped +)?lost/);
      expect(told.out).toMatch(/ +\w+ +killed +\d+/);
      const { orphans } = JSON.parse(runPqflow("recover", folder, "--json").out) as {
        orphans: readonly { ring: string | null; reason: string | null; dropped: number | null }[];
      };
      expect(orphans.filter(({ ring }) => ring !== null)).toMatchObject([{ reason: "killed", dropped: expect.any(Number) as number }]);
    },
    TIMEOUT_MS,
  );

  it(
    "has none of reason, duplicates and refused records where nothing is known of them",
    async () => {
      await killCapture("live");
      expect(headingOf(runPqflow("recover", folder).out)).toMatch(/^file +state +persisted +from ring +lost *$/);
      const { orphans } = JSON.parse(runPqflow("recover", folder, "--json").out) as { orphans: readonly unknown[] };
      expect(orphans[0]).toMatchObject({ reason: null, dropped: null, duplicate: 0 });
    },
    TIMEOUT_MS,
  );

  it(
    "appends a line to the manifest for each file that it finishes",
    async () => {
      await killCapture("live");
      const manifest = join(folder, "manifest.ndjson");
      writeFileSync(manifest, '{"path":"an older line"}\n');
      expect(runPqflow("recover", folder, "--write", "--manifest", manifest).exitCode).toBe(0);
      const lines = readFileSync(manifest, "utf8").trimEnd().split("\n");
      expect(lines).toHaveLength(2);
      const line = JSON.parse(lines[1] ?? "") as { readonly path: string; readonly end: string };
      expect(line).toMatchObject({ end: "recovered", schema: "ticks", is_synced: true });
      expect(readdirSync(folder)).toContain(line.path.slice(folder.length + 1));
      expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it("refuses a manifest without --write and without a name, and one that cannot be written", () => {
    for (const [options, message] of [
      [["--manifest", "x.ndjson"], "--manifest needs --write: it lists what was finished"],
      [["--write", "--manifest"], "--manifest needs a file"],
      [["--write", "--manifest", ""], "--manifest needs a file"],
      [["--write", "--manifest", folder], `cannot open manifest ${folder}`],
    ] as const) {
      const { exitCode, error } = runPqflow("recover", folder, ...options);
      expect(exitCode).toBe(2);
      expect(error).toContain(message);
    }
  });
});
