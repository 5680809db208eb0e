/**
 * What the interop file must hold: the rules of test/runtime/tools/probe_columns.hpp stated a second time. Values are canonical strings: integers (decimals unscaled,
 * dates, times and timestamps in their unit, booleans 0 and 1) in decimal, floats as JavaScript prints them with "-0" and "NaN", text as it is, bytes in hexadecimal,
 * intervals as "months days milliseconds".
 */
export type Canonical = string | null;
export type Kind = "integer" | "floating" | "text" | "bytes" | "interval";
/** Which rows of the columns that can be null are. */
export const probeNulls = ["some", "none", "all", "runs"] as const;
export type Nulls = (typeof probeNulls)[number];
export type NullKind = "required" | "bit" | "sentinel" | "nan";

export interface ProbeColumn {
  readonly name: string;
  readonly kind: Kind;
  readonly value: (row: bigint, nulls: Nulls) => Canonical;
  /** Statistics of the chunk: null when it has no bounds. */
  readonly hasBounds: boolean;
  /** For times in nanoseconds, which some readers cut to microseconds. */
  readonly unit?: "ms" | "us" | "ns";
}

const mask64 = (1n << 64n) - 1n;
const golden = 0x9e3779b97f4a7c15n;

function mix(input: bigint): bigint {
  let x = input & mask64;
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & mask64;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & mask64;
  return x ^ (x >> 31n);
}

function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & mask64;
  return hash;
}

/** The value that h stands for. */
type Content = (h: bigint) => Canonical;

const signed =
  (bits: number): Content =>
  (h) =>
    BigInt.asIntN(bits, h).toString();
const unsigned =
  (bits: number): Content =>
  (h) =>
    BigInt.asUintN(bits, h).toString();

const printed = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

const floating =
  (round: (value: number) => number): Content =>
  (h) => {
    const special = [NaN, -0, 0, Infinity, -Infinity][Number(h % 16n)];
    return printed(special ?? round(Number(BigInt.asIntN(32, h >> 32n)) / 1024));
  };

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const half: Content = (h) => {
  const special = [NaN, -0, 0, Infinity, -Infinity][Number(h % 16n)];
  return printed(special ?? halfToNumber(Number((h >> 32n) & 0xffffn)));
};

const bytesOf = (h: bigint, size: number): string =>
  Array.from({ length: size }, (_, index) => (mix(h + BigInt(index)) & 0xffn).toString(16).padStart(2, "0")).join("");
const bytes =
  (size: number): Content =>
  (h) =>
    bytesOf(h, size);
const countedBytes =
  (room: number): Content =>
  (h) =>
    bytesOf(h, Number(h % BigInt(room + 1)));
/** Spaces at the end are padding. */
const paddedBytes =
  (width: number): Content =>
  (h) => {
    let kept = bytesOf(h, width);
    while (kept.endsWith("20")) kept = kept.slice(0, -2);
    return kept;
  };
const bson: Content = (h) => `0c000000106b00${Buffer.from(new Uint32Array([Number(h & 0xffffffffn)]).buffer).toString("hex")}00`;
const interval: Content = (h) => `${h % 1_200n} ${(h >> 16n) % 400n} ${(h >> 32n) % 86_400_000n}`;

const perSecond = { ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;

const dayNs = 86_400_000_000_000n;
/** In nanoseconds since 1970, as timestamps are. */
const int96: Content = (h) => (((h % 40_000n) - 20_000n) * dayNs + (mix(h + 2n) % dayNs)).toString();
const timestamp =
  (unit: keyof typeof perSecond): Content =>
  (h) =>
    ((h % (4_000_000_000n * perSecond[unit])) - 1_000_000_000n * perSecond[unit]).toString();

/** Letters; a byte that is no UTF-8 is written as a question mark. */
function letters(h: bigint, length: number): string {
  const text = Array.from({ length }, (_, index) => String.fromCharCode(65 + Number(mix(h + BigInt(index) + 1n) % 26n)));
  if (h % 53n === 0n && length > 0) text[0] = "?";
  else if (h % 7n === 0n && length >= 2) text.splice(0, 2, "é");
  return text.join("");
}

const padded =
  (width: number): Content =>
  (h) =>
    letters(h, Number(h % BigInt(width + 1)));
const counted =
  (room: number): Content =>
  (h) =>
    letters(h, Math.min(Number(h % BigInt(room + 3)), room));

const decimal =
  (precision: number): Content =>
  (h) => {
    const limit = 10n ** BigInt(precision);
    return ((h % (2n * limit - 1n)) - (limit - 1n)).toString();
  };
const fixedDecimal: Content = (h) => (BigInt.asIntN(64, h) >> (mix(h + 1n) % 64n)).toString();

/** Four of five codes have names; the fifth is written as null, or as the empty text where null cannot be. */
const enumName =
  (isOptional: boolean): Content =>
  (h) =>
    ["buy", "sell", "hold until cancelled", "buy", isOptional ? null : ""][Number(h % 5n)] ?? null;
/** A column of codes keeps an unknown code where null cannot be. */
const enumCode =
  (isOptional: boolean): Content =>
  (h) =>
    ["1", "2", "100", "1", isOptional ? null : "77"][Number(h % 5n)] ?? null;

interface Rule {
  readonly name: string;
  readonly kind: Kind;
  readonly content: (isOptional: boolean) => Content;
  /** Canonical form of the sentinel; absent where the type has none. */
  readonly sentinel?: string;
  /** False for types without an order. */
  readonly hasBounds?: boolean;
  readonly unit?: ProbeColumn["unit"];
}

const constantRule = (name: string, kind: Kind, value: string, hasBounds = true): ProbeColumn => ({
  name,
  kind,
  value: () => value,
  hasBounds,
});

function sentinelOf(bits: number, isSigned: boolean): string {
  const pattern = 0x8bn << BigInt(bits - 8);
  return (isSigned ? BigInt.asIntN(bits, pattern) : pattern).toString();
}

const integerRules: readonly Rule[] = [8, 16, 32, 64].flatMap((bits) => [
  { name: `int${bits}`, kind: "integer", content: () => signed(bits), sentinel: sentinelOf(bits, true) } as const,
  { name: `uint${bits}`, kind: "integer", content: () => unsigned(bits), sentinel: sentinelOf(bits, false) } as const,
]);

const enumRules: readonly Rule[] = [8, 16, 32, 64].flatMap((bits) =>
  [`enum_int${bits}`, `enum_uint${bits}`].map(
    (name) => ({ name, kind: "text", content: enumName, sentinel: "no code of the table" }) as const,
  ),
);

const codeRules: readonly Rule[] = [8, 16, 32, 64].flatMap((bits) =>
  [`code_int${bits}`, `code_uint${bits}`].map(
    (name) => ({ name, kind: "integer", content: enumCode, sentinel: "no code of the table" }) as const,
  ),
);

const rules: readonly Rule[] = [
  { name: "bool", kind: "integer", content: () => (h) => (h % 97n === 0n ? "1" : (h & 1n).toString()), sentinel: "0x8b" },
  ...integerRules,
  { name: "float", kind: "floating", content: () => floating(Math.fround), sentinel: "-2.465190328815662e-32" },
  { name: "double", kind: "floating", content: () => floating((value) => value), sentinel: "-2.8480945388892178e-255" },
  { name: "float16", kind: "floating", content: () => half, sentinel: String(halfToNumber(0x8b00)) },
  ...[1, 3, 8, 16, 20].map((width) => ({ name: `text${width}`, kind: "text", content: () => padded(width) }) as const),
  { name: "counted8", kind: "text", content: () => counted(12) },
  { name: "counted16", kind: "text", content: () => counted(200) },
  { name: "json", kind: "text", content: () => (h) => `{"k":${h % 1000n}}` },
  { name: "fixed5", kind: "bytes", content: () => bytes(5) },
  { name: "uuid", kind: "bytes", content: () => bytes(16) },
  { name: "binary", kind: "bytes", content: () => countedBytes(12) },
  { name: "bson", kind: "bytes", content: () => bson },
  { name: "padded_bytes", kind: "bytes", content: () => paddedBytes(6) },
  ...["", "byte_"].flatMap((prefix): readonly Rule[] => [
    { name: `${prefix}decimal9`, kind: "integer", content: () => decimal(9), sentinel: sentinelOf(32, true) },
    { name: `${prefix}decimal18`, kind: "integer", content: () => decimal(18), sentinel: sentinelOf(64, true) },
    { name: `${prefix}decimal20`, kind: "integer", content: () => fixedDecimal },
    { name: `${prefix}decimal38`, kind: "integer", content: () => fixedDecimal },
  ]),
  { name: "int96", kind: "integer", content: () => timestamp("ns"), sentinel: sentinelOf(64, true), hasBounds: false, unit: "ns" },
  { name: "int96_bytes", kind: "integer", content: () => int96, hasBounds: false, unit: "ns" },
  { name: "interval", kind: "interval", content: () => interval, hasBounds: false },
  { name: "date", kind: "integer", content: () => (h) => ((h % 200_000n) - 100_000n).toString(), sentinel: sentinelOf(32, true) },
  ...enumRules,
  ...codeRules,
];

function isNull(nulls: Nulls, h: bigint, row: bigint): boolean {
  if (nulls === "some") return mix(h) % 5n === 0n;
  return nulls === "runs" ? (row / 230n) % 2n === 1n : nulls === "all";
}

/** The value of a sentinel is null too, whoever wrote it; here none of the contents ever is one unless the table says so. */
function columnOf({ name, kind, content, sentinel, hasBounds = true, unit }: Rule, nullKind: NullKind): ProbeColumn {
  const fullName = `${name}_${nullKind}`;
  const seed = fnv1a(fullName);
  const valueOf = content(nullKind !== "required");
  const value = (row: bigint, nulls: Nulls): Canonical => {
    const h = mix(seed + row * golden);
    if (nullKind !== "required" && isNull(nulls, h, row)) return null;
    const raw = valueOf(h);
    return nullKind === "sentinel" && raw === sentinel ? null : raw;
  };
  return { name: fullName, kind, value, hasBounds, ...(unit === undefined ? {} : { unit }) };
}

function timeColumns(): readonly ProbeColumn[] {
  const column = (name: string, unit: keyof typeof perSecond, content: Content): ProbeColumn => {
    const seed = fnv1a(name);
    return { name, kind: "integer", value: (row) => content(mix(seed + row * golden)), hasBounds: true, unit };
  };
  return (["ms", "us", "ns"] as const).flatMap((unit) =>
    ["local", "utc"].flatMap((zone) => [
      column(`time_${unit}_${zone}`, unit, (h) => (h % (86_400n * perSecond[unit])).toString()),
      column(`timestamp_${unit}_${zone}`, unit, timestamp(unit)),
    ]),
  );
}

function specialColumns(): readonly ProbeColumn[] {
  const from = (name: string, kind: Kind, content: Content, hasBounds = true): ProbeColumn => {
    const seed = fnv1a(name);
    return { name, kind, value: (row) => content(mix(seed + row * golden)), hasBounds };
  };
  const nanIsNull =
    (content: Content): Content =>
    (h) => {
      const value = content(h);
      return value === "NaN" ? null : value;
    };
  return [
    from("float_nan", "floating", nanIsNull(floating(Math.fround))),
    from("double_nan", "floating", nanIsNull(floating((value) => value))),
    from("float16_nan", "floating", nanIsNull(half)),
    columnOf({ name: "unknown_name", kind: "text", content: enumName }, "bit"),
    columnOf({ name: "unknown_code", kind: "integer", content: enumCode }, "bit"),
    from("nan_only_required", "floating", () => "NaN", false),
    from("absent_bit", "integer", () => null, false),
    from("bare_required", "integer", signed(64), false),
    from("uncompressed_required", "integer", signed(64)),
  ];
}

const constants: readonly ProbeColumn[] = [
  constantRule("constant_bool", "integer", "1"),
  constantRule("constant_int32", "integer", "-7"),
  constantRule("constant_int64", "integer", "123456789"),
  constantRule("constant_float", "floating", "1.5"),
  constantRule("constant_double", "floating", "-2.5"),
  constantRule("constant_text", "text", "XNAS"),
  constantRule("constant_fixed", "bytes", "6162636465"),
  constantRule("constant_decimal", "integer", "-129"),
  constantRule("constant_float16", "floating", "-1.5"),
  constantRule("constant_interval", "interval", "1 2 3", false),
];

export const probeColumns: readonly ProbeColumn[] = [
  ...rules.flatMap((rule) =>
    (["required", "bit", ...(rule.sentinel === undefined ? [] : ["sentinel"])] as readonly NullKind[]).map((nullKind) =>
      columnOf(rule, nullKind),
    ),
  ),
  ...timeColumns(),
  ...specialColumns(),
  ...constants,
];

/** All rows of a column. */
export const expectedValues = (column: ProbeColumn, rows: number, nulls: Nulls = "some"): readonly Canonical[] =>
  Array.from({ length: rows }, (_, row) => column.value(BigInt(row), nulls));

export function compareIn(kind: Kind, left: string, right: string): number {
  if (kind === "integer") return BigInt(left) < BigInt(right) ? -1 : BigInt(left) > BigInt(right) ? 1 : 0;
  if (kind === "floating") return Number(left) - Number(right);
  return kind === "text" ? Buffer.compare(Buffer.from(left), Buffer.from(right)) : left < right ? -1 : left > right ? 1 : 0;
}

export interface ExpectedStatistics {
  readonly nulls: number;
  readonly min: Canonical;
  readonly max: Canonical;
}

/** Bounds in the column's order: NaNs have no place in it, a smallest zero is -0, a largest one 0. */
export function expectedStatistics({ kind, hasBounds }: ProbeColumn, values: readonly Canonical[]): ExpectedStatistics {
  const ordered = values
    .filter((value): value is string => value !== null && value !== "NaN")
    .sort((left, right) => compareIn(kind, left, right));
  const withZeroSign = (value: string | undefined, zero: string): Canonical =>
    value === undefined || !hasBounds ? null : kind === "floating" && Number(value) === 0 ? zero : value;
  return {
    nulls: values.filter((value) => value === null).length,
    min: withZeroSign(ordered[0], "-0"),
    max: withZeroSign(ordered.at(-1), "0"),
  };
}
