/** The compilers and the warnings that generated code must be free of. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "./schemas.js";

const run = promisify(execFile);

export type Language = "c" | "c++";

export interface Compiler {
  readonly command: string;
  readonly language: Language;
  readonly standard: string;
}

const warnings =
  "-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-align -Wcast-qual -Wundef -Wpadded -Werror -Wmissing-declarations".split(
    " ",
  );
const cppWarnings = ["-Wold-style-cast"];
const gccCppWarnings = ["-Wuseless-cast"];
/** Declarations after statements are C99; the c++98-compat group complains about everything C++11 brought. */
const clangWarnings = ["-Weverything", "-Wno-unknown-warning-option", "-Wno-declaration-after-statement", "-Wno-unsafe-buffer-usage"];
const clangCppWarnings = ["-Wno-c++98-compat", "-Wno-c++98-compat-pedantic"];

function compilersOf(
  language: Language,
  commands: readonly [gcc: string, clang: string],
  standards: readonly string[],
  newest: readonly [string, string],
) {
  return commands.flatMap((command, index) =>
    [...standards, newest[index] ?? ""].map((standard): Compiler => ({ command, language, standard })),
  );
}

export const cCompilers = compilersOf("c", ["gcc", "clang"], ["c11", "c17"], ["c2x", "c2x"]);
export const cppCompilers = compilersOf("c++", ["g++", "clang++"], ["c++11", "c++14", "c++17", "c++20"], ["c++23", "c++2b"]);

function warningsOf({ command, language }: Compiler): readonly string[] {
  const isClang = command.startsWith("clang");
  const ofLanguage = language === "c" ? [] : [...cppWarnings, ...(isClang ? clangCppWarnings : gccCppWarnings)];
  return [...warnings, ...(isClang ? clangWarnings : []), ...ofLanguage];
}

export interface Workshop {
  readonly folder: string;
  write(name: string, text: string): string;
  /** What the compiler says; empty when it is content. */
  compile(compiler: Compiler, file: string, flags?: readonly string[]): Promise<string>;
  remove(): void;
}

async function complaints(command: string, flags: readonly string[]): Promise<string> {
  try {
    const { stderr } = await run(command, flags, { maxBuffer: 1 << 26 });
    return stderr;
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error).slice(0, 20_000) || "failed without a word";
  }
}

/** A temporary folder of sources. */
export function createWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), "pqflow-compile-"));
  return {
    folder,
    write: (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    compile: (compiler, file, flags = ["-fsyntax-only"]) =>
      complaints(compiler.command, [
        `-std=${compiler.standard}`,
        "-x",
        compiler.language,
        ...warningsOf(compiler),
        `-I${repository}runtime/include`,
        `-I${folder}`,
        ...flags,
        file,
      ]),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
