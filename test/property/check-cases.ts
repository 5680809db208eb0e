/** The property: a schema generates, its C compiles without a warning, and what C, C++ and TypeScript log stands in the file, the same bytes from all of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { generate } from "../../generator/src/generate.js";
import type { ReadFile } from "../../generator/src/document/link.js";
import { loadSchema } from "../../generator/src/load.js";
import { defaultTargets } from "../../generator/src/output/emit.js";
import type { GeneratedFile } from "../../generator/src/output/model.js";
import { planC } from "../../generator/src/plan/c.js";
import { projectPath } from "../support/paths.js";
import { withDuckdb } from "../support/readers/duckdb.js";
import type { PlannedCase } from "./c-driver.js";
import type { RandomCase } from "./case.js";
import { checkFiles } from "./check-files.js";
import type { Finding, Stage } from "./finding.js";
import { schemaFiles, type SchemaFile } from "./schema-text.js";
import { type Program, programs, runDrivers } from "./toolchain.js";
import { logFromTypeScript } from "./typescript-driver.js";

interface Generated extends PlannedCase {
  readonly files: readonly GeneratedFile[];
}

export const schemaName = (index: number): string => `s${index}`;

function readerOf(files: readonly SchemaFile[]): ReadFile {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return (path) => {
    const identity = posix.normalize(path);
    const text = texts.get(identity);
    return text === undefined ? { fault: "there is no such file" } : { bytes: new TextEncoder().encode(text), identity };
  };
}

async function generateCase(random: RandomCase, index: number): Promise<Generated | Finding> {
  const sources = schemaFiles(random, schemaName(index));
  const source = sources[0] ?? { path: "", text: "" };
  const readFile = readerOf(sources);
  const { files, diagnostics } = await generate(source, { emit: defaultTargets, readFile });
  const { schema, layout } = loadSchema(source, readFile);
  if (schema !== undefined && layout !== undefined) return { random, index, plan: planC(schema, layout), files };
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code} ${message}`);
  return { index, stage: "generate", text: errors.join("\n") };
}

/** Complaints name their case as `case 3`, `s3_…`, `S3Sink` or `c3_…`; those that name none are everyone's. */
function attributed(cases: readonly PlannedCase[], stage: Stage, text: string): readonly Finding[] {
  const mark = /\b(?:case |[scS])(\d+)(?:_|:|Sink)/g;
  const lines = text.split("\n").map((line) => ({ line, named: [...line.matchAll(mark)].map(([, number]) => Number(number)) }));
  const findings = cases.flatMap(({ index }): readonly Finding[] => {
    const own = lines.filter(({ named }) => named.includes(index)).map(({ line }) => line);
    return own.length === 0 ? [] : [{ index, stage, text: own.slice(0, 12).join("\n") }];
  });
  return findings.length > 0 ? findings : cases.map(({ index }) => ({ index, stage, text }));
}

/** Where vitest resolves "pqflow": inside the checkout. */
async function logAllFromTypeScript(cases: readonly Generated[], folder: string): Promise<readonly Finding[]> {
  mkdirSync(projectPath(".cache"), { recursive: true });
  const modules = mkdtempSync(projectPath(".cache/schemas-"));
  const findings: Finding[] = [];
  try {
    for (const { random, index, files } of cases) {
      const path = join(modules, `${schemaName(index)}_sink.ts`);
      writeFileSync(path, files.find((file) => file.path.endsWith(".ts"))?.text ?? "");
      const texts = await logFromTypeScript(random, index, path, folder).catch((error: unknown) => [`TypeScript: ${String(error)}`]);
      findings.push(...texts.map((text) => ({ index, stage: "typescript" as const, text })));
    }
  } finally {
    rmSync(modules, { recursive: true });
  }
  return findings;
}

async function logAndRead(cases: readonly Generated[], used: readonly Program[], folder: string): Promise<readonly Finding[]> {
  const files = cases.flatMap((generated) => generated.files);
  const complaints = await runDrivers(cases, files, used, folder);
  const fromC = complaints.flatMap(({ stage, text }) => attributed(cases, stage, text));
  if (fromC.some(({ stage }) => stage === "compile")) return fromC;
  const logged = [...fromC, ...(await logAllFromTypeScript(cases, folder))];
  const broken = new Set(logged.map(({ index }) => index));
  const labels = used.map(({ label }) => label);
  const read = await withDuckdb(async (duckdb) => {
    const findings: Finding[] = [];
    for (const planned of cases) if (!broken.has(planned.index)) findings.push(...(await checkFiles(planned, folder, labels, duckdb)));
    return findings;
  });
  return [...logged, ...read];
}

/** Checks all cases in one go; answers what is wrong with which. A case that does not compile keeps the others from running. */
export async function checkCases(randomCases: readonly RandomCase[], used: readonly Program[] = programs): Promise<readonly Finding[]> {
  const generated = await Promise.all(randomCases.map(generateCase));
  const cases = generated.filter((result): result is Generated => "plan" in result);
  const refused = generated.filter((result): result is Finding => "stage" in result);
  if (cases.length === 0) return refused;
  const folder = mkdtempSync(join(tmpdir(), "pqflow-schemas-"));
  try {
    return [...refused, ...(await logAndRead(cases, used, folder))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
