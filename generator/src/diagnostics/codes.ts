/** The one registry of diagnostic codes; docs/diagnostics.md is generated from it, and every code has a golden case in test/generator/cases. */
import type { Severity } from "./model.js";

export interface CodeInfo {
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What to do about it, one or two sentences. */
  readonly advice: string;
}

function error(title: string, advice: string): CodeInfo {
  return { severity: "error", title, advice };
}

function warning(title: string, advice: string): CodeInfo {
  return { severity: "warning", title, advice };
}

const yamlCodes = {
  PQ1001: error("schema file too large", "A schema may have 1 MiB (1,048,576 bytes) of UTF-8 at most."),
  PQ1002: error("nested too deeply", "Mappings and sequences may be nested 64 deep at most; the check runs before the YAML parser."),
  PQ1003: error("key appears twice in a mapping", "Remove one of the two. Many YAML tools would keep only the last one without a word."),
  PQ1004: error("not valid YAML", "Correct the text at the caret; the message is the YAML parser's own."),
  PQ1005: error(
    "`%YAML` directive other than 1.2",
    "Remove the directive: schemas are YAML 1.2. Under 1.1 `NO` is a boolean, `017` is 15 and `12:30:00` is 45000.",
  ),
  PQ1006: error("merge key `<<`", "Merge keys are not part of YAML 1.2. Share definitions through `types:`."),
  PQ1007: error("anchor or alias", "Share definitions through `types:`; diagnostics in an alias would point at the wrong place."),
  PQ1008: error("key is not a string", "Quote the key."),
  PQ1009: error("more than one document", "Put each schema into a file of its own."),
  PQ1010: error("YAML tag", "Remove the tag: the type of a value follows from its key."),
  PQ1011: error("unquoted colon in a value", "Quote the text: `: ` starts a mapping."),
  PQ1012: error("value starts with a reserved character", "Quote the text: a plain value cannot start with `@`, `` ` `` or `%`."),
  PQ1013: error("tab used as indentation", "YAML is indented with spaces."),
  PQ1014: error("empty schema", "A schema is a mapping that starts with `pqflow: 1`."),
  PQ1015: error("text is not valid Unicode", "Schemas are UTF-8 without unpaired surrogates."),
  PQ1016: error("key has no value", "Write a value; text that starts with `#` must be quoted, else it is a comment."),
} as const;

const valueCodes = {
  PQ1201: error(
    "integer with a leading zero",
    "YAML 1.1 reads `017` as 15, YAML 1.2 as 17. Write the number without zeros in front, or as hexadecimal `0x…`.",
  ),
  PQ1202: error(
    "spelling of a number that YAML 1.2 does not know",
    "Write plain digits or hexadecimal `0x…`: `1_000` and `0b11` are texts in YAML 1.2.",
  ),
  PQ1203: error("number is not finite", "Only `null_value: .nan` of a float16, float or double may be other than finite."),
  PQ1204: error("integer does not fit its type", "Use a value inside the range printed with the message."),
  PQ1205: error("value of the wrong kind", "Write the kind of value the message names."),
  PQ1206: error("value outside its limits", "Use a value inside the limits printed with the message."),
} as const;

const structureCodes = {
  PQ2001: error("unknown key", "Check the spelling; docs/schema.md lists the keys of each block."),
  PQ2002: error("required key is missing", "Add the key."),
  PQ2003: error("key does not apply to this type", "Remove the key, or change the type."),
  PQ2004: error(
    "not available in this version",
    "The key or value is part of the language, but this version of the generator cannot do it yet; nothing is silently ignored.",
  ),
  PQ2005: error("language version not supported", "This generator reads `pqflow: 1`. The version is an integer."),
  PQ2006: error("not one of the allowed words", "Use one of the words printed with the message."),
  PQ2007: error(
    "malformed name",
    "Names of schemas and fields match `^[a-z][a-z0-9_]{0,62}$`, names of enum values `^[A-Za-z][A-Za-z0-9_]{0,62}$`, names of types are PascalCase.",
  ),
  PQ2008: error("reserved identifier", "The name has a meaning of its own in a target language; choose another."),
  PQ2009: error("name used twice", "Names are unique among the fields of a schema."),
  PQ2010: error("id used twice", "Ids identify columns across versions; give each field its own."),
  PQ2011: error("id or name is reserved", "Ids and names under `reserved:` were once used; choose another."),
  PQ2012: error("C names clash", "Two members of a C struct cannot have the same name; choose another `c_name`."),
  PQ2013: error("list is empty", "Add at least one item."),
  PQ2014: error(
    "too many fields, values or entries",
    "A schema has at most 4,096 fields, 4,096 columns (8,192 with the groups of nested types) and 4,096 metadata entries, an enum at most 65,536 values.",
  ),
  PQ2015: error("key is fixed by the named type", "A field may not change the shape of the type it names; declare another type."),
  PQ2101: error("unknown type", "Use a built-in type or a name under `types:`."),
  PQ2102: error("type refers to itself", "Named types may refer to each other, but not in a circle."),
  PQ2103: error("length of a text is not given once", "Give `length` for a fixed or `max_length` for a bounded text, not both."),
  PQ2104: error("pad is not one byte", "Use `space`, `zero`, or one ASCII character."),
  PQ2107: error("type is cut at a comma", "Inside { } a comma starts the next key: write `type: decimal, precision: 18, scale: 9`."),
} as const;

const presenceCodes = {
  PQ2201: error("constant without a value", "Add `value:`."),
  PQ2202: error("value without `presence: constant`", "Add `presence: constant`, or remove `value`."),
  PQ2203: error("null_value without `presence: optional`", "Add `presence: optional`, or remove `null_value`."),
  PQ2204: error("type cannot have a null_value", "Leave `null_value` out: null is then a bit of the record's bitmap."),
  PQ2205: error("null_value is a value of the enum", "Choose a code that is not among the enum's values."),
  PQ2206: error("min_value is greater than max_value", "Swap or correct them."),
  PQ2207: error("value does not fit the type", "Use a value the type can hold."),
  PQ2208: error("constant or default outside min_value … max_value", "Correct the value or the limits."),
  PQ2209: error("default_value of a constant", "Remove `default_value`: a constant has its `value` in every row."),
  PQ2210: error("default_value too long", "A default has 1,024 bytes at most: generated headers hold it as one literal."),
  PQ2211: error(
    "source is not possible",
    "`clock` fills timestamps, times, dates and int96, `sequence` 64-bit integers; such a field is required, has no default and no limits, and is not the only one.",
  ),
} as const;

const enumCodes = {
  PQ2301: error("name appears twice in an enum or set", "Names are unique without regard to case: C writes them in capitals."),
  PQ2302: error("code appears twice in an enum", "Give each value its own code."),
  PQ2303: error("bit appears twice in a set", "Give each choice its own bit."),
  PQ2304: error("bit outside the storage", "Use a bit below the width of the storage, or a wider storage."),
  PQ2305: error("value of a char enum is not one character", "Write one printable ASCII character in quotes."),
  PQ2306: error("code cannot be looked up", "Codes above 9223372036854775807 need `stored_as: code` and `unknown: keep`."),
  PQ2307: error("unknown codes cannot be kept", "`unknown: keep` needs `stored_as: code`: an unknown code has no name."),
  PQ2308: error("unknown codes cannot become null", '`unknown: "null"` needs `presence: optional`.'),
  PQ2309: warning(
    "unknown codes of a required field are rejected",
    'The named type says `unknown: "null"`, but a required field has no null: make it optional, or say `unknown: reject`.',
  ),
  PQ2403: error("not a Parquet time unit", "Use ms, us or ns."),
  PQ2404: warning(
    "int96 is deprecated",
    "Use `type: timestamp, unit: ns`: INT96 was never specified, has no order and so no statistics. It is for readers that know nothing else.",
  ),
} as const;

const nestedCodes = {
  PQ2501: error(
    "type cannot stand here",
    "Elements and the values of maps are no lists, maps or unknown: put those into a struct. Keys of maps are no struct either.",
  ),
  PQ2502: error("key of a map is not required", "Remove `presence` from the key; the value may be optional."),
  PQ2503: error(
    "constant that is not in every row",
    "Constants are fields of the record or of required structs in it; lists, maps and optional structs have none inside.",
  ),
  PQ2504: error("types are nested too deeply", "Types nest 8 deep at most, and 64 named types may refer to each other in a row."),
  PQ2505: error("field of type unknown that is not optional", "Remove `presence`: the field is null in every row."),
} as const;

const layoutCodes = {
  PQ3101: error("record too large", "A record has 1 MiB at most. Lower the `max_count` or `max_length` that the message names."),
  PQ3102: error("ring too large", "`sink.ring.slots` × slot size may reach 1 TiB at most."),
  PQ3103: error(
    "alignment is not possible",
    "`layout.align` is a power of two from 1 to 128, and no less than the widest member's alignment.",
  ),
  PQ3104: warning("padding that reordering would save", "Set `layout: {reorder: true}`; the Parquet column order stays as written."),
  PQ3105: error("record or struct has no bytes", "Constants take no room in the record; at least one field must not be constant."),
} as const;

const fileCodes = {
  PQ4101: error("precision or scale is not possible", "1 ≤ precision ≤ 76 and 0 ≤ scale ≤ precision."),
  PQ4102: error("decimal does not fit its storage", "Use a smaller precision, or drop `storage` to let the generator choose."),
  PQ4201: error("unknown codec", "Use UNCOMPRESSED, SNAPPY, GZIP, BROTLI, ZSTD or LZ4_RAW."),
  PQ4202: error(
    "level outside the codec's levels",
    "Use a level inside the range printed with the message; UNCOMPRESSED, SNAPPY and LZ4_RAW have none.",
  ),
  PQ4203: error("size is not readable", "Write an integer of bytes, or one with KiB, MiB or GiB: `128MiB`."),
  PQ4204: error(
    "metadata key is reserved or empty",
    "Keys that start with `pqflow:` are written by the runtime, `ARROW:schema` by `arrow_schema: true`.",
  ),
  PQ4205: error(
    "path template is not possible",
    "Braces stand around placeholders only: `{schema}`, `{date}`, `{hour}`, `{minute}`, `{time}`, `{host}`, `{pid}`, `{seq}` and `{seq:05}`.",
  ),
  PQ4206: error("duration is not readable", "Write an integer with ns, us, ms, s, min, h or d: `100ms`."),
  PQ4207: error("directory of the ring is not possible", "Name a folder on a file system in memory, such as `/dev/shm`, without a NUL."),
  PQ4301: error(
    "encoding cannot hold the column",
    "Use one of the encodings printed with the message, or leave `encoding` out: the writer then chooses by the data.",
  ),
  PQ4302: error("dictionary contradicts encoding", "Keep one of the two."),
  PQ4303: error("bloom filter is not possible", "`fpp` is a share, 0.000001 to 0.5; a `bool` has no bloom filter."),
  PQ4304: error(
    "sorting column is not possible",
    "Name fields of the record, each once, whose type has an order: no group, interval, int96 or unknown.",
  ),
  PQ5101: error("since_version is later than the schema's version", "Raise `version`, or correct `since_version`."),
} as const;

const linkCodes = {
  PQ6001: error("file named by `include` or `extends` cannot be read", "Correct the path: it is relative to the file it is written in."),
  PQ6002: error("files name each other in a circle", "Move what both files need into a third one. The message shows the whole circle."),
  PQ6003: error(
    "path that a schema may not name",
    "Write a path relative to the file it stands in, with `/`; `..` is allowed, absolute paths are not.",
  ),
  PQ6004: error(
    "key does not belong into this file",
    "An included file has `pqflow`, `types` and `include`; a base has `name`, `version`, `description`, `fields`, `reserved` and `extends` besides.",
  ),
  PQ6005: error("type declared in two files", "Rename one of the two, or include only one of the files."),
  PQ6006: warning(
    "include is not used",
    "Remove it: neither this file nor one that includes or extends it names a type that comes with it.",
  ),
  PQ6007: error("file included twice", "Remove one of the two."),
  PQ6008: error("too many files", "A schema is made of at most 256 files."),
} as const;

export const diagnosticCodes = {
  ...yamlCodes,
  ...valueCodes,
  ...structureCodes,
  ...presenceCodes,
  ...enumCodes,
  ...nestedCodes,
  ...layoutCodes,
  ...fileCodes,
  ...linkCodes,
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
