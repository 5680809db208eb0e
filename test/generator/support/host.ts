/** pqflow-gen in this process, with everything it says. */
import { runCli } from "../../../generator/src/cli.js";
import type { Host } from "../../../generator/src/cli/host.js";

export interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

export async function runGenerator(args: readonly string[], overrides: Partial<Host> = {}): Promise<Run> {
  let [out, error] = ["", ""];
  const host: Host = {
    out: (text) => (out += text),
    error: (text) => (error += text),
    isErrorTty: false,
    env: {},
    readStdin: () => Buffer.alloc(0),
    elapsedMs: () => 84,
    codeFolders: [],
    platform: "test",
    workingDir: "",
    ...overrides,
  };
  const exitCode = await runCli(args, host);
  return { exitCode, out, error };
}
