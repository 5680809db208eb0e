// Starts programs and waits for them. Never throws for a failing program: the caller reads `ok`.
import { spawn } from "node:child_process";
import { rootDir } from "./paths.mjs";

/**
 * Runs a program to its end. `output` holds stdout and stderr in the order they came; with `echo` they are also passed on while they come.
 * A program that cannot be started gives `ok: false` and the reason as output.
 */
export function run(command, args, { cwd = rootDir, env = {}, echo = false, input } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const chunks = [];
    const collect = (target) => (chunk) => {
      chunks.push(chunk);
      if (echo) target.write(chunk);
    };
    child.stdout.on("data", collect(process.stdout));
    child.stderr.on("data", collect(process.stderr));
    child.stdin?.on("error", () => undefined); // It ended before it read everything; its exit code tells.
    child.stdin?.end(input);
    child.on("error", (error) => resolve({ ok: false, ending: error.message, output: error.message, missing: error.code === "ENOENT" }));
    child.on("close", (code, signal) =>
      resolve({
        ok: code === 0,
        code,
        ending: describeEnding(code, signal),
        output: Buffer.concat(chunks).toString("utf8"),
        missing: false,
      }),
    );
  });
}

function describeEnding(code, signal) {
  return signal === null ? `exit code ${code}` : `killed by ${signal}`;
}

/** The command as a person would type it. */
export function shown(command, args) {
  return [command, ...args].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
