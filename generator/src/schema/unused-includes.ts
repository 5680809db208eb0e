/** Includes that serve nobody. */
import { type SchemaFile, visibleFrom } from "./files.js";
import type { TypeTable } from "./named-types.js";

/** Call when all types and fields are read without an error: a misspelt name must not make its include look unused. */
export function reportUnusedIncludes(root: SchemaFile, tableOf: (file: SchemaFile) => TypeTable): void {
  const files = [...visibleFrom(root)];
  const visible = new Map(files.map((file) => [file, visibleFrom(file)]));
  const offered = new Map(files.map((file) => [file, new Set([...visibleFrom(file)].flatMap((source) => tableOf(source).ownNames))]));
  const references = new Map(files.map((file) => [file, [...tableOf(file).references]]));
  for (const file of files) {
    const users = files.filter((user) => visible.get(user)?.has(file) === true);
    for (const include of file.includes) {
      const isUsed = users.some((user) => references.get(user)?.some((name) => offered.get(include)?.has(name) === true) === true);
      if (!isUsed) reportUnused(file, include);
    }
  }
}

function reportUnused({ document, context }: SchemaFile, include: SchemaFile): void {
  const span = document.includes.find((item) => item.document === include.document)?.span;
  if (span === undefined) return;
  context.collector.report("PQ6006", {
    message: `no type of ${include.document.path} is used`,
    span,
    label: "included for nothing",
    help: "remove it",
  });
}
