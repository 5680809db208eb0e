// The two formatters and what each is responsible for.
import { npmProgram } from "./paths.mjs";
import { run } from "./process.mjs";
import { repositoryFiles } from "./repository.mjs";

const filesPerCall = 100;

export const formatters = {
  /** C and C++, what the generator prints included. */
  cpp: {
    files: () => repositoryFiles("*.c", "*.h", "*.cpp", "*.hpp").filter((path) => !path.startsWith("test/generator/cases/")),
    check: (files) => runInBatches(npmProgram("clang-format"), ["--dry-run", "-Werror"], files),
    write: (files) => runInBatches(npmProgram("clang-format"), ["-i"], files),
  },
  /** TypeScript and the scripts; generated TypeScript is ts-morph's. */
  typescript: {
    files: () =>
      repositoryFiles("*.ts", "*.mjs", "*.cjs").filter(
        (path) => !path.startsWith("generated/") && !path.startsWith("test/generator/cases/"),
      ),
    check: (files) => runInBatches(npmProgram("prettier"), ["--check", "--log-level=warn"], files),
    write: (files) => runInBatches(npmProgram("prettier"), ["--write", "--log-level=warn"], files),
  },
};

async function runInBatches(program, args, files) {
  let output = "";
  let ok = true;
  for (let start = 0; start < files.length; start += filesPerCall) {
    const result = await run(program, [...args, ...files.slice(start, start + filesPerCall)]);
    output += result.output;
    ok &&= result.ok;
  }
  return { ok, output };
}
