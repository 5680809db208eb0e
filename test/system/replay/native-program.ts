/** Builds a replay written in C or C++ with the code generated from its schemas, as a user's project would. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectPath } from "../../support/paths.js";
import { generateC } from "../../compile/schemas.js";
import { replaySchema } from "./patient-sink.js";

const LIBRARY = projectPath("build/runtime/libpqflow.so");

/** Compiles `replay/<source>` against the shared runtime into `folder`; resolves to the program's path. */
export function buildReplay(folder: string, source: string, schemas: readonly string[]): string {
  const generated = join(folder, "generated");
  mkdirSync(generated);
  const includes = [`-I${projectPath("runtime/include")}`, `-I${generated}`];
  const objects = schemas.map((schema) => {
    const { header, source: code } = generateC(replaySchema(schema));
    for (const { path, text } of [header, code]) writeFileSync(join(generated, path), text);
    const object = join(generated, `${schema}.o`);
    execFileSync("gcc", ["-std=c11", "-c", join(generated, code.path), ...includes, "-o", object]);
    return object;
  });
  const program = join(folder, source.replace(/\.c(pp)?$/, ""));
  const main = projectPath(`test/system/replay/${source}`);
  const runtime = [LIBRARY, `-Wl,-rpath,${dirname(LIBRARY)}`];
  const [compiler, standard] = source.endsWith(".c") ? ["gcc", "-std=gnu11"] : ["g++", "-std=c++20"];
  execFileSync(compiler, [
    standard,
    "-Wall",
    "-Wextra",
    "-Wconversion",
    "-Werror",
    main,
    ...objects,
    ...includes,
    ...runtime,
    "-o",
    program,
  ]);
  return program;
}
