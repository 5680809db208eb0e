/** From a failing case to the smallest one that fails in the same way, and the command that repeats it. */
import { inspect } from "node:util";
import type { RandomCase, RandomField } from "./case.js";
import { checkCases, schemaName } from "./check-cases.js";
import type { Finding } from "./finding.js";
import { schemaFiles } from "./schema-text.js";
import { smallerCases } from "./smaller.js";
import { type Program, programs } from "./toolchain.js";

const TIME_LIMIT_MS = 120_000;

interface Failure {
  readonly seed: number;
  /** Number of the batch's first case. */
  readonly start: number;
  readonly cases: readonly RandomCase[];
  /** Not empty. */
  readonly findings: readonly Finding[];
}

interface Shrunk {
  readonly random: RandomCase;
  readonly findings: readonly Finding[];
}

/** The programs that show the finding: fewer compilers shrink faster. */
function programsFor({ stage, text }: Finding): readonly Program[] {
  if (stage === "compile") return programs.filter(({ compiler }) => text.startsWith(`${compiler.command} `));
  return programs.filter(({ label }, index) => index === 0 || text.includes(` ${label} `) || text.startsWith(`${label}: `));
}

/** Undefined where the case alone does not fail so. */
async function shrink(random: RandomCase, finding: Finding): Promise<Shrunk | undefined> {
  const used = programsFor(finding);
  const end_ms = performance.now() + TIME_LIMIT_MS;
  const tryOne = async (candidate: RandomCase): Promise<Shrunk | undefined> => {
    const findings = (await checkCases([candidate], used)).filter(({ stage }) => stage === finding.stage);
    return findings.length === 0 ? undefined : { random: candidate, findings };
  };
  let smallest = await tryOne(random);
  for (let candidates = smallest === undefined ? [] : [...smallerCases(random)]; candidates.length > 0 && performance.now() < end_ms;) {
    const candidate = candidates.shift();
    const smaller = candidate === undefined ? undefined : await tryOne(candidate);
    if (smaller === undefined) continue;
    smallest = smaller;
    candidates = [...smallerCases(smaller.random)];
  }
  return smallest;
}

function valuesText({ name, cells, wild, refused, presence }: RandomField): string {
  if (presence.kind === "constant") return "";
  const text = (raw: bigint | Uint8Array): string =>
    typeof raw === "bigint" ? `0x${raw.toString(16)}` : `hex ${Buffer.from(raw).toString("hex")}`;
  const list = cells.map((cell) => (cell === null ? "null" : cell.isDefault === true ? "default" : text(cell.raw)));
  return `  ${name}: ${list.join(", ")}${wild.length === 0 ? "" : `; C alone: ${wild.map(({ raw }) => text(raw)).join(", ")}`}${refused.length === 0 ? "" : `; to refuse: ${inspect(refused)}`}\n`;
}

/** One file as it is; of several each under its path. */
function filesText(random: RandomCase): string {
  const files = schemaFiles(random, schemaName(0));
  return files.length === 1 ? (files[0]?.text ?? "") : files.map(({ path, text }) => `# ${path}\n${text}`).join("\n");
}

function caseText({ random, findings }: Shrunk): string {
  const { fields, rowCount, flushRow, isGivenAtOpen, pageRows, rowGroupRows } = random;
  const given = isGivenAtOpen ? `, pages of ${pageRows} and row groups of ${rowGroupRows} rows` : "";
  return (
    `${findings
      .map(({ stage, text }) => `${stage}: ${text}`)
      .slice(0, 8)
      .join("\n")}\n\n${filesText(random)}\n` +
    `${rowCount} rows${flushRow === undefined ? "" : `, flush before row ${flushRow}`}${given}; values in turn, as bits or bytes:\n${fields.map(valuesText).join("")}`
  );
}

/** What a person needs: which failed, one of them shrunk, how to repeat it. */
export async function failureReport({ seed, start, cases, findings }: Failure): Promise<string> {
  const firsts = findings.filter(({ index }, position) => findings.findIndex((other) => other.index === index) === position);
  const list = firsts.map(({ index, stage, text }) => `  ${start + index}: ${stage}: ${text.split("\n")[0] ?? ""}\n`);
  const [finding] = firsts;
  const random = finding === undefined ? undefined : cases[finding.index];
  if (finding === undefined || random === undefined) return "";
  const number = start + finding.index;
  const shrunk = await shrink(random, finding);
  const text = shrunk === undefined ? `${finding.stage}: ${finding.text}\n(does not fail alone)\n` : caseText(shrunk);
  return (
    `${firsts.length} schemas fail:\n${list.join("")}\nNumber ${number}, shrunk:\n\n${text}\n` +
    `repeat with: npm run test:schemas -- --seed ${seed} --first ${number} --runs 1\n`
  );
}
