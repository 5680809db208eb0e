/** Temporary folders of the generator's tests. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** An empty folder, removed after the test file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pqflow-generator-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Text by path of every file below a folder. */
export function textsIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Path of a new schema file. */
export function schemaFile(folder: string, text: string, name = "schema.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A schema called `trades` with the given lines under `fields:`. */
export function schemaText(...fields: readonly string[]): string {
  return `pqflow: 1\nname: trades\nversion: 1\nfields:\n${fields.map((field) => `  - ${field}\n`).join("")}`;
}
