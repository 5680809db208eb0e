/** defineSchema: from an object of fields to a schema that opens typed sinks. No code generation. */
import type { Descriptor } from "../descriptor.js";
import { attachSink, openSink } from "../open-sink.js";
import type { SinkOptions } from "../options.js";
import type { SharedSink } from "../shared-sink.js";
import {
  checkFileEncoding,
  columnOptionNames,
  type ColumnOptions,
  columnSettings,
  fieldColumnOptionNames,
  readColumnOptions,
  type ReadOptions,
} from "./column-options.js";
import { type DefinedOptions, readDefaults } from "./defaults.js";
import { describe } from "./describe.js";
import { type FieldPlan, type Layout, placeFields } from "./layout.js";
import type { FieldType, Fields, OptionalField, RecordOfFields, ResolvedType, TypeRule } from "./model.js";
import { readNullValue } from "./null-value.js";
import { checkOptionNames, type Fail, failFor, integerOption, type Options, shown } from "./problem.js";
import { RecordWriter } from "./record-writer.js";
import type { SchemaHead } from "./resolved.js";
import { SchemaSink } from "./schema-sink.js";
import { readSortingColumns, type SortingOptions } from "./sorting.js";
import { typeTable } from "./type-table.js";

export interface SchemaDefinition<Shape extends Fields> {
  /** Root of the Parquet schema, `{schema}` in paths. */
  readonly name: string;
  /** Default 1. */
  readonly version?: number;
  readonly description?: string;
  /** In the order of the columns. */
  readonly fields: Shape;
  /** Path template of open() without a path. */
  readonly path?: string;
  /** For the file's key-value metadata. */
  readonly keyValueMetadata?: Readonly<Record<string, string>>;
  /** For fields that say nothing of it, and the order that records are expected in, the first field deciding. */
  readonly parquet?: ColumnOptions & { readonly sortingColumns?: readonly SortingOptions<keyof Shape & string>[] };
  /** What open() takes where its caller says nothing. */
  readonly options?: DefinedOptions;
}

const schemaOptions = ["name", "version", "description", "fields", "path", "keyValueMetadata", "parquet", "options"];
const fieldOptions = ["id", "description", "unitOfMeasure", "parquet"];
const NAME_MAX_BYTES = 255;
const FIELDS_MAX_COUNT = 4096;
const RECORD_MAX_BYTES = 1 << 20;
const ID_MAX = 2 ** 31 - 1;
/** Such keys of an object come first, whatever order they were written in. */
const ARRAY_INDEX = /^(0|[1-9][0-9]*)$/;
const UNWRITABLE = /[\p{Surrogate}\0]/u;

export class Schema<Shape extends Fields> {
  /** What the runtime knows of the schema: columns, offsets, fingerprints. */
  readonly descriptor: Descriptor;
  readonly #writer: RecordWriter;

  /** Use defineSchema(). */
  constructor(descriptor: Descriptor, layout: Layout) {
    this.descriptor = descriptor;
    this.#writer = new RecordWriter(layout);
  }

  /** Opens a sink; without a path the schema's template names the file. Blocks while memory is prepared. Throws PqflowError. */
  open(path?: string | null, options?: SinkOptions): SchemaSink<Shape> {
    return new SchemaSink<Shape>(openSink(this.descriptor, path, options), this.#writer);
  }

  /** Logs to a sink that another thread opened with this schema and shared: its share(), by workerData or postMessage. Throws PqflowError. */
  attach(shared: SharedSink): SchemaSink<Shape> {
    return new SchemaSink<Shape>(attachSink(this.descriptor, shared), this.#writer);
  }
}

/** The records of a schema: `type Order = RecordOf<typeof orders>`. */
export type RecordOf<Defined> = Defined extends Schema<infer Shape> ? RecordOfFields<Shape> : never;

function checkName(name: unknown, what: string, fail: Fail): string {
  if (typeof name !== "string" || name === "") return fail(`${what} must be a text that is not empty, got ${shown(name)}`);
  if (UNWRITABLE.test(name)) fail(`${what} ${shown(name)} must be text without lone surrogates and NUL`);
  return Buffer.byteLength(name) <= NAME_MAX_BYTES ? name : fail(`${what} is longer than ${NAME_MAX_BYTES} bytes`);
}

function textOption(options: Options, name: string, fail: Fail): string | undefined {
  const value = options[name];
  return value === undefined || typeof value === "string" ? value : fail(`${name} must be a text, got ${shown(value)}`);
}

/** The type of a field, with what was probably meant where it is none. */
function typeOf(field: unknown, fail: Fail): FieldType<unknown> {
  if (typeof field === "function") return fail(`expected a type, got a function; call it: ${field.name || "int64"}()`);
  if (typeof field !== "object" || field === null) return fail(`expected a type such as int64(), got ${shown(field)}`);
  const { kind } = field as FieldType<unknown>;
  return typeof kind === "string" && Object.hasOwn(typeTable, kind)
    ? (field as FieldType<unknown>)
    : fail("expected a type made by int64(), string() and the like");
}

function isOptionalField(field: unknown): field is OptionalField<unknown> {
  return typeof field === "object" && field !== null && Object.hasOwn(field, "optional");
}

function nullOf(field: unknown, type: ResolvedType, fail: Fail): Pick<FieldPlan, "nullValue"> {
  const nullValue = isOptionalField(field) ? field.nullValue : undefined;
  return nullValue === undefined ? {} : { nullValue: readNullValue(type, nullValue, fail) };
}

interface ReadField {
  readonly plan: Omit<FieldPlan, "fieldId">;
  readonly id: number | undefined;
  readonly texts: { readonly description: string | undefined; readonly unitOfMeasure: string | undefined };
}

function readField(name: string, field: unknown, file: ReadOptions, fail: Fail): ReadField {
  if (ARRAY_INDEX.test(name)) fail("a name of digits alone cannot keep its place among the columns; begin it with a letter");
  const isOptional = isOptionalField(field);
  if (isOptional) checkOptionNames(field, ["optional", "nullValue"], fail);
  const { kind, options } = typeOf(isOptional ? field.optional : field, fail);
  const rule: TypeRule = typeTable[kind as keyof typeof typeTable];
  checkOptionNames(options, [...rule.options, ...fieldOptions], fail);
  const type = rule.resolve(options, fail, isOptional);
  const own = readColumnOptions(options["parquet"], fieldColumnOptionNames, fail);
  const settings = columnSettings(own, file, type.column.physicalType, fail);
  return {
    plan: { name, isOptional, type, settings, ...nullOf(field, type, fail) },
    id: options["id"] === undefined ? undefined : integerOption(options, "id", 1, ID_MAX, fail),
    texts: { description: textOption(options, "description", fail), unitOfMeasure: textOption(options, "unitOfMeasure", fail) },
  };
}

function readFields(fields: unknown, file: ReadOptions, schema: string, fail: Fail): readonly ReadField[] {
  if (typeof fields !== "object" || fields === null) return fail(`fields must be an object of types, got ${shown(fields)}`);
  if (Array.isArray(fields)) return fail("fields must be an object of types, such as { price: int64() }, not a list");
  const entries = Object.entries(fields);
  if (entries.length === 0 || entries.length > FIELDS_MAX_COUNT) fail(`${entries.length} fields; a schema has 1 to ${FIELDS_MAX_COUNT}`);
  return entries.map(([name, field]) => readField(checkName(name, "the name of a field", fail), field, file, failFor(schema, name)));
}

/** As given, or counted from 1. */
function withIds(fields: readonly ReadField[], schema: string): readonly FieldPlan[] {
  const isNumbered = fields.some(({ id }) => id !== undefined);
  const seen = new Map<number, string>();
  return fields.map(({ plan, id }, index) => {
    const fail = failFor(schema, plan.name);
    if (isNumbered && id === undefined) fail("other fields have an id; give every field one, or none");
    const fieldId = id ?? index + 1;
    const twin = seen.get(fieldId);
    if (twin !== undefined) fail(`id ${fieldId} is also that of ${twin}; choose another`);
    seen.set(fieldId, plan.name);
    return { ...plan, fieldId };
  });
}

function readKeyValues(entries: unknown, fail: Fail): SchemaHead["keyValues"] {
  if (entries === undefined) return [];
  if (typeof entries !== "object" || entries === null) return fail(`keyValueMetadata must be an object of texts, got ${shown(entries)}`);
  return Object.entries(entries).map(([key, value]) => {
    if (key === "" || key.startsWith("pqflow:")) fail(`keyValueMetadata: the key ${shown(key)} is empty or begins with pqflow:`);
    return typeof value === "string" ? { key, value } : fail(`keyValueMetadata: ${key} must be a text, got ${shown(value)}`);
  });
}

function checkSize(layout: Layout, fail: Fail): void {
  if (layout.recordSizeBytes > RECORD_MAX_BYTES)
    fail(`the record has ${layout.recordSizeBytes} bytes, ${RECORD_MAX_BYTES} at most; shorten its longest fields`);
}

/**
 * Checks the definition and makes a schema whose records are typed by inference. Layout, checks and file are those of a generated class with the same fields.
 * Throws PqflowError INVALID_ARGUMENT that names the field and says what to do.
 */
export function defineSchema<const Shape extends Fields>(definition: SchemaDefinition<Shape>): Schema<Shape> {
  const options = checkOptionNames(definition, schemaOptions, failFor("definition"));
  const name = checkName(options["name"], "name", failFor("definition"));
  const fail = failFor(name);
  const file = readColumnOptions(options["parquet"], [...columnOptionNames, "sortingColumns"], fail);
  const fields = readFields(options["fields"], file, name, fail);
  checkFileEncoding(
    file,
    fields.map(({ plan }) => plan.type.column.physicalType),
    fail,
  );
  const layout = placeFields(withIds(fields, name));
  checkSize(layout, fail);
  const head: SchemaHead = {
    name,
    version: options["version"] === undefined ? 1 : integerOption(options, "version", 1, ID_MAX, fail),
    description: textOption(options, "description", fail),
    path: textOption(options, "path", fail),
    defaults: readDefaults(options["options"], fail),
    sortingColumns: readSortingColumns((options["parquet"] as Options | undefined)?.["sortingColumns"], layout.fields, fail),
    keyValues: readKeyValues(options["keyValueMetadata"], fail),
    texts: new Map(fields.map(({ plan, texts }) => [plan.name, texts])),
  };
  return new Schema<Shape>(describe(head, layout), layout);
}
