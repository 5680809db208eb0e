/** A reader that is a program of its own: it answers each line of standard input, words with tabs between them, with a line of JSON, and stays for the next: starting it is what takes time. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";

export interface ReaderCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly waiting: Waiting[];
  /** What it wrote to standard error. */
  errors: string;
}

export class ReaderProcess {
  readonly #command: ReaderCommand;
  #running: Running | undefined;

  constructor(command: ReaderCommand) {
    this.#command = command;
  }

  /** The answer to one request; requests may overlap, answers come in their order. Rejects with what the reader says is wrong, or when it ends. */
  async ask<Answer>(...words: readonly string[]): Promise<Answer> {
    const { child, waiting } = this.#running ?? this.#start();
    const line = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${words.join("\t")}\n`);
    });
    const answer = JSON.parse(line) as Answer & { readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  close(): void {
    this.#running?.child.stdin.end();
    this.#running = undefined;
  }

  #start(): Running {
    const { command, args, env } = this.#command;
    const child = spawn(command, args, { env: env ?? process.env, stdio: ["pipe", "pipe", "pipe"] });
    const running: Running = { child, waiting: [], errors: "" };
    this.#running = running;
    createInterface({ input: child.stdout }).on("line", (line) => running.waiting.shift()?.resolve(line));
    child.stderr.on("data", (text: Buffer) => (running.errors = (running.errors + text.toString()).slice(-2_000)));
    child.on("error", (error) => {
      this.#end(running, error);
    });
    child.on("close", (code) => {
      this.#end(running, new Error(`${command} ended with ${code}: ${running.errors}`));
    });
    child.stdin.on("error", () => undefined); // Its end is told by "close".
    return running;
  }

  #end(running: Running, error: Error): void {
    if (this.#running === running) this.#running = undefined;
    for (const { reject } of running.waiting.splice(0)) reject(error);
  }
}
