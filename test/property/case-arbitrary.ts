/** Random schemas with their records. What shrinks best stands apart: fields, cells, rows. */
import * as fc from "fast-check";
import type { Presence, RandomCase, RandomField, TypePlace } from "./case.js";
import { type Compression, compressions } from "./codecs.js";
import { fieldName } from "./names.js";
import type { Constant, Facts, RandomType, Value, YamlKeys } from "./types/model.js";
import { randomTypes } from "./types/table.js";

const FIELDS_MAX_COUNT = 24;
const ROWS_MAX_COUNT = 60;

/** Text that tries to leave its comment or literal. */
const hostileText = fc
  .array(fc.constantFrom("*/", "/*", "??/", "\\", "\n", "//", "@x", "<b>", "é", "😀", "%s", '"', "'", "`", "${x}", "\u202e", "word", " "), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join("x"));

function presenceOf({ sentinel, constant }: Facts): fc.Arbitrary<Presence> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<Presence>({ kind: "required" }) },
    { weight: 4, arbitrary: fc.constant<Presence>({ kind: "optional" }) },
    ...(sentinel === undefined
      ? []
      : [{ weight: 3, arbitrary: sentinel.map((value): Presence => ({ kind: "sentinel", sentinel: value })) }]),
    { weight: 1, arbitrary: constant.map((value): Presence => ({ kind: "constant", constant: value })) },
  );
}

/** Null and the default may stand anywhere, at either end included. */
function cellsOf(values: fc.Arbitrary<Value>, presence: Presence, defaultValue?: Constant): fc.Arbitrary<readonly (Value | null)[]> {
  if (presence.kind === "constant") return fc.constant([]);
  const left: Value | undefined = defaultValue === undefined ? undefined : { ...defaultValue.value, isDefault: true };
  const given = left === undefined ? values : fc.oneof({ weight: 2, arbitrary: values }, { weight: 1, arbitrary: fc.constant(left) });
  const cell = presence.kind === "required" ? given : fc.option(given, { freq: 3 });
  return fc.array(cell, { minLength: 1, maxLength: 9, size: "max" });
}

interface Limited {
  readonly options: YamlKeys;
  readonly wild: readonly Value[];
}

/** Limits that the clean cells touch; their neighbours outside are wild. */
function limitsOf({ limits }: Facts, presence: Presence, cells: readonly (Value | null)[], sides: readonly ("below" | "above")[]): Limited {
  const none: Limited = { options: {}, wild: [] };
  if (limits === undefined || presence.kind === "constant") return none;
  const isNull = (raw: Value["raw"]): boolean => presence.kind === "sentinel" && presence.sentinel.matches(raw as bigint);
  const numbers = cells.filter((cell): cell is Value => cell !== null && !isNull(cell.raw)).map(limits.numberOf);
  if (numbers.length === 0 || numbers.some((number) => typeof number === "number" && !Number.isFinite(number))) return none;
  const bounds = {
    below: numbers.reduce((least, number) => (number < least ? number : least)),
    above: numbers.reduce((most, number) => (number > most ? number : most)),
  };
  return {
    options: Object.fromEntries(sides.map((side) => [side === "below" ? "min_value" : "max_value", limits.yaml(bounds[side])])),
    wild: sides
      .map((side) => limits.outside(bounds[side], side))
      .filter((value): value is Value => value !== undefined && !isNull(value.raw)),
  };
}

function withoutSentinel(presence: Presence, cell: Value | null): Value | null {
  return cell !== null && presence.kind === "sentinel" && presence.sentinel.matches(cell.raw as bigint) ? null : cell;
}

interface Decoration {
  readonly name: string;
  readonly typePlace: TypePlace | undefined;
  readonly hasDefault: boolean;
  readonly description: string | undefined;
  readonly statistics: "none" | "chunk" | undefined;
  readonly compression: Compression | undefined;
  readonly sides: readonly ("below" | "above")[];
}

const decoration: fc.Arbitrary<Decoration> = fc.record({
  name: fieldName,
  typePlace: fc.constantFrom<TypePlace | undefined>("beside", "included", "deep", undefined, undefined, undefined),
  hasDefault: fc.integer({ min: 0, max: 2 }).map((draw) => draw === 2),
  description: fc.option(hostileText, { nil: undefined, freq: 1 }),
  statistics: fc.constantFrom<"none" | "chunk" | undefined>("none", "chunk", undefined, undefined),
  compression: fc.option(compressions, { nil: undefined, freq: 1 }),
  sides: fc.subarray(["below", "above"] as const),
});

function parquetKeys({ statistics, compression }: Decoration): YamlKeys {
  const keys = {
    ...(compression === undefined ? {} : { compression: compression.yaml }),
    ...(statistics === undefined ? {} : { statistics }),
  };
  const list = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
  return list.length === 0 ? {} : { parquet: `{${list.join(", ")}}` };
}

function fieldOf(type: RandomType, keys: YamlKeys): fc.Arbitrary<RandomField> {
  const any = type.facts(keys);
  return fc.tuple(presenceOf(any), fc.nat({ max: any.values.length - 1 }), decoration, any.constant).chain((drawn) => {
    const [presence, setIndex, decorated, stated] = drawn;
    const isNullable = presence.kind === "optional" || presence.kind === "sentinel";
    const { whenRequired = any } = any;
    const facts = isNullable ? any : whenRequired;
    const values = facts.values[setIndex] ?? fc.constant<Value>({ raw: 0n, file: null, isValid: false });
    const wild = facts.wild === undefined || presence.kind === "constant" ? fc.constant([]) : fc.array(facts.wild, { maxLength: 3 });
    const refused =
      facts.refused === undefined || presence.kind === "constant" ? fc.constant([]) : fc.array(facts.refused, { maxLength: 3 });
    const defaultValue = decorated.hasDefault && presence.kind !== "constant" ? stated : undefined;
    return fc.tuple(cellsOf(values, presence, defaultValue), wild, refused).map(([cells, wildCells, refusedValues]): RandomField => {
      const bounded = defaultValue === undefined ? cells : [...cells, defaultValue.value];
      // A default that is the sentinel is null, and must be inside of limits all the same.
      const isNullByDefault = defaultValue !== undefined && withoutSentinel(presence, defaultValue.value) === null;
      const limited = limitsOf(facts, presence, bounded, isNullByDefault ? [] : decorated.sides);
      return {
        name: decorated.name,
        type: type.name,
        keys,
        facts,
        presence,
        typePlace: decorated.typePlace ?? (facts === any ? undefined : "beside"),
        defaultValue,
        options: {
          ...limited.options,
          ...(decorated.description === undefined ? {} : { description: JSON.stringify(decorated.description) }),
          ...parquetKeys(decorated),
        },
        statistics: decorated.statistics,
        codec: decorated.compression?.codec,
        isBeyondDuckdb: facts.isBeyondDuckdb?.[setIndex] === true,
        // TypeScript refuses a sentinel that is given as a value and lies outside of limits.
        cells: Object.keys(limited.options).length === 0 ? cells : cells.map((cell) => withoutSentinel(presence, cell)),
        // Whether what C alone logs is inside of the limits is not known here.
        wild: Object.keys(limited.options).length === 0 ? wildCells : [...wildCells.filter(({ isValid }) => !isValid), ...limited.wild],
        refused: refusedValues,
      };
    });
  });
}

const field: fc.Arbitrary<RandomField> = fc
  .constantFrom(...randomTypes)
  .chain((type) => type.keys.map((keys) => [type, keys] as const))
  .chain(([type, keys]) => fieldOf(type, keys));

const layout: fc.Arbitrary<YamlKeys> = fc
  .record({
    packing: fc.constantFrom("natural", "packed", undefined, undefined),
    reorder: fc.constantFrom("true", "false", undefined),
    align: fc.constantFrom("8", "16", "64", "128", undefined, undefined),
  })
  .map((keys): YamlKeys => {
    const written = Object.entries(keys).filter(([, value]) => value !== undefined);
    return written.length === 0 ? {} : { layout: `{${written.map(([key, value]) => `${key}: ${String(value)}`).join(", ")}}` };
  });

const fileOptions = fc.record({
  rowCount: fc.integer({ min: 1, max: ROWS_MAX_COUNT }),
  flush: fc.option(fc.nat(), { nil: undefined, freq: 1 }),
  pageRows: fc.integer({ min: 1, max: 30 }),
  rowGroupRows: fc.integer({ min: 1, max: 70 }),
  isGivenAtOpen: fc.boolean(),
  compression: fc.option(compressions, { nil: undefined }),
  baseFieldCount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8 })),
  hasStatistics: fc.constantFrom(true, true, true, false),
  keyValues: fc.uniqueArray(
    fc.tuple(
      hostileText.filter((key) => key !== ""),
      hostileText,
    ),
    { maxLength: 3, selector: ([key]) => key },
  ),
  description: fc.option(hostileText, { nil: undefined, freq: 1 }),
  namespace: fc.constantFrom("a.b", "std_.x", undefined, undefined),
  layout,
});

/** A record has bytes only when a field is not a constant. */
const fields = fc
  .uniqueArray(field, { minLength: 1, maxLength: FIELDS_MAX_COUNT, size: "max", selector: ({ name }) => name })
  .filter((list) => list.some(({ presence }) => presence.kind !== "constant"));

export const randomCase: fc.Arbitrary<RandomCase> = fc.tuple(fields, fileOptions).map(([list, options]) => {
  const { rowCount, flush, pageRows, rowGroupRows, isGivenAtOpen, compression, hasStatistics, keyValues } = options;
  const parquet = [
    ...(isGivenAtOpen ? [] : [`data_page_rows: ${pageRows}`, `row_group: {rows: ${rowGroupRows}}`]),
    ...(compression === undefined ? [] : [`compression: ${compression.yaml}`]),
    ...(hasStatistics ? [] : ["statistics: none"]),
    ...(keyValues.length === 0
      ? []
      : [`key_value_metadata: {${keyValues.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(", ")}}`]),
  ];
  return {
    fields: list,
    baseFieldCount: options.baseFieldCount,
    blocks: {
      ...(options.description === undefined ? {} : { description: JSON.stringify(options.description) }),
      ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
      ...options.layout,
      ...(parquet.length === 0 ? {} : { parquet: `{${parquet.join(", ")}}` }),
    },
    rowCount,
    flushRow: flush === undefined || rowCount < 2 ? undefined : 1 + (flush % (rowCount - 1)),
    pageRows,
    rowGroupRows,
    isGivenAtOpen,
    fileCodec: compression?.codec,
    hasStatistics,
    keyValues,
  };
});
