#!/usr/bin/env node
// Starts the built program pqflow with the same arguments, streams and exit code; says how to build it when it is not.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildDir } from "../lib/paths.mjs";

const program = process.env.PQFLOW_PROGRAM ?? join(buildDir, "runtime", "pqflow");

if (existsSync(program)) {
  const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
  if (error !== undefined) process.stderr.write(`error: ${program} cannot be started: ${error.message}\n`);
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status ?? 70;
} else {
  process.stderr.write(
    `error: the program pqflow is not built: there is no ${program}. Run in the package's folder: npm run build. An installed one can be named by PQFLOW_PROGRAM.\n`,
  );
  process.exitCode = 2;
}
