/** Checks of limits after a value was stored: those of the type and those of the schema. The slot is not published before they pass. */
import type { FieldType, TimeUnit } from "../schema/model.js";
import { numberText, stringText } from "./typescript-literals.js";
import type { StoreContext, StoredValue } from "./typescript-places.js";
import { isWideInteger } from "./typescript-types.js";

interface Limit {
  readonly operator: "<" | ">";
  readonly bound: bigint | number;
  readonly problem: string;
}

const dayTicks: Readonly<Record<TimeUnit, bigint>> = { ms: 86_400_000n, us: 86_400_000_000n, ns: 86_400_000_000_000n };

function bothSides(low: bigint, high: bigint, problem: string): readonly Limit[] {
  return [
    { operator: "<", bound: low, problem },
    { operator: ">", bound: high, problem },
  ];
}

function typeLimits(type: FieldType): readonly Limit[] {
  if (type.kind === "time") return bothSides(0n, dayTicks[type.unit] - 1n, "not a time of day");
  if (type.kind !== "decimal" || type.storage === "fixed") return [];
  const largest = 10n ** BigInt(type.precision) - 1n;
  return bothSides(-largest, largest, `beyond the digits of decimal(${type.precision}, ${type.scale})`);
}

/** NaN is on neither side of a bound: it must be said to be inside, as in C. */
const inside = { "<": ">=", ">": "<=" } as const;

/** A number is a safe integer by then: it cannot pass a bound outside of those, and comparing it with a bigint would be slow. */
function condition(text: string, { operator, bound }: Limit, type: FieldType): string {
  const isOutside =
    typeof bound === "bigint" && (operator === ">" ? bound > BigInt(Number.MAX_SAFE_INTEGER) : bound < BigInt(Number.MIN_SAFE_INTEGER));
  if (type.kind === "float16" || type.kind === "float" || type.kind === "double")
    return `!(${text} ${inside[operator]} ${numberText(bound)})`;
  const comparison = `${text} ${operator} ${numberText(bound)}`;
  return isOutside && isWideInteger(type) ? `typeof ${text} === "bigint" && ${comparison}` : comparison;
}

export function limitStatements(node: StoredValue, text: string, { imports, label }: StoreContext): readonly string[] {
  const { minValue, maxValue, type } = node.field;
  const limits: readonly Limit[] = [
    ...typeLimits(type),
    ...(minValue === undefined ? [] : [{ operator: "<", bound: minValue, problem: `below min_value ${minValue}` } as const]),
    ...(maxValue === undefined ? [] : [{ operator: ">", bound: maxValue, problem: `above max_value ${maxValue}` } as const]),
  ];
  return limits.flatMap((limit) => [
    `if (${condition(text, limit, type)}) {`,
    `  throw ${imports.use("limitError")}(${stringText(label(node.field))}, ${text}, ${stringText(limit.problem)});`,
    "}",
  ]);
}
