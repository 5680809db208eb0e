/** Schemas that must compile everywhere: between them they use every type, presence, layout option and every kind of awkward name or text. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadSchema } from "../../generator/src/load.js";
import type { GeneratedFile } from "../../generator/src/output/model.js";
import { planC } from "../../generator/src/plan/c.js";
import type { CPlan } from "../../generator/src/plan/c-model.js";
import { renderC } from "../../generator/src/render/c.js";
import { nestedSchemas } from "./nested-schemas.js";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

export interface FixedSchema {
  readonly name: string;
  readonly text: string;
}

const simpleTypes: readonly (readonly [name: string, keys: string])[] = [
  ["flag", "type: bool"],
  ["i8", "type: int8, min_value: -100"],
  ["i16", "type: int16, max_value: 30000"],
  ["i32", "type: int32"],
  ["i64", "type: int64, min_value: -9223372036854775808"],
  ["u8", "type: uint8"],
  ["u16", "type: uint16, min_value: 1, max_value: 9"],
  ["u32", "type: uint32, max_value: 4294967295"],
  ["u64", "type: uint64, max_value: 18446744073709551615"],
  ["f16", "type: float16, min_value: -1.5, max_value: 65504"],
  ["f32", "type: float, min_value: -1.5"],
  ["f64", "type: double, min_value: 0, max_value: 1.0e+300"],
  ["dec9", "type: decimal, precision: 9, scale: 2"],
  ["dec18", "type: decimal, precision: 18, scale: 9, min_value: 0"],
  ["dec38", "type: decimal, precision: 38, scale: 10"],
  ["dec4_bytes", "type: decimal, precision: 4, stored_as: BYTE_ARRAY"],
  ["dec18_bytes", "type: decimal, precision: 18, scale: 2, stored_as: BYTE_ARRAY"],
  ["dec30_bytes", "type: decimal, precision: 30, scale: 2, stored_as: BYTE_ARRAY"],
  ["day", "type: date"],
  ["time_ms", "type: time, unit: ms"],
  ["time_us", "type: time, unit: us, utc: true"],
  ["stamp_ns", "type: timestamp, unit: ns, utc: true"],
  ["stamp_ms", "type: timestamp, unit: ms"],
  ["legacy", "type: int96, min_value: 0"],
  ["term", "type: interval"],
  ["padded", "type: string, length: 7, pad: space"],
  ["padded_ascii", "type: string, length: 3, charset: ascii"],
  ["short_text", "type: string, max_length: 23"],
  ["ascii_text", "type: string, max_length: 9, charset: ascii"],
  ["full_text", "type: string, max_length: 255"],
  ["long_text", "type: string, max_length: 301"],
  ["document", "type: json, max_length: 64"],
  ["packet", "type: bson, max_length: 64"],
  ["blob", "type: bytes, max_length: 11"],
  ["long_blob", "type: bytes, max_length: 301"],
  ["raw", "type: fixed, length: 5"],
  ["session", "type: uuid"],
  ["side", "type: Side"],
  ["venue", "type: Venue"],
  ["wide_code", "type: WideCode"],
  ["listed_code", "type: ListedCode"],
  ["flags8", "type: Flags8"],
  ["flags16", "type: Flags16"],
  ["flags32", "type: Flags32"],
  ["flags64", "type: Flags64"],
];

const sentinels: Readonly<Record<string, string>> = {
  i8: "-128",
  i16: "-32768",
  i32: "-2147483648",
  i64: "-9223372036854775808",
  u8: "255",
  u16: "65535",
  u32: "4294967295",
  u64: "18446744073709551615",
  f16: "-0.5",
  f32: ".nan",
  f64: "-1.0",
  dec9: "2147483647",
  dec18: "9223372036854775807",
  dec18_bytes: "9223372036854775807",
  legacy: "-9223372036854775808",
  day: "2147483647",
  time_ms: "-1",
  time_us: "-1",
  stamp_ns: "9223372036854775807",
  stamp_ms: "0",
  side: '"0"',
  venue: "7",
  wide_code: "-1",
  listed_code: "-1",
};

const constants: Readonly<Record<string, string>> = {
  flag: "true",
  i64: "-5",
  u64: "18446744073709551615",
  f16: "0.1",
  f32: "0.5",
  f64: "2.5",
  dec9: "-5",
  dec18: "7",
  dec4_bytes: "-129",
  dec30_bytes: "0",
  time_ms: "5",
  stamp_ns: "-1",
  legacy: "9223372036854775807",
  term: "{months: 1, days: 2, milliseconds: 4294967295}",
  short_text: 'a "quote" ??/',
  ascii_text: "''",
  document: "'[]'",
  packet: "0x0500000000",
  blob: "0x00ff3f3f2f",
  session: "123e4567-e89b-12d3-a456-426614174000",
  venue: "xnas",
  listed_code: "low",
  flags16: "32768",
  flags64: "9223372036854775809",
  dec38: "-170000000000000000000000000000",
  padded: "XNAS",
  raw: "XNASX",
  day: "19000",
  side: "bid",
};

const namedTypes = `types:
  Side:
    type: enum
    storage: char
    stored_as: name
    values:
      - {name: bid, value: "B", description: Buy side.}
      - {name: ask, value: "A"}
      - {name: EOF, value: "'"}
      - {name: default, value: "?"}
  Venue:
    type: enum
    storage: uint16
    stored_as: code
    values: [{name: xnas, value: 0}, {name: "NULL", value: 65535}]
  WideCode:
    type: enum
    storage: int64
    stored_as: name
    values: [{name: low, value: -9223372036854775808}, {name: zero, value: 0}, {name: high, value: 9223372036854775807}]
  ListedCode:
    type: enum
    storage: int16
    stored_as: code
    unknown: reject
    values: [{name: low, value: -32768}, {name: zero, value: 0}]
  Optional: {type: enum, storage: uint32, unknown: "null", values: [{name: one, value: 1}]}
  Flags8: {type: set, storage: uint8, values: [{name: first, bit: 0}, {name: last, bit: 7}]}
  Flags16: {type: set, storage: uint16, values: [{name: first, bit: 0, description: The first.}, {name: last, bit: 15}]}
  Flags32: {type: set, storage: uint32, values: [{name: first, bit: 0}, {name: last, bit: 31}]}
  Flags64: {type: set, storage: uint64, values: [{name: first, bit: 0}, {name: last, bit: 63}]}
`;

function head(name: string): string {
  return `pqflow: 1\nname: ${name}\nversion: 1\n`;
}

function fieldList(fields: readonly string[]): string {
  return `fields:\n${fields.map((field, index) => `  - {id: ${index + 1}, ${field}}\n`).join("")}`;
}

function constantAndDefaults(name: string, keys: string, value: string): readonly string[] {
  return [
    `name: ${name}_always, ${keys}, presence: constant, value: ${value}`,
    `name: ${name}_given, ${keys}, default_value: ${value}`,
    `name: ${name}_given_bit, ${keys}, presence: optional, default_value: ${value}`,
    ...(name in sentinels
      ? [`name: ${name}_given_null, ${keys}, presence: optional, null_value: ${sentinels[name] ?? ""}, default_value: ${value}`]
      : []),
  ];
}

const unknownAsNull = [
  "name: optional_code, type: Optional, presence: optional",
  "name: optional_code_null, type: Optional, presence: optional, null_value: 0",
  'name: optional_number, type: enum, storage: int64, stored_as: code, unknown: "null", values: [{name: one, value: 1}], presence: optional',
];

function everyTypeFields(): readonly string[] {
  return [
    ...unknownAsNull,
    ...simpleTypes.flatMap(([name, keys]) => [
      `name: ${name}, ${keys}`,
      `name: ${name}_bit, ${keys}, presence: optional`,
      ...(name in sentinels ? [`name: ${name}_null, ${keys}, presence: optional, null_value: ${sentinels[name] ?? ""}`] : []),
      ...(name in constants ? constantAndDefaults(name, keys, constants[name] ?? "") : []),
    ]),
  ];
}

const tortureNames = (
  "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield compl complex " +
  "concept const const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum errno explicit export extern " +
  "false float for goto if inline int linux long math_errhandling mutable namespace new noexcept noreturn not not_eq nullptr operator or or_eq private " +
  "protected public register reinterpret_cast requires return s6_addr s6_addr16 s6_addr32 sa_handler sa_sigaction short si_addr si_addr_lsb si_arch " +
  "si_band si_call_addr si_fd si_int si_lower si_overrun si_pid si_pkey si_ptr si_status si_stime si_syscall si_timerid si_uid si_upper si_utime " +
  "si_value sigev_notify_attributes sigev_notify_function signed sizeof st_atime st_ctime st_mtime static static_assert static_cast struct switch " +
  "template this thread_local throw true try typedef typeid typename typeof union unix unsigned using virtual void volatile wchar_t while xor xor_eq"
).split(" ");

/** Names of generated functions, types, members, parameters and of what generated code uses. */
const collidingNames = (
  "valid lane record sink slot pad0 pad1 typed_lane sink_ text bytes value field log log_fields log_fields_length_bytes reserve commit flush close stats " +
  "handle torture torture_record torture_lane torture_sink torture_log torture_set_class set_class clear_class has_class int64_t uint8_t size_t memcpy " +
  "std pqflow pqflow_lane index time read signgam timezone optarg stdin stdout major minor restrict " +
  "class_ class_length_bytes text_length_bytes a__b a_b columns row_index first_record class_values class_valid main i386"
).split(" ");

const tortureTypes = [
  "type: int64",
  "type: string, max_length: 9",
  "type: int32, presence: optional",
  "type: string, length: 6, pad: space, presence: optional",
  "type: double, presence: optional, null_value: .nan",
  "type: fixed, length: 3",
  "type: float16",
  "type: bytes, max_length: 3, presence: optional",
  "type: enum, storage: int8, stored_as: code, values: [{name: class, value: 1}, {name: errno, value: 2}, {name: SIGINT, value: 3}]",
  "type: set, storage: uint8, values: [{name: has, bit: 0}, {name: xor, bit: 1}]",
];

const tortureText =
  head("torture") +
  "namespace: torture_sink.std\n" +
  fieldList(
    [...tortureNames, ...collidingNames].map((name, index) => `name: "${name}", ${tortureTypes[index % tortureTypes.length] ?? ""}`),
  );

const hostile = JSON.stringify(
  'End */ int x; /* start ??/ \\ and \\\\\n\\input @param <b> &#42; &lt; ??> \u202e reversed \u2066 isolate \u0007 bell \u00e9 \ud83d\ude00 "quote" %s // #define X ' +
    "clang-format off " +
    "y".repeat(300) +
    " */*/*/ ends in backslash \\",
);

const hostileText = `${head("hostile")}description: ${hostile}
fields:
  - {name: a, id: 1, type: int64, description: ${hostile}, unit_of_measure: ${hostile}, semantic_type: ${hostile}}
  - name: b
    id: 2
    type: enum
    storage: int32
    values: [{name: one, value: 1, description: ${hostile}}]
    deprecated: {since_version: 1, note: ${hostile}}
  - {name: c, id: 3, type: string, length: 40, presence: constant, value: '"); system("true") ??/ é'}
  - {name: d, id: 4, type: set, storage: uint8, values: [{name: one, bit: 1, description: ${hostile}}]}
parquet:
  key_value_metadata:
    ${hostile}: ${hostile}
    "*/": "\\")"
    long: "${"0123456789".repeat(900)}"
sink:
  file:
    path: "'\\"?? ${"p".repeat(200)}-{seq}.parquet"
`;

const wideText =
  head("wide") +
  fieldList(Array.from({ length: 70 }, (_, index) => `name: column_${index}, type: ${index % 2 === 0 ? "int64" : "double"}`));

/** Names near the longest: their lines are broken at every place where generated C can break. */
const longName = "n".repeat(44);
const longNamesText =
  head(`s${"c".repeat(44)}`) +
  fieldList([
    `name: ${longName}_a, type: int64, min_value: 3, presence: optional`,
    `name: ${longName}_b, type: string, max_length: 15, presence: optional`,
    `name: ${longName}_c, type: string, length: 15, pad: space`,
    `name: ${longName}_d, type: Side, presence: optional`,
    `name: ${longName}_e, type: Flags64`,
    `name: ${longName}_f, type: decimal, precision: 38, scale: 2, presence: optional`,
    `name: ${longName}_g, type: double, min_value: 0.5, presence: optional, null_value: -1.0`,
    `name: ${longName}_h, type: fixed, length: 100, presence: constant, value: "${"v".repeat(100)}"`,
  ]) +
  namedTypes;

const fileOptionsText = `${head("file_options")}${fieldList([
  "name: at, type: int64",
  "name: word, type: string, max_length: 9, presence: optional, parquet: {bloom_filter: {fpp: 0.001, ndv: 500}}",
])}parquet:
  profile: fast
  dictionary: false
  sorting_columns: [{field: at, descending: true}, {field: word, nulls_first: true}]
`;

export const fixedSchemas: readonly FixedSchema[] = [
  { name: "orders", text: readFileSync(`${repository}schemas/orders.yaml`, "utf8") },
  { name: "every_type", text: `${head("every_type")}namespace: md.feed\n${namedTypes}${fieldList(everyTypeFields())}` },
  { name: "packed", text: `${head("packed")}${namedTypes}${fieldList(everyTypeFields())}layout: {packing: packed, reorder: false}\n` },
  { name: "declared_order", text: `${head("declared_order")}${namedTypes}${fieldList(everyTypeFields())}layout: {reorder: false}\n` },
  { name: "aligned", text: `${head("aligned")}${namedTypes}${fieldList(everyTypeFields())}layout: {align: 64}\n` },
  {
    name: "packed_aligned",
    text: `${head("packed_aligned")}${namedTypes}${fieldList(everyTypeFields())}layout: {packing: packed, align: 32}\n`,
  },
  { name: "torture", text: tortureText },
  { name: "hostile", text: hostileText },
  { name: "wide", text: wideText },
  { name: "long_names", text: longNamesText },
  { name: "beats", text: readFileSync(`${repository}test/compile/programs/beats.yaml`, "utf8") },
  { name: "file_options", text: fileOptionsText },
  { name: "pqflow", text: head("pqflow") + fieldList(["name: pqflow, type: int8"]) },
  { name: "class", text: head("class") + fieldList(["name: class, type: int8, presence: optional"]) },
  ...nestedSchemas(
    namedTypes,
    simpleTypes.map(([name, keys]) => ({ name, keys, sentinel: sentinels[name] })),
  ),
];

export interface GeneratedC {
  readonly plan: CPlan;
  readonly header: GeneratedFile;
  readonly source: GeneratedFile;
}

export function generateC(text: string): GeneratedC {
  const { schema, layout, diagnostics } = loadSchema({ path: "schema.yaml", text });
  if (schema === undefined || layout === undefined) {
    throw new Error(diagnostics.map((diagnostic) => `${diagnostic.code} ${diagnostic.message}`).join("\n"));
  }
  const plan = planC(schema, layout);
  const [header, source] = renderC(plan);
  if (header === undefined || source === undefined) {
    throw new Error("a header and a source are expected");
  }
  return { plan, header, source };
}
