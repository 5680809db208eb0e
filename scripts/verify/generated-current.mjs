// generated/ is exactly what the generator makes of schemas/ today.
import { runGenerator } from "../lib/generator.mjs";
import { report } from "../lib/repository.mjs";

const result = await runGenerator(["--check"]);
report(result.ok ? [] : [result.output.trimEnd(), "npm run generate"], "as generated");
