// All TypeScript passes the strictest compiler settings: generator, library, generated code, tests, demo, examples.
import { npmProgram } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { report } from "../lib/repository.mjs";

const result = await run(npmProgram("tsc"), ["--noEmit", "-p", "tsconfig.json"]);
report(result.ok ? [] : [result.output.trimEnd()], "no errors");
