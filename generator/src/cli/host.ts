/** The process as commands see it; tests give another. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileDescriptor } from "../output/read-source.js";

export interface Host {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly isErrorTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Buffer;
  /** Since the process started. */
  readonly elapsedMs: () => number;
  /** Folders whose files decide what is generated: this program's code and templates. */
  readonly codeFolders: readonly string[];
  readonly platform: string;
  /** Where a configuration is looked for; "" is the process's own. */
  readonly workingDir: string;
}

export function processHost(templatesDir: string): Host {
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    isErrorTty: process.stderr.isTTY,
    env: process.env,
    readStdin: () => readFileDescriptor(0),
    elapsedMs: () => performance.now(),
    codeFolders: [dirname(dirname(fileURLToPath(import.meta.url))), templatesDir],
    workingDir: "",
    platform: `node ${process.version}, ${process.platform} ${process.arch}`,
  };
}
