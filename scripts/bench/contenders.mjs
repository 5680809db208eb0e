// Contenders are processes that run one variant when they are asked to (bench/src/contender.hpp): asked in turn, rivals meet the same moments of the machine.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { rootDir } from "../lib/paths.mjs";

const idle_ms = 300_000;

/** Starts a contender and reads what variants it has. Never throws: one that cannot be started, or fails at its start, has a `reason` and no variants. */
export async function startContender({ name, command, args, env = {}, processor }) {
  const [program, ...words] = processor === undefined ? [command, ...args] : ["taskset", "-c", String(processor), command, ...args];
  const child = spawn(program, words, { cwd: rootDir, env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const contender = { name, child, answers: answersOf(child), variants: [], version: undefined, reason: undefined };
  try {
    const { version, variants } = await nextAnswer(contender);
    Object.assign(contender, { version, variants });
  } catch (error) {
    contender.reason = error.message;
  }
  return contender;
}

/** Lines of JSON as they come; the end of the process ends them. */
function answersOf(child) {
  const errors = [];
  let failure;
  child.stderr.on("data", (chunk) => errors.push(chunk));
  child.stdin.on("error", () => undefined); // It has ended; the answer that does not come tells.
  child.on("error", (error) => (failure = error.message));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: () => lines.next(),
    ending: () => failure ?? (Buffer.concat(errors).toString("utf8").trim().split("\n").at(-1) || "it ended without a message"),
  };
}

async function nextAnswer({ answers, child }) {
  const watch = setTimeout(() => child.kill("SIGKILL"), idle_ms);
  try {
    const { done, value } = await answers.next();
    if (done) throw new Error(answers.ending());
    return JSON.parse(value);
  } finally {
    clearTimeout(watch);
  }
}

/** Runs one variant: `{ elapsed_ns, size_bytes }`, or `{ error }`. */
async function ask(contender, variant) {
  if (contender.reason !== undefined) return { error: contender.reason };
  contender.child.stdin.write(`${variant}\n`);
  try {
    return await nextAnswer(contender);
  } catch (error) {
    contender.reason = error.message;
    return { error: error.message };
  }
}

/**
 * Every variant once to warm up, then `runs` rounds over all of them.
 * `wants(contender, variant)` says which variants take part. Returns `{ outcomes, failures }`: lists by `contender_variant`, and reasons.
 */
export async function roundRobin(contenders, { runs, wants = () => true }) {
  const turns = turnsOf(contenders, wants);
  const outcomes = new Map(turns.map(({ key }) => [key, []]));
  const failures = new Map(contenders.filter(({ reason }) => reason !== undefined).map(({ name, reason }) => [name, reason]));
  for (let run = -1; run < runs; run++) {
    for (const { contender, variant, key } of turns) {
      if (failures.has(key)) continue;
      const outcome = await ask(contender, variant);
      if (outcome.error !== undefined) failures.set(key, outcome.error);
      else if (run >= 0) outcomes.get(key).push(outcome);
    }
  }
  for (const key of failures.keys()) outcomes.delete(key);
  return { outcomes, failures };
}

/** Rivals next to each other: by the last word of the variant (where to), then the words before it (how). */
function turnsOf(contenders, wants) {
  const place = ({ variant }) => [variant.split("_").at(-1), variant].join(" ");
  return contenders
    .flatMap((contender) =>
      contender.variants
        .filter((variant) => wants(contender.name, variant))
        .map((variant) => ({ contender, variant, key: `${contender.name}_${variant}` })),
    )
    .sort((left, right) => place(left).localeCompare(place(right)));
}

/** Ends the contenders: their standard input ends. */
export async function endContenders(contenders) {
  await Promise.all(
    contenders.map(({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return undefined;
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin.end();
      return ended;
    }),
  );
}
