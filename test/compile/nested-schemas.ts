/** Nested schemas that must compile everywhere: every type at every place, awkward names inside, each option of the layout. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface NestedSchema {
  readonly name: string;
  readonly text: string;
}

export interface TypeUnderTest {
  readonly name: string;
  readonly keys: string;
  /** As written in the schema; undefined where null is a bit. */
  readonly sentinel: string | undefined;
}

function nestedCase(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../generator/cases/valid/${name}/schema.yaml`, import.meta.url)), "utf8");
}

/** A list of each type, of its nulls, a map to it, a map from it, and a struct of it. */
function fieldsOf({ name, keys, sentinel }: TypeUnderTest): readonly string[] {
  const optional = `${keys}, presence: optional`;
  return [
    `name: ${name}_list, type: list, of: {${keys}}, max_count: 3`,
    `name: ${name}_bits, type: list, of: {${optional}}, max_count: 2, presence: optional`,
    ...(sentinel === undefined ? [] : [`name: ${name}_nulls, type: list, of: {${optional}, null_value: ${sentinel}}, max_count: 2`]),
    `name: ${name}_values, type: map, key: uint8, value: {${optional}}, max_count: 2`,
    `name: ${name}_keys, type: map, key: {${keys}}, value: bool, max_count: 2, presence: optional`,
    `name: ${name}_struct, type: struct, fields: [{name: a, ${keys}}, {name: b, ${optional}}]`,
    `name: ${name}_maybe, type: struct, presence: optional, fields: [{name: a, ${keys}}]`,
  ];
}

const tortureFields = [
  "class",
  "int",
  "valid",
  "record",
  "item",
  "element",
  "elements",
  "count",
  "value",
  "text",
  "bytes",
  "pad0",
  "errno",
  "a_count",
];
const tortureTypes = [
  "int64",
  "{type: string, max_length: 9}",
  "{type: int32, presence: optional}",
  "Record",
  "uuid",
  "{type: double, presence: optional, null_value: .nan}",
];

/** Names that the generated functions, types and their locals have. */
function tortureText(): string {
  const members = tortureFields.map((name) => `{name: "${name}", type: int16, presence: optional}`).join(", ");
  const lists = tortureFields.map(
    (name, index) =>
      `  - {name: "${name}", id: ${index + 1}, type: list, of: ${tortureTypes[index % tortureTypes.length] ?? ""}, max_count: 2}`,
  );
  const texts = ["a", "add_a", "set_a", "clear_a", "record_init", "level", "level_reset"].map(
    (name, index) =>
      `  - {name: ${name}, id: ${100 + index}, type: struct, presence: optional, fields: [{name: ${name}, type: string, length: 3}]}`,
  );
  return `pqflow: 1
name: nest
version: 1
types:
  Record: {type: struct, fields: [${members}, {name: lane, type: Lane}]}
  Lane: {type: struct, fields: [{name: sink, type: list, of: Sink, max_count: 2, presence: optional}]}
  Sink: {type: struct, fields: [{name: index_1, type: list, of: {type: int8, min_value: 0}, max_count: 255}, {name: element_1, type: Level}]}
  Level: {type: struct, fields: [{name: px, c_name: class_, type: int64}, {name: px_count, type: uint8}, {name: reset, type: bool, default_value: true}]}
fields:
${[...lists, ...texts].join("\n")}
`;
}

const longName = "n".repeat(18);
const longNamesText = `pqflow: 1
name: ${"l".repeat(24)}
version: 1
types:
  ${"T".repeat(20)}:
    type: struct
    fields:
      - {name: ${longName}_a, type: int64, min_value: 3, presence: optional}
      - {name: ${longName}_b, type: list, of: {type: string, max_length: 15, presence: optional}, max_count: 1000, presence: optional}
      - {name: ${longName}_c, type: decimal, precision: 38, scale: 2, presence: optional}
      - {name: ${longName}_d, type: enum, storage: int16, values: [{name: ${longName}_one, value: 1}], presence: optional}
fields:
  - {name: ${longName}_e, id: 1, type: list, of: ${"T".repeat(20)}, max_count: 7}
  - {name: ${longName}_f, id: 2, type: ${"T".repeat(20)}, presence: optional}
  - {name: ${longName}_g, id: 3, type: map, key: {type: fixed, length: 3}, value: {type: ${"T".repeat(20)}, presence: optional}, max_count: 7}
`;

const onlyListsText = `pqflow: 1
name: only_lists
version: 1
fields:
  - {name: a, id: 1, type: list, of: int64, max_count: 255}
  - {name: b, id: 2, type: struct, presence: optional, fields: [{name: c, type: list, of: bool, max_count: 65535}, {name: d, type: unknown}]}
  - {name: e, id: 3, type: unknown}
`;

export function nestedSchemas(namedTypes: string, types: readonly TypeUnderTest[]): readonly NestedSchema[] {
  const fields = types.flatMap(fieldsOf).map((field, index) => `  - {id: ${index + 1}, ${field}}\n`);
  const everyType = (name: string): string => `pqflow: 1\nname: ${name}\nversion: 1\n${namedTypes}fields:\n${fields.join("")}`;
  return [
    { name: "nested", text: nestedCase("nested") },
    { name: "nested_every_type", text: everyType("nested_every_type") },
    { name: "nested_packed", text: `${everyType("nested_packed")}layout: {packing: packed}\n` },
    { name: "nested_declared", text: `${everyType("nested_declared")}layout: {reorder: false, align: 64}\n` },
    { name: "nested_torture", text: tortureText() },
    { name: "nested_long_names", text: longNamesText },
    { name: "only_lists", text: onlyListsText },
  ];
}
