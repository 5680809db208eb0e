/** Logs the rows of nested cases through generated classes, with the options of the C program. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RecordLayout } from "../../../generator/src/layout/model.js";
import { planTypeScript } from "../../../generator/src/plan/typescript.js";
import { renderTypeScript } from "../../../generator/src/render/typescript.js";
import type { Schema } from "../../../generator/src/schema/model.js";
import type { RecordSink, SinkOptions } from "../../../native/lib/index.js";
import { projectPath } from "../../support/paths.js";
import type { Json, LeafType, NestedCase, NestedField, NestedType } from "./case.js";

type Given = Readonly<Record<string, unknown>>;

interface SinkClass {
  open(path: string, options: SinkOptions): RecordSink & { log(record: Given): boolean };
}

const options: SinkOptions = { ringSlots: 64, peakRecordsPerS: 0, rowGroupRows: 17, pageRows: 5 };

const typedArrays: readonly (readonly [pattern: RegExp, make: (values: readonly number[]) => unknown])[] = [
  [/^type: int32/, (values) => Int32Array.from(values)],
  [/^type: uint32/, (values) => Uint32Array.from(values)],
  [/^type: int64/, (values) => BigInt64Array.from(values, BigInt)],
  [/^type: float/, (values) => Float32Array.from(values)],
  [/^type: double/, (values) => Float64Array.from(values)],
];

/** Numbers without a null may come in typed arrays. */
function listOf({ type }: NestedField, items: readonly unknown[], row: number): unknown {
  const [, make] = (type.kind === "leaf" ? typedArrays.find(([pattern]) => pattern.test(type.keys)) : undefined) ?? [];
  const isDense = items.every((item) => typeof item === "number");
  return make !== undefined && isDense && row % 2 === 0 ? make(items) : items;
}

function leafOf({ keys }: LeafType, value: Json): unknown {
  return keys.startsWith("type: fixed") ? Buffer.from(value as string, "latin1") : value;
}

/** A value in one of the forms in which TypeScript takes it; even and odd rows differ. */
function given(field: NestedField, value: Json, row: number): unknown {
  const { type } = field;
  if (value === null) return row % 2 === 0 ? null : undefined;
  switch (type.kind) {
    case "leaf":
      return leafOf(type, value);
    case "unknown":
      return undefined;
    case "struct":
      return structOf(type.fields, value as Readonly<Record<string, Json>>, row);
    case "list":
      return listOf(
        type.element,
        (value as readonly Json[]).map((item) => given(type.element, item, row)),
        row,
      );
    case "map":
      return mapOf(type, value as Readonly<Record<string, Json>>, row);
  }
}

function structOf(fields: readonly NestedField[], value: Readonly<Record<string, Json>>, row: number): Given {
  return Object.fromEntries(
    fields.filter(({ type }) => type.kind !== "unknown").map((field) => [field.name, given(field, value[field.name] ?? null, row)]),
  );
}

function mapOf({ key, value: item }: Extract<NestedType, { kind: "map" }>, value: Readonly<Record<string, Json>>, row: number): unknown {
  const isNumber = key.type.kind === "leaf" && key.type.keys.startsWith("type: int32");
  const entries = Object.entries(value).map(([name, inner]) => [isNumber ? Number(name) : name, given(item, inner, row)] as const);
  return isNumber || row % 2 === 0 ? new Map(entries) : Object.fromEntries(entries);
}

/** `folder` gets NAME-ts.parquet. */
export async function logFromTypeScript(random: NestedCase, schema: Schema, layout: RecordLayout, folder: string): Promise<void> {
  const [file] = renderTypeScript(planTypeScript(schema, layout));
  mkdirSync(projectPath(".cache"), { recursive: true });
  const modules = mkdtempSync(projectPath(".cache/nested-"));
  const path = join(modules, file?.path ?? "");
  writeFileSync(path, file?.text ?? "");
  try {
    const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
    const [, found] = Object.entries(module).find(([name]) => name.endsWith("Sink")) ?? [];
    const sink = (found as SinkClass).open(join(folder, `${schema.name}-ts.parquet`), options);
    for (const [row, value] of random.rows.entries())
      if (!sink.log(structOf(random.fields, value as Readonly<Record<string, Json>>, row))) throw new Error(`row ${row} was dropped`);
    sink.closeSync();
  } finally {
    rmSync(modules, { recursive: true });
  }
}
