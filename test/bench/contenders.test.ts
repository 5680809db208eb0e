/** Contenders of the bench: asked in turn, warmed up first, left out with a reason when they fail. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectPath } from "../support/paths.js";

interface Contender {
  readonly name: string;
  readonly version: string | undefined;
  readonly reason: string | undefined;
}

interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Result {
  readonly outcomes: ReadonlyMap<string, readonly { readonly elapsed_ns: number }[]>;
  readonly failures: ReadonlyMap<string, string>;
}

interface Module {
  startContender: (program: Program) => Promise<Contender>;
  roundRobin: (
    contenders: readonly Contender[],
    options: { readonly runs: number; readonly wants?: (contender: string, variant: string) => boolean },
  ) => Promise<Result>;
  endContenders: (contenders: readonly Contender[]) => Promise<void>;
}

const { startContender, roundRobin, endContenders } = (await import(projectPath("scripts/bench/contenders.mjs"))) as Module;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-contenders-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A contender that notes each of its turns in a file; `broken` answers with an error, `deadly` ends the process. */
function program(name: string, variants: readonly string[]): Program {
  const script = join(folder, `${name}.mjs`);
  writeFileSync(
    script,
    `import { appendFileSync } from "node:fs";
    import { createInterface } from "node:readline";
    console.log(JSON.stringify({ version: "1", variants: ${JSON.stringify(variants)} }));
    for await (const variant of createInterface({ input: process.stdin })) {
      appendFileSync(${JSON.stringify(join(folder, "turns"))}, ${JSON.stringify(name)} + ":" + variant + " ");
      if (variant.startsWith("deadly")) throw new Error("fell over");
      console.log(JSON.stringify(variant.startsWith("broken") ? { error: "no such file" } : { elapsed_ns: 5, size_bytes: 1 }));
    }`,
  );
  return { name, command: process.execPath, args: [script] };
}

async function measured(programs: readonly Program[], runs: number): Promise<Result & { readonly turns: string }> {
  writeFileSync(join(folder, "turns"), "");
  const contenders = await Promise.all(programs.map(startContender));
  const result = await roundRobin(contenders, { runs });
  await endContenders(contenders);
  return { ...result, turns: readFileSync(join(folder, "turns"), "utf8").trim() };
}

it("asks rivals one after the other, round after round, the first of which only warms up", async () => {
  const { outcomes, turns } = await measured([program("us", ["plain_cpu", "plain_disk"]), program("them", ["plain_cpu"])], 2);
  const round = "us:plain_cpu them:plain_cpu us:plain_disk";
  expect(turns).toBe([round, round, round].join(" "));
  expect(outcomes.get("us_plain_cpu")).toHaveLength(2);
  expect(outcomes.get("them_plain_cpu")).toHaveLength(2);
});

it("leaves out a variant that fails, with what it said, and goes on with the others", async () => {
  const { outcomes, failures } = await measured([program("peer", ["broken_cpu", "good_cpu"])], 1);
  expect([...outcomes.keys()]).toEqual(["peer_good_cpu"]);
  expect(failures.get("peer_broken_cpu")).toBe("no such file");
});

it("gives the reason of a contender that ended to all of its variants", async () => {
  const { outcomes, failures } = await measured([program("peer", ["deadly_cpu", "later_disk"]), program("us", ["good_cpu"])], 1);
  expect([...outcomes.keys()]).toEqual(["us_good_cpu"]);
  expect(failures.get("peer_deadly_cpu")).toBeTruthy();
  expect(failures.get("peer_later_disk")).toBe(failures.get("peer_deadly_cpu"));
});

it("skips a contender that cannot be started and says why", async () => {
  const { outcomes, failures } = await measured(
    [{ name: "absent", command: join(folder, "absent"), args: [] }, program("us", ["good_cpu"])],
    1,
  );
  expect([...outcomes.keys()]).toEqual(["us_good_cpu"]);
  expect(failures.get("absent")).toMatch(/ENOENT|no such file/i);
});
