#!/usr/bin/env node
// Starts the built generator; says how to build it when it is not.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packageUrl = new URL("../../", import.meta.url);
const cliUrl = new URL("dist/generator/src/cli.js", packageUrl);

if (existsSync(fileURLToPath(cliUrl))) {
  const { main } = await import(cliUrl.href);
  process.exitCode = await main(process.argv.slice(2), fileURLToPath(new URL("templates/", packageUrl)));
} else {
  process.stderr.write("error: pqflow-gen is not built yet. Run in the package's folder: npx tsc -p tsconfig.build.json\n");
  process.exitCode = 2;
}
