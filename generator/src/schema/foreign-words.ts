/** Words of other schema languages that people write by habit, and what this one calls them. */

const integers = { byte: "int8", short: "int16", int: "int32", integer: "int32", long: "int64", bigint: "int64" };
const unsigned = { ubyte: "uint8", ushort: "uint16", uint: "uint32", ulong: "uint64" };
const floats = { half: "float16", float32: "float", real: "float", float64: "double", number: "double" };
const decimals = { numeric: "decimal", money: "decimal" };
const times = { datetime: "timestamp", date_time: "timestamp", time_of_day: "time", duration: "interval" };
const texts = { text: "string", str: "string", varchar: "string", char: "string", utf8: "string" };
const bytes = { binary: "bytes", blob: "bytes", byte_array: "bytes", fixed_len_byte_array: "fixed", guid: "uuid" };

const typeOf = new Map<string, string>(
  Object.entries({ ...integers, ...unsigned, ...floats, ...decimals, ...times, ...texts, ...bytes, boolean: "bool", flags: "set" }),
);

/** Each with the key it stands for, and what to write where that is more than the key. */
const keyOf = new Map<string, { readonly key: string; readonly write?: string }>([
  ["nullable", { key: "presence", write: "presence: optional" }],
  ["optional", { key: "presence", write: "presence: optional" }],
  ["required", { key: "presence", write: "presence: required" }],
  ["constant", { key: "presence", write: "presence: constant" }],
  ["default", { key: "default_value" }],
  ["null", { key: "null_value" }],
  ["min", { key: "min_value" }],
  ["minimum", { key: "min_value" }],
  ["max", { key: "max_value" }],
  ["maximum", { key: "max_value" }],
  ["field_id", { key: "id" }],
  ["size", { key: "length" }],
  ["doc", { key: "description" }],
  ["comment", { key: "description" }],
  ["columns", { key: "fields" }],
  ["members", { key: "fields" }],
  ["import", { key: "include" }],
  ["symbols", { key: "values" }],
  ["codec", { key: "compression" }],
]);

/** Ready for `help:`. */
export function foreignTypeHelp(word: string): string | undefined {
  const type = typeOf.get(word.toLowerCase());
  return type === undefined ? undefined : `here it is called \`${type}\``;
}

/** Ready for `help:`; undefined where the block has no such key. */
export function foreignKeyHelp(word: string, known: readonly string[]): string | undefined {
  const meant = keyOf.get(word.toLowerCase());
  return meant === undefined || !known.includes(meant.key) ? undefined : `write \`${meant.write ?? meant.key}\``;
}
