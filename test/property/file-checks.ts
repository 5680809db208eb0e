/** What a finished file must say of itself: schema elements, row groups, codecs, key-values. Answers findings. */
import type { FileMetaData, SchemaElement } from "hyparquet";
import type { RandomCase, RandomField } from "./case.js";

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "undefined";

function differs(what: string, found: unknown, wanted: unknown): readonly string[] {
  return shown(found) === shown(wanted) ? [] : [`${what} is ${shown(found)}, not ${shown(wanted)}`];
}

function checkElement(field: RandomField, id: number, element: SchemaElement): readonly string[] {
  const isOptional = field.presence.kind === "optional" || field.presence.kind === "sentinel";
  const wanted: Readonly<Record<string, unknown>> = {
    name: field.name,
    field_id: id,
    repetition_type: isOptional ? "OPTIONAL" : "REQUIRED",
    ...field.facts.column.element,
  };
  return Object.entries(wanted).flatMap(([key, value]) =>
    differs(`${field.name}: ${key}`, sorted((element as unknown as Record<string, unknown>)[key]), sorted(value)),
  );
}

/** Order of keys has no meaning. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

export function checkMetadata(random: RandomCase, metadata: FileMetaData, name: string, rowCount: number): readonly string[] {
  const { fields, rowGroupRows, keyValues } = random;
  const groupRows = Array.from({ length: Math.ceil(rowCount / rowGroupRows) }, (_, index) =>
    Math.min(rowGroupRows, rowCount - index * rowGroupRows),
  );
  const written = metadata.key_value_metadata?.filter(({ key }) => !key.startsWith("pqflow:")).map(({ key, value }) => [key, value]);
  return [
    ...differs("root", metadata.schema[0]?.name, name),
    ...differs("columns", metadata.schema.length - 1, fields.length),
    ...fields.flatMap((field, index) => checkElement(field, index + 1, metadata.schema[index + 1] ?? { name: "missing" })),
    ...differs(
      "rows of the row groups",
      metadata.row_groups.map((group) => Number(group.num_rows)),
      groupRows,
    ),
    ...differs("key-values", written ?? [], keyValues),
    ...metadata.row_groups.flatMap((group) => checkChunks(random, group)),
  ];
}

function checkChunks({ fields, fileCodec, pageRows }: RandomCase, group: FileMetaData["row_groups"][number]): readonly string[] {
  return fields.flatMap((field, index) => {
    const chunk = group.columns[index]?.meta_data;
    const pages = chunk?.encoding_stats?.filter(({ page_type: type }) => type === "DATA_PAGE").reduce((sum, { count }) => sum + count, 0);
    return [
      // A chunk that its codec would hardly make smaller stays as it is.
      ...(chunk?.codec === "UNCOMPRESSED" ? [] : differs(`${field.name}: codec`, chunk?.codec, field.codec ?? fileCodec ?? "ZSTD")),
      ...differs(`${field.name}: pages`, pages, Math.ceil(Number(group.num_rows) / pageRows)),
    ];
  });
}
