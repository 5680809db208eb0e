/** Smaller forms of a case, the boldest first. Fields, rows and cells stand apart, so that each can go without changing what the others mean. */
import type { RandomCase, RandomField } from "./case.js";
import type { YamlKeys } from "./types/model.js";

/** The list without one half, one quarter … one item. */
function withoutSlices<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const lists: (readonly Item[])[] = [];
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < items.length; start += size) lists.push([...items.slice(0, start), ...items.slice(start + size)]);
  }
  return lists;
}

function without(keys: YamlKeys, key: string): YamlKeys {
  return Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
}

function withoutDefault(field: RandomField): readonly RandomField[] {
  const isUsed = field.cells.some((cell) => cell?.isDefault === true);
  return field.defaultValue === undefined || isUsed ? [] : [{ ...field, defaultValue: undefined }];
}

/** Limits stay while there are wild values that lie outside of them. */
function smallerFields(field: RandomField, shortName: string): readonly RandomField[] {
  const isFree = (key: string): boolean => key === "description" || (key !== "parquet" && field.wild.length === 0);
  return [
    ...withoutSlices(field.cells)
      .filter((cells) => cells.length > 0)
      .map((cells) => ({ ...field, cells })),
    ...withoutSlices(field.wild).map((wild) => ({ ...field, wild })),
    ...withoutSlices(field.refused).map((refused) => ({ ...field, refused })),
    ...Object.keys(field.options)
      .filter(isFree)
      .map((key) => ({ ...field, options: without(field.options, key) })),
    ...("parquet" in field.options
      ? [{ ...field, options: without(field.options, "parquet"), codec: undefined, statistics: undefined }]
      : []),
    ...(field.typePlace === undefined ? [] : [{ ...field, typePlace: undefined }]),
    ...(field.typePlace === "deep" || field.typePlace === "included" ? [{ ...field, typePlace: "beside" } as const] : []),
    ...withoutDefault(field),
    ...(field.name === shortName ? [] : [{ ...field, name: shortName }]),
  ];
}

function smallerFiles(random: RandomCase): readonly RandomCase[] {
  const { rowCount, flushRow, blocks } = random;
  const rowCounts = [1, 2, Math.ceil(rowCount / 2), rowCount - 1].filter((count) => count >= 1 && count < rowCount);
  const freeBlocks = Object.keys(blocks).filter((key) => key !== "parquet");
  return [
    ...(random.baseFieldCount === 0 ? [] : [{ ...random, baseFieldCount: 0 }]),
    ...(flushRow === undefined ? rowCounts.map((count) => ({ ...random, rowCount: count })) : [{ ...random, flushRow: undefined }]),
    ...freeBlocks.map((key) => ({ ...random, blocks: without(blocks, key) })),
    ...("parquet" in blocks
      ? [{ ...random, blocks: without(blocks, "parquet"), isGivenAtOpen: true, fileCodec: undefined, hasStatistics: true, keyValues: [] }]
      : []),
  ];
}

const isRecord = (fields: readonly RandomField[]): boolean => fields.some(({ presence }) => presence.kind !== "constant");

const areNamesUnique = ({ fields }: RandomCase): boolean => new Set(fields.map(({ name }) => name)).size === fields.length;

export function smallerCases(random: RandomCase): readonly RandomCase[] {
  const { fields } = random;
  const fewer = withoutSlices(fields)
    .filter(isRecord)
    .map((kept) => ({ ...random, fields: kept }));
  const simpler = fields.flatMap((field, index) =>
    smallerFields(field, `f${index}`).map((smaller) => ({ ...random, fields: fields.with(index, smaller) })),
  );
  return [...fewer, ...smallerFiles(random), ...simpler.filter(areNamesUnique)];
}
