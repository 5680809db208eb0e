// Stage 2: the runtime's GoogleTest programs. Their JSON reports count; reasons of skips stand in their output alone.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { run } from "../lib/process.mjs";
import { add, crashed } from "./outcome.mjs";

/** Processes that share a program's tests, beside each other: most tests have one thread. */
const shardCount = Math.min(4, availableParallelism());

const crashOutputLines = 200;

/** Runs `command` (the program and its arguments, perhaps under a wrapper) and reads the reports it leaves in `reportFile` with the shard's number behind. `label` goes before each test's name. */
export async function runGoogleTest({ label, command, reportFile, env = {} }) {
  mkdirSync(dirname(reportFile), { recursive: true });
  const shards = Array.from({ length: shardCount }, (_, index) => ({
    label,
    command,
    reportFile: `${reportFile}.${index}`,
    env: { ...env, GTEST_TOTAL_SHARDS: String(shardCount), GTEST_SHARD_INDEX: String(index) },
  }));
  const outcome = add(await Promise.all(shards.map(runShard)));
  return outcome.passed + outcome.failures.length + outcome.skips.length === 0 ? crashed(label, "ran no tests") : outcome;
}

async function runShard({ label, command, reportFile, env }) {
  rmSync(reportFile, { force: true });
  const [program, ...args] = command;
  const result = await run(program, [...args, `--gtest_output=json:${reportFile}`, "--gtest_color=no"], { env });
  if (!existsSync(reportFile)) return crashed(label, `${lastLines(result.output)}\nended without a report: ${result.ending}`);

  const outcome = readReport(JSON.parse(readFileSync(reportFile, "utf8")), label, skipReasons(result.output));
  // A sanitizer's finding, or a failure outside any test, shows in the exit code alone.
  if (!result.ok && outcome.failures.length === 0)
    outcome.failures.push({ name: label, text: `${lastLines(result.output)}\nall tests passed, but: ${result.ending}` });
  return outcome;
}

function readReport(report, label, reasons) {
  const outcome = { passed: 0, failures: [], skips: [] };
  for (const test of report.testsuites.flatMap((suite) => suite.testsuite)) {
    const id = `${test.classname}.${test.name}`;
    const name = `${label} ${id}`;
    if (test.failures !== undefined) outcome.failures.push({ name, text: test.failures.map(({ failure }) => failure).join("\n") });
    else if (test.result === "SKIPPED") outcome.skips.push({ name, reason: reasons.get(id) ?? "" });
    else if (test.result === "COMPLETED") outcome.passed += 1;
    else if (test.name.startsWith("DISABLED_")) outcome.skips.push({ name, reason: "" });
  }
  return outcome;
}

/** GTEST_SKIP() << "why" prints `file:line: Skipped`, the text, and then the test's name. */
function skipReasons(output) {
  const blocks = output.matchAll(/^\[ RUN {6}\] (\S+)\n([\s\S]*?)^\[ {2}SKIPPED \] \1/gm);
  return new Map(
    Array.from(blocks, ([, id, text]) => [
      id,
      text
        .replaceAll(/^.*: Skipped$/gm, "")
        .trim()
        .replaceAll(/\s*\n\s*/g, " "),
    ]),
  );
}

const lastLines = (text) => text.trimEnd().split("\n").slice(-crashOutputLines).join("\n");
