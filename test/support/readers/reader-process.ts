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

export class ReaderProcess {
  readonly #command: ReaderCommand;
  readonly #waiting: Waiting[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #errors = "";

  constructor(command: ReaderCommand) {
    this.#command = command;
  }

  /** The answer to one request; requests may overlap, answers come in their order. Rejects with what the reader says is wrong, or when it ends. */
  async ask<Answer>(...words: readonly string[]): Promise<Answer> {
    const child = this.#running();
    const line = await new Promise<string>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      child.stdin.write(`${words.join("\t")}\n`);
    });
    const answer = JSON.parse(line) as Answer & { readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child !== undefined) return this.#child;
    const { command, args, env } = this.#command;
    const child = spawn(command, args, { env: env ?? process.env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => this.#waiting.shift()?.resolve(line));
    child.stderr.on("data", (text: Buffer) => (this.#errors += text.toString()));
    child.on("error", (error) => {
      this.#end(error);
    });
    child.on("close", (code) => {
      this.#end(new Error(`${command} ended with ${code}: ${this.#errors.slice(-2_000)}`));
    });
    child.stdin.on("error", () => undefined); // Its end is told by "close".
    return child;
  }

  #end(error: Error): void {
    this.#child = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
