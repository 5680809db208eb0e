/** Folders of golden cases: `schema.yaml`, what is expected of it, and one way to compare or to write anew (`UPDATE_GOLDEN=1`). */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { ReadFile } from "../../generator/src/document/link.js";
import { readNamedFile } from "../../generator/src/output/read-source.js";

export const casesDir = fileURLToPath(new URL("./cases/", import.meta.url));

export function caseNames(kind: "valid" | "invalid"): readonly string[] {
  return readdirSync(join(casesDir, kind)).toSorted();
}

/** `repeat.json` appends numbered lines: for cases whose point is their size. */
export function caseBytes(kind: "valid" | "invalid", name: string): Buffer {
  const folder = join(casesDir, kind, name);
  const bytes = readFileSync(join(folder, "schema.yaml"));
  if (!existsSync(join(folder, "repeat.json"))) return bytes;
  const { line, count } = JSON.parse(readFileSync(join(folder, "repeat.json"), "utf8")) as { line: string; count: number };
  const lines = Array.from({ length: count }, (_, index) => `${line.replaceAll("%d", String(index + 1))}\n`);
  return Buffer.concat([bytes, Buffer.from(lines.join(""))]);
}

/** Files beside `schema.yaml`, by their paths from the case's folder. Where `endless.yaml` exists, every other file is that one, `%d` one higher each time. */
export function readCaseFile(kind: "valid" | "invalid", name: string): ReadFile {
  const folder = join(casesDir, kind, name);
  const endless = join(folder, "endless.yaml");
  let count = 0;
  return (path) => {
    if (!existsSync(endless)) return withoutFolder(readNamedFile(join(folder, path)), path);
    count += 1;
    return { bytes: Buffer.from(readFileSync(endless, "utf8").replaceAll("%d", String(count))), identity: path };
  };
}

function withoutFolder(read: ReturnType<ReadFile>, path: string): ReturnType<ReadFile> {
  return "fault" in read ? read : { bytes: read.bytes, identity: path };
}

/** Equal to the file, or with UPDATE_GOLDEN=1 written to it. */
export function expectGolden(text: string, ...path: readonly string[]): void {
  const file = join(casesDir, ...path);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(
    existsSync(file) ? readFileSync(file, "utf8") : `(no ${path.join("/")}: run UPDATE_GOLDEN=1 npx vitest run test/generator)`,
  );
}
