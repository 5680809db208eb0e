/** `pqflow top` beside captures in processes of their own. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { pqflowProgram, runPqflow } from "../support/verify.js";
import { type Capture, startCapture } from "./live-programs.js";

interface ShownSink {
  readonly pid: number;
  readonly state: string;
  readonly schema: string;
  readonly file: string | null;
  readonly accepted: number;
  readonly persisted: number;
  readonly visible: number;
}

const shownSinks = (): readonly ShownSink[] => (JSON.parse(runPqflow("top", "--json").out) as { sinks: readonly ShownSink[] }).sinks;
const sinkOf = (capture: Capture): ShownSink | undefined => shownSinks().find(({ pid }) => pid === capture.process.pid);

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(20);
  }
}

describe.skipIf(process.platform !== "linux")("pqflow top", () => {
  let folder: string;
  const captures: Capture[] = [];
  const start = (name = "capture-"): Capture => {
    const capture = startCapture(mkdtempSync(join(folder, name)), 1_000_000_000, 2_000);
    captures.push(capture);
    return capture;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pqflow-top-"));
  });
  afterEach(async () => {
    for (const capture of captures.splice(0)) {
      capture.process.kill("SIGKILL");
      await capture.ended;
    }
    rmSync(folder, { recursive: true });
  });

  it("shows the sinks of two processes, and one no more when it was killed", async () => {
    const [first, second] = [start(), start()];
    const told = await until(() => {
      const sink = sinkOf(first);
      return sink !== undefined && sink.visible > 0 ? sink : undefined;
    });
    expect(told).toMatchObject({ state: "running", schema: "ticks", orphansFound: 0, orphansRecovered: 0 });
    expect(told.file).toMatch(/\.inprogress$/);
    expect(told.file?.startsWith(folder)).toBe(true);
    expect(told.accepted).toBeGreaterThanOrEqual(told.persisted);
    expect(told.persisted).toBeGreaterThanOrEqual(told.visible);
    await until(() => sinkOf(second));
    first.process.kill("SIGKILL");
    await first.ended;
    expect(sinkOf(first)).toBeUndefined();
    expect(sinkOf(second)).toBeDefined();
  });

  it("prints plain text once where its output is no terminal, whatever files are called", async () => {
    const capture = start("\x1b[2J\x7f\u009b-");
    await until(() => sinkOf(capture));
    const { out, exitCode } = runPqflow("top");
    expect(exitCode).toBe(0);
    expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(out).toContain("?[2J??-");
    const [headings, ...rows] = out.trimEnd().split("\n");
    expect(headings?.trim().split(/ {2,}/)).toEqual(
      ["pid", "schema", "state", "records/s", "accepted", "persisted", "visible", "durable", "dropped", "ring", "file"], // prettier-ignore
    );
    expect(rows.some((row) => row.trim().startsWith(`${capture.process.pid} `))).toBe(true);
  });

  it("goes on in place in a terminal, within its width and height", async () => {
    const capture = start();
    await until(() => sinkOf(capture));
    const frames = await framesInTerminal(2, 60, 5);
    for (const frame of frames) {
      const lines = frame.split("\r\n").map((line) => line.replaceAll(/\x1b\[[A-Z]/g, ""));
      expect(lines.length).toBeLessThanOrEqual(5);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
      // Other captures of this machine may make the column of schemas wider.
      expect(lines[0]).toMatch(/^ *pid {2}schema +state/);
      expect(frame.endsWith("\x1b[J")).toBe(true);
    }
  });

  it("refuses what it does not know", () => {
    const { exitCode, error } = runPqflow("top", "--often");
    expect(exitCode).toBe(2);
    expect(error).toContain("unknown argument --often");
  });
});

/** What `pqflow top` sends to a terminal of that size; it is interrupted when the frames are there. */
async function framesInTerminal(count: number, columns: number, rows: number): Promise<readonly string[]> {
  const child = spawn(
    "python3",
    [projectPath("test/system/run_in_terminal.py"), String(columns), String(rows), String(count), pqflowProgram, "top"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  expect(exitCode).toBe(0);
  return output
    .split("\x1b[H")
    .slice(1, count + 1)
    .map((frame) => frame.slice(0, frame.indexOf("\x1b[J") + 3));
}
