/** Compiles the generated C of a batch and its driver under the strict flags, links, runs. */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Compiler, createWorkshop, type Workshop } from "../compile/compilers.js";
import { projectPath } from "../support/paths.js";
import { driverText, type PlannedCase } from "./c-driver.js";

const run = promisify(execFile);
/** The shared library brings the codecs' libraries along. */
const libraryFolder = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/runtime`);

/** A driver of one compiler. The first program's files are what the others' are compared with. */
export interface Program {
  readonly label: string;
  readonly compiler: Compiler;
  readonly flags: readonly string[];
}

export const programs: readonly Program[] = [
  { label: "gcc", compiler: { command: "gcc", language: "c", standard: "c11" }, flags: ["-O1"] },
  { label: "clang++", compiler: { command: "clang++", language: "c++", standard: "c++17" }, flags: [] },
  { label: "g++", compiler: { command: "g++", language: "c++", standard: "c++17" }, flags: [] },
  // Poisoned slots: a byte that was not set shows.
  { label: "clang", compiler: { command: "clang", language: "c", standard: "c11" }, flags: ["-DPQFLOW_DEBUG"] },
];

const sourceCompilers: readonly Compiler[] = [
  { command: "clang", language: "c", standard: "c11" },
  { command: "gcc", language: "c", standard: "c11" },
];

export interface Complaint {
  readonly stage: "compile" | "run";
  readonly text: string;
}

/** A few at a time, in order of their start. */
async function inParallel<Item, Result>(items: readonly Item[], start: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await start(item);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

async function runProgram(workshop: Workshop, { label }: Program, folder: string): Promise<readonly Complaint[]> {
  const program = join(workshop.folder, `driver-${label}`);
  try {
    await run("g++", [
      join(workshop.folder, `driver-${label}.o`),
      join(workshop.folder, "sources-gcc.o"),
      `-L${libraryFolder}`,
      `-Wl,-rpath,${libraryFolder}`,
      "-lpqflow",
      "-o",
      program,
    ]);
    await run(program, [folder, label], { maxBuffer: 1 << 26, timeout: 120_000 });
    return [];
  } catch (error) {
    const { stdout, stderr, signal, message } = error as { stdout?: string; stderr?: string; signal?: string; message: string };
    const complaints = (stderr ?? "").trim();
    const last = stdout?.trim().split("\n").at(-1) ?? "";
    const ending = typeof signal === "string" ? `${last}: killed by ${signal}` : complaints === "" ? `${last}: ${message}` : "";
    return [
      {
        stage: "run",
        text: [complaints, ending]
          .filter((text) => text !== "")
          .join("\n")
          .replaceAll(/^/gm, `${label}: `),
      },
    ];
  }
}

/** Complaints of the compilers, else of the programs that ran. Files are put into `folder`. */
export async function runDrivers(
  cases: readonly PlannedCase[],
  generated: readonly { readonly path: string; readonly text: string }[],
  used: readonly Program[],
  folder: string,
): Promise<readonly Complaint[]> {
  const workshop = createWorkshop();
  try {
    for (const { path, text } of generated) workshop.write(path, text);
    const driver = workshop.write("driver.c", driverText(cases));
    const sources = workshop.write("sources.c", cases.map(({ plan }) => `#include "${plan.sourcePath}"\n`).join(""));
    const jobs = [
      ...used.map(({ label, compiler, flags }) => ({
        compiler,
        file: driver,
        flags: [...flags, "-c", "-o", join(workshop.folder, `driver-${label}.o`)],
      })),
      ...sourceCompilers.map((compiler) => ({
        compiler,
        file: sources,
        flags: ["-O1", "-c", "-o", join(workshop.folder, `sources-${compiler.command}.o`)],
      })),
    ];
    const said = await inParallel(jobs, async ({ compiler, file, flags }) => workshop.compile(compiler, file, flags));
    const complaints = jobs.flatMap(({ compiler }, index): readonly Complaint[] =>
      said[index] === ""
        ? []
        : [{ stage: "compile", text: (said[index] ?? "").replaceAll(/^/gm, `${compiler.command} -std=${compiler.standard}: `) }],
    );
    if (complaints.length > 0) return complaints;
    return (await inParallel(used, async (program) => runProgram(workshop, program, folder))).flat();
  } finally {
    workshop.remove();
  }
}
