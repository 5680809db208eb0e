/** How a program may end: each way leaves a complete file. Programs run in processes of their own, compiled as an installed package. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, sqlText, withDuckdb } from "../support/readers/duckdb.js";
import { addonPath, makeProgramFolder } from "./support/generated.js";

let folder: string;
/** Programs that do not close leave their rings. */
let rings: string;
beforeAll(() => {
  folder = makeProgramFolder();
  rings = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "pqflow-test-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(rings, { recursive: true });
});

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Rows of each file, by name; files in progress included. */
  readonly files: Readonly<Record<string, number>>;
}

const RECORDS = 5_000;
const prologue = `
import { OrdersSink } from "./orders_sink.js";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
const order = (id) => ({ timestamp_ns: BigInt(id), symbol: "ACME", order_id: id, side: "bid", price: 1, quantity: 1, order_type: "new", exchange: 1 });
const path = (name) => process.env.OUT + "/" + name + ".parquet";
const capture = (name, options) => {
  const sink = OrdersSink.open(path(name), { ringDir: process.env.RINGS, ...options });
  for (let id = 0; id < ${RECORDS}; id++) sink.log(order(id));
  return sink;
};
`;

let runCount = 0;
async function run(program: string, nodeArguments: readonly string[] = []): Promise<Run> {
  const name = `program-${runCount++}`;
  const out = join(folder, "out", name);
  writeFileSync(join(folder, `${name}.js`), prologue + program);
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", 'mkdir -p "$OUT" && exec "$@"', "sh", process.execPath, ...nodeArguments, join(folder, `${name}.js`)],
    {
      encoding: "utf8",
      env: { ...process.env, OUT: out, RINGS: rings, PQFLOW_ADDON: addonPath },
      timeout: 60_000,
    },
  );
  const files: Record<string, number> = {};
  for (const file of readdirSync(out)) {
    const rows = file.endsWith(".parquet")
      ? await withDuckdb((connection) => rowsOf(connection, `SELECT count(*)::INTEGER AS n FROM ${sqlText(join(out, file))}`))
      : [];
    files[file] = Number(rows[0]?.["n"] ?? -1);
  }
  return { exitCode: status, stdout, stderr, files };
}

const complete = { "a.parquet": RECORDS };

describe("a program that does not close its sink leaves a complete file", () => {
  it("on a normal end", async () => {
    expect(await run('capture("a");')).toMatchObject({ exitCode: 0, files: complete, stderr: "" });
  });

  it("on process.exit()", async () => {
    expect(await run('capture("a"); process.exit(3);')).toMatchObject({ exitCode: 3, files: complete });
  });

  it("on an uncaught throw", async () => {
    const { exitCode, stderr, files } = await run('capture("a"); throw new Error("uncaught here");');
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: complete });
    expect(stderr).toContain("uncaught here");
  });

  it("on an unhandled rejection", async () => {
    const { exitCode, stderr, files } = await run(
      'capture("a"); await new Promise((resolve) => setTimeout(resolve, 5)); Promise.reject(new Error("rejected here"));',
    );
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: complete });
    expect(stderr).toContain("rejected here");
  });

  it("on process.exit() while close() is under way", async () => {
    expect(await run('capture("a").close(); process.exit(0);')).toMatchObject({ exitCode: 0, files: complete });
  });

  it("on process.exit() while flush() is under way", async () => {
    expect(await run('const sink = capture("a"); sink.flush(); process.exit(0);')).toMatchObject({ exitCode: 0, files: complete });
  });

  it("for several sinks", async () => {
    expect(await run('capture("a"); capture("b"); capture("c"); process.exit();')).toMatchObject({
      files: { "a.parquet": RECORDS, "b.parquet": RECORDS, "c.parquet": RECORDS },
    });
  });

  it("without the exit handler, by the native handler alone", async () => {
    expect(await run('capture("a"); process.removeAllListeners("exit"); process.exit(0);')).toMatchObject({ exitCode: 0, files: complete });
  });

  it("when the sink was collected", async () => {
    const program = `
      const { existsSync } = await import("node:fs");
      capture("a");
      for (let round = 0; round < 200 && !existsSync(path("a")); round++) {
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      console.log(existsSync(path("a")));
      process.removeAllListeners("exit");
    `;
    expect(await run(program, ["--expose-gc"])).toMatchObject({ exitCode: 0, stdout: "true\n", files: complete });
  });
});

describe("worker threads", () => {
  const inWorker = (body: string, after: string): string => `
    if (isMainThread) {
      const worker = new Worker(new URL(import.meta.url), { env: process.env });
      worker.on("error", (error) => console.log(error.message));
      const next = (event) => new Promise((resolve) => worker.once(event, resolve));
      ${after}
    } else {
      ${body}
    }
  `;

  it("open, log and close sinks of their own", async () => {
    const program = inWorker(
      'await capture("a").close(); parentPort.postMessage("done");',
      'const main = capture("b"); await next("message"); await main.close(); await worker.terminate();',
    );
    expect(await run(program)).toMatchObject({ exitCode: 0, stdout: "", files: { "a.parquet": RECORDS, "b.parquet": RECORDS } });
  });

  it("leave a complete file when they end without close", async () => {
    expect(await run(inWorker('capture("a");', 'await next("exit");'))).toMatchObject({ exitCode: 0, stdout: "", files: complete });
  });

  it("leave a complete file when they throw", async () => {
    expect(await run(inWorker('capture("a"); throw new Error("in the worker");', 'await next("exit");'))).toMatchObject({
      exitCode: 0,
      stdout: "in the worker\n",
      files: complete,
    });
  });

  it("leave a complete file when they are terminated from outside", async () => {
    const program = inWorker(
      'globalThis.kept = capture("a"); parentPort.postMessage("logged"); setInterval(() => {}, 1000);',
      'await next("message"); await worker.terminate();',
    );
    expect(await run(program)).toMatchObject({ exitCode: 0, stdout: "", files: complete });
  });

  it("leave a complete file when the main thread exits", async () => {
    const program = inWorker(
      'globalThis.kept = capture("a"); parentPort.postMessage("logged"); setInterval(() => {}, 1000);',
      'await next("message"); process.exit(0);',
    );
    expect(await run(program)).toMatchObject({ exitCode: 0, stdout: "", files: complete });
  });
});

describe("a failure at exit", () => {
  it("is printed and sets the exit code, and nothing appears under the final name", async () => {
    const program = `
      const { rmSync, mkdirSync } = await import("node:fs");
      mkdirSync(process.env.OUT + "/gone");
      const sink = OrdersSink.open(process.env.OUT + "/gone/a.parquet", { ringDir: process.env.RINGS });
      sink.log(order(1));
      rmSync(process.env.OUT + "/gone", { recursive: true });
    `;
    const { exitCode, stderr, files } = await run(program);
    expect(stderr).toMatch(/^pqflow: closing at exit failed: /);
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: {} });
  });
});

describe("a failing disk", () => {
  it("rejects flush and close, emits error once, and shows in the statistics", async () => {
    const program = `
      const { rmSync, mkdirSync } = await import("node:fs");
      mkdirSync(process.env.OUT + "/gone");
      const sink = OrdersSink.open(process.env.OUT + "/gone/a.parquet", { ringDir: process.env.RINGS, layout: "classic" });
      const seen = [];
      sink.on("error", (error) => seen.push(error.code));
      sink.log(order(1));
      rmSync(process.env.OUT + "/gone", { recursive: true });
      const outcome = async (promise) => promise.then(() => "ok", (error) => error.name + " " + error.code + " " + error.osError);
      console.log(await outcome(sink.flush()));
      await new Promise((resolve) => setTimeout(resolve, 350));
      console.log(seen.join(), sink.stats().state, sink.stats().lastStatus);
      console.log(await outcome(sink.close()));
      console.log(sink.stats().state, sink.stats().lostRecords);
    `;
    const { exitCode, stdout } = await run(program);
    expect(stdout).toBe("PqflowError IO_ERROR 2\nIO_ERROR degraded IO_ERROR\nPqflowError IO_ERROR 2\nclosed 1\n");
    expect(exitCode).toBe(0);
  });
});
