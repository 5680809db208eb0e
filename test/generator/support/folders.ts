/** Temporary folders of the generator's tests. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/** A new folder below `parent` with the given files. */
export function projectFolder(parent: string, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(parent, "project-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** schemaText under another name. */
export function namedSchema(name: string): string {
  return schemaText("{name: price, id: 1, type: int64}").replace("name: trades", `name: ${name}`);
}
