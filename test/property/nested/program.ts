/** A C program that logs records from files through the generated functions: validate, then log. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CPlan } from "../../../generator/src/plan/c-model.js";
import { type Compiler, createWorkshop } from "../../compile/compilers.js";
import { usage } from "../../compile/usage.js";
import { projectPath } from "../../support/paths.js";

const run = promisify(execFile);
const libraryFolder = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/runtime`);

export interface PlannedNested {
  readonly plan: CPlan;
  readonly generated: readonly { readonly path: string; readonly text: string }[];
}

function caseFunction({ names, headerPath, schemaName }: CPlan): string {
  return `#include "${headerPath}"

static int run_${schemaName}(FILE* records, const char* path) {
  ${names.sink}* sink = NULL;
  pqflow_error error;
  pqflow_options options = ${names.optionsDefault}();
  options.ring_slots_count = 64;
  options.peak_records_per_s = 0;
  options.row_group_rows = 17;
  options.page_rows = 5;
  if (${names.sinkOpen}(&sink, path, &options, &error) != PQFLOW_STATUS_OK) {
    return fail("${schemaName}", error.message);
  }
  ${names.record} record;
  while (fread(&record, sizeof record, 1, records) == 1) {
    const char* field = NULL;
    if (${names.validate}(&record, &field) != PQFLOW_STATUS_OK) {
      return fail("${schemaName}: validate", field);
    }
    if (${names.sinkLog}(sink, &record) != PQFLOW_STATUS_OK) {
      return fail("${schemaName}", "log refused a record");
    }
  }
  if (${names.sinkClose}(sink, &error) != PQFLOW_STATUS_OK) {
    return fail("${schemaName}", error.message);
  }
  ${names.sinkFree}(sink);
  return 0;
}
`;
}

function mainText(plans: readonly CPlan[]): string {
  const calls = plans.map(
    ({ schemaName }) => `  if (run_in("${schemaName}", run_${schemaName}, arguments[1]) != 0) {\n    return 1;\n  }\n`,
  );
  return `#include <stdio.h>
#include <stdlib.h>

static int fail(const char* name, const char* text) {
  fprintf(stderr, "%s: %s\\n", name, text == NULL ? "?" : text);
  return 1;
}

${plans.map(caseFunction).join("\n")}
static int run_in(const char* name, int (*run)(FILE*, const char*), const char* folder) {
  char in[4096];
  char out[4096];
  snprintf(in, sizeof in, "%s/%s.records", folder, name);
  snprintf(out, sizeof out, "%s/%s.parquet", folder, name);
  FILE* const records = fopen(in, "rb");
  return records == NULL ? fail(name, "no records") : run(records, out);
}

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    return 1;
  }
${calls.join("")}  return 0;
}
`;
}

/** What the compilers or the program said; empty when files lie in `folder` beside the records. */
export async function runProgram(cases: readonly PlannedNested[], folder: string): Promise<string> {
  const workshop = createWorkshop();
  try {
    for (const { path, text } of cases.flatMap(({ generated }) => generated)) workshop.write(path, text);
    const plans = cases.map(({ plan }) => plan);
    const main = workshop.write("main.c", mainText(plans));
    const sources = workshop.write("sources.c", plans.map(({ sourcePath }) => `#include "${sourcePath}"\n`).join(""));
    const uses = workshop.write("uses.cpp", plans.map((plan) => usage(plan, "c++")).join("\n"));
    const gcc: Compiler = { command: "gcc", language: "c", standard: "c11" };
    const clang: Compiler = { command: "clang++", language: "c++", standard: "c++17" };
    const mainObject = join(workshop.folder, "main.o");
    const sourceObject = join(workshop.folder, "sources.o");
    const said = [
      await workshop.compile(clang, uses),
      await workshop.compile(gcc, sources, ["-O1", "-c", "-o", sourceObject]),
      await workshop.compile(gcc, main, ["-O1", "-c", "-Wno-missing-declarations", "-o", mainObject]),
    ].join("");
    if (said !== "") return said;
    const program = join(workshop.folder, "program");
    await run("g++", [mainObject, sourceObject, `-L${libraryFolder}`, `-Wl,-rpath,${libraryFolder}`, "-lpqflow", "-o", program]);
    await run(program, [folder], { timeout: 120_000 });
    return "";
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return stderr === undefined || stderr === "" ? message : stderr;
  } finally {
    workshop.remove();
  }
}
