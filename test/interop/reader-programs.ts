/** Readers that are programs: Python's, where the set-up could install them, and in `npm run test:interop` parquet-java and arrow-rs, where Maven and cargo could build them. */
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { projectPath } from "../support/paths.js";
import { canImportPolars, canImportPyarrow, pythonCommand } from "../support/readers/python.js";
import { ReaderProcess } from "../support/readers/reader-process.js";
import { isWholeRun } from "./part.js";

export interface ReaderProgram {
  readonly isThere: boolean;
  readonly process: ReaderProcess;
  /** What to do to have it. */
  readonly advice: string;
}

const javaFolder = projectPath("build/parquet-java");
const arrowRsProgram = projectPath("build/arrow-rs/release/read-with-arrow-rs");

export const readerPrograms = {
  pyarrow: {
    isThere: canImportPyarrow(),
    process: new ReaderProcess(pythonCommand(projectPath("test/interop/read_with_pyarrow.py"))),
    advice: "python3 cannot import pyarrow: npm run setup installs it where it can be had",
  },
  Polars: {
    isThere: canImportPolars(),
    process: new ReaderProcess(pythonCommand(projectPath("test/interop/read_with_polars.py"))),
    advice: "python3 cannot import polars: npm run setup installs it where it can be had",
  },
  "parquet-java": {
    isThere: existsSync(`${javaFolder}/classes`),
    process: new ReaderProcess({
      command: "java",
      args: ["-Xmx1g", "-cp", [`${javaFolder}/classes`, `${javaFolder}/lib/*`].join(delimiter), "pqflow.interop.Main"],
    }),
    advice: "npm run test:interop builds it where there are java, mvn and a registry",
  },
  "arrow-rs": {
    isThere: existsSync(arrowRsProgram),
    process: new ReaderProcess({ command: arrowRsProgram, args: [] }),
    advice: "npm run test:interop builds it where there are cargo and a registry",
  },
} as const satisfies Readonly<Record<string, ReaderProgram>>;

export type ProgramName = keyof typeof readerPrograms;
/** Those that this run asks; `npm test` does without the ones that have to be built. */
export const programNames: readonly ProgramName[] = isWholeRun ? ["pyarrow", "Polars", "parquet-java", "arrow-rs"] : ["pyarrow", "Polars"];

/** For the end of a test file: the programs would wait for more. */
export function closeReaderPrograms(): void {
  for (const { process: reader } of Object.values(readerPrograms)) reader.close();
}
