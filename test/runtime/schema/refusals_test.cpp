// What a definition must not say. Each message names the column and what to do.
#include "schema/definitions.hpp"

namespace pqflow::schema::test {
namespace {

pqflow_column price() { return column("price", PQFLOW_PHYSICAL_INT64); }

pqflow_column damaged(pqflow_column column, void (*damage)(pqflow_column&)) {
  damage(column);
  return column;
}

void expect_price_refused(void (*damage)(pqflow_column&), const std::string& expected) {
  expect_refused({column("before", PQFLOW_PHYSICAL_INT32), damaged(price(), damage)}, {"column `price`: ", expected});
}

TEST(SchemaRefusals, names_must_be_given_once_and_be_utf8) {
  expect_refused({column(nullptr, PQFLOW_PHYSICAL_INT64)}, {"column 0: name is null"});
  expect_refused({price(), column("", PQFLOW_PHYSICAL_INT64)}, {"column 1: name must have 1 … 255 bytes"});
  expect_refused({price(), column(std::string(256, 'x').c_str(), PQFLOW_PHYSICAL_INT64)}, {"column 1: name must have 1 … 255 bytes"});
  expect_refused({column("pr\xffice", PQFLOW_PHYSICAL_INT64)}, {"column 0: name is not well-formed UTF-8"});
  expect_refused({price(), column("b", PQFLOW_PHYSICAL_INT64), price()},
                 {"column `price`: the name is also that of column 0; choose another"});
  create({column(std::string(255, 'x').c_str(), PQFLOW_PHYSICAL_INT64), column("preço", PQFLOW_PHYSICAL_INT64)});
}

TEST(SchemaRefusals, field_ids_must_be_given_once_and_not_be_negative) {
  expect_refused({with_id(price(), 3), with_id(column("size", PQFLOW_PHYSICAL_INT64), 3)},
                 {"column `size`: field_id 3 is also that of column 0; choose another"});
  expect_refused({with_id(price(), -2)}, {"column `price`: field_id -2 is negative"});
  create({with_id(price(), 0), column("size", PQFLOW_PHYSICAL_INT64)});
}

TEST(SchemaRefusals, schema_name_must_be_utf8_of_bounded_length) {
  const std::vector<pqflow_column> columns = {price()};
  expect_refused(pqflow_schema_define("", columns.data(), 1), {"schema: name must have 1 … 255 bytes"});
  expect_refused(pqflow_schema_define("\xc3", columns.data(), 1), {"schema: name is not well-formed UTF-8"});
}

TEST(SchemaRefusals, count_of_columns_is_bounded) {
  std::vector<std::string> names;
  std::vector<pqflow_column> columns;
  for (int index = 0; index < 4097; ++index) {
    names.push_back("c" + std::to_string(index));
  }
  for (const std::string& name : names) {
    columns.push_back(column(name.c_str(), PQFLOW_PHYSICAL_BOOLEAN));
  }
  expect_refused(columns, {"4097 columns; a schema has 1 … 4096"});
  columns.pop_back();
  EXPECT_EQ(pqflow_schema_record_size_bytes(create(columns).get()), 4096U);
  expect_refused(pqflow_schema_define("probe", columns.data(), 0), {"0 columns; a schema has 1 … 4096"});
}

TEST(SchemaRefusals, lengths_must_fit_their_storage) {
  expect_refused({column("note", PQFLOW_PHYSICAL_BYTE_ARRAY)},
                 {"column `note`: length_bytes is 0; set it to the bytes that the longest value needs, up to 255"});
  expect_refused({column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 65536)}, {"column `note`: length_bytes 65536 is more than the 65535"});
  expect_refused({column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, UINT32_MAX)},
                 {"column `note`: length_bytes 4294967295 is more than the 65535"});
  expect_refused({column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY)}, {"column `key`: length_bytes is 0"});
  expect_refused({column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, (1 << 20) + 1)}, {"column `key`: length_bytes 1048577 is more than"});
  expect_refused({column("price", PQFLOW_PHYSICAL_INT64, 8)},
                 {"column `price`: length_bytes is set, but its type has a length of its own"});
  pqflow_column short_prefix = column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 256);
  short_prefix.storage = PQFLOW_STORAGE_COUNTED_8;
  expect_refused({short_prefix}, {"column `note`: length_bytes 256 is more than the 255"});
  create({column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 65535), column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, 1)});
}

TEST(SchemaRefusals, record_is_bounded) {
  expect_refused({column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, 1 << 20), price()},
                 {"column `price` ends at byte 1048584, but a record has at most 1048576; shorten it or a column before it"});
  create({column("key", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, (1 << 20) - 8), price()});
}

TEST(SchemaRefusals, types_must_fit_each_other) {
  expect_refused({annotated(price(), PQFLOW_LOGICAL_STRING)}, {"column `price`: STRING needs physical type BYTE_ARRAY"});
  expect_refused({annotated(price(), PQFLOW_LOGICAL_DATE)}, {"column `price`: DATE needs storage INT32 and physical type INT32"});
  expect_refused({annotated(price(), PQFLOW_LOGICAL_LIST)}, {"column `price`: LIST needs a group"});
  expect_refused({annotated(price(), PQFLOW_LOGICAL_TIMESTAMP)}, {"column `price`: TIMESTAMP needs time_unit MILLIS, MICROS or NANOS"});
  expect_refused({annotated(column("id", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, 15), PQFLOW_LOGICAL_UUID)}, {"column `id`: UUID needs"});
  expect_refused({annotated(price(), PQFLOW_LOGICAL_DECIMAL)}, {"column `price`: DECIMAL(0, 0) needs precision ≥ 1"});
  expect_refused({annotated(price(), PQFLOW_LOGICAL_INTEGER)}, {"column `price`: INTEGER bit width 0 is not 8, 16, 32 or 64"});
  expect_price_refused([](pqflow_column& it) { it.physical_type = 8; }, "physical type number 8");
  expect_price_refused([](pqflow_column& it) { it.logical_type = 99; }, "logical type number 99");
  expect_price_refused([](pqflow_column& it) { it.storage = PQFLOW_STORAGE_DOUBLE; }, "storage DOUBLE cannot be written as INT64");
  expect_price_refused([](pqflow_column& it) { it.storage = 77; }, "storage number 77 is not known");
}

TEST(SchemaRefusals, nulls_must_be_of_a_kind_the_type_can_have) {
  expect_price_refused([](pqflow_column& it) { it.null_kind = 4; }, "null_kind number 4 is not known; use NEVER, BIT, SENTINEL or NAN");
  expect_price_refused([](pqflow_column& it) { it.null_kind = PQFLOW_NULL_NAN; }, "null_kind NAN needs storage FLOAT");
  pqflow_column note = column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 8);
  note.null_kind = PQFLOW_NULL_SENTINEL;
  expect_refused({note}, {"column `note`: storage COUNTED_8 cannot have a null value; use a null bit"});
  pqflow_column small = column("small", PQFLOW_PHYSICAL_INT32);
  small.null_kind = PQFLOW_NULL_SENTINEL;
  small.null_value_bits = uint64_t{1} << 32;
  expect_refused({small}, {"column `small`: null_value_bits has more than the 4 bytes"});
}

TEST(SchemaRefusals, nothing_is_accepted_and_ignored) {
  expect_price_refused([](pqflow_column& it) { it.time_unit = PQFLOW_UNIT_NANOS; },
                       "time_unit is set, but it is for logical types TIME and TIMESTAMP; set it to 0");
  expect_price_refused([](pqflow_column& it) { it.is_adjusted_to_utc = 1; }, "is_adjusted_to_utc is set");
  expect_price_refused([](pqflow_column& it) { it.integer_bit_width = 64; },
                       "integer_bit_width is set, but it is for logical type INTEGER");
  expect_price_refused([](pqflow_column& it) { it.integer_is_signed = 1; }, "integer_is_signed is set");
  expect_price_refused([](pqflow_column& it) { it.decimal_precision = 9; }, "decimal_precision is set, but it is for logical type DECIMAL");
  expect_price_refused([](pqflow_column& it) { it.decimal_scale = 2; }, "decimal_scale is set");
  expect_price_refused([](pqflow_column& it) { it.pad_byte = ' '; }, "pad_byte is set, but it is for storage PADDED_TEXT");
  expect_price_refused([](pqflow_column& it) { it.null_value_bits = 1; }, "null_value_bits is set, but it is for null_kind SENTINEL");
  expect_price_refused([](pqflow_column& it) { it.unknown_code = PQFLOW_UNKNOWN_CODE_NULL; }, "unknown_code is set");
  expect_price_refused([](pqflow_column& it) { it.field_id = 7; }, "field_id is set, but it needs has_field_id = 1");
  expect_price_refused([](pqflow_column& it) { it.codec = PQFLOW_CODEC_ZSTD; }, "codec is set, but it needs has_codec = 1");
  expect_price_refused([](pqflow_column& it) { it.codec_level = 3; }, "codec_level is set, but it needs has_codec_level = 1");
  expect_price_refused([](pqflow_column& it) { it.has_codec_level = 1; }, "has_codec_level is set, but it needs has_codec = 1");
  expect_price_refused([](pqflow_column& it) { it.encoding = 5; }, "encoding is set, but it needs has_encoding = 1; set it to 0");
  expect_price_refused([](pqflow_column& it) { it.statistics = 1; }, "statistics is set, but it needs has_statistics = 1; set it to 0");
  static const pqflow_enum_value value = {0, {"a", 1}};
  expect_price_refused([](pqflow_column& it) { it.enum_values = &value; }, "enum_values is set, but it needs its enum_value_count");
}

TEST(SchemaRefusals, what_a_column_says_of_its_pages_must_be_possible) {
  expect_price_refused([](pqflow_column& it) { it.has_statistics = 1, it.statistics = 3; }, "statistics number 3 is not known");
  expect_price_refused([](pqflow_column& it) { it.bloom_filter_fpp = 0.6; }, "bloom_filter_fpp is not 1e-6 … 0.5");
  expect_price_refused([](pqflow_column& it) { it.bloom_filter_ndv = 5; }, "bloom_filter_ndv without a bloom_filter_fpp");
}

TEST(SchemaRefusals, sorting_columns_must_exist_and_have_an_order) {
  const std::vector<pqflow_column> columns = {price(), column("odd", PQFLOW_PHYSICAL_INT96)};
  pqflow_schema_definition definition = define(columns);
  definition.sorting_column_count = 1;
  expect_refused(definition, {"sorting_columns is null, but its count is 1"});
  pqflow_sorting_column sorting = {};
  definition.sorting_columns = &sorting;
  sorting.column_index = 2;
  expect_refused(definition, {"sorting_columns names column 2, which does not exist"});
  sorting.column_index = 1;
  expect_refused(definition, {"sorting_columns: `odd` is of a type without an order"});
}

TEST(SchemaRefusals, enum_values_must_be_names_of_codes_that_fit) {
  static const pqflow_enum_value twice[] = {{1, {"a", 1}}, {1, {"b", 1}}};
  static const pqflow_enum_value wide[] = {{256, {"a", 1}}};
  pqflow_column side = column("side", PQFLOW_PHYSICAL_BYTE_ARRAY);
  side.storage = PQFLOW_STORAGE_UINT8;
  side.enum_values = twice;
  side.enum_value_count = 2;
  expect_refused({side}, {"column `side`: enum code 1 appears twice"});
  side.enum_values = wide;
  side.enum_value_count = 1;
  expect_refused({side}, {"column `side`: enum code 256 does not fit storage UINT8"});
  side.enum_values = nullptr;
  expect_refused({side}, {"column `side`: enum_values is null"});
}

TEST(SchemaRefusals, explicit_columns_must_lie_apart_inside_the_record) {
  const pqflow_column b = column("b", PQFLOW_PHYSICAL_INT32);
  expect_refused(explicit_layout({at(0, price()), at(7, b)}, 16, 8),
                 {"column `b` at bytes 7 … 10 overlaps column `price` at bytes 0 … 7; give each its own bytes"});
  expect_refused(explicit_layout({at(4, price()), at(0, column("c", PQFLOW_PHYSICAL_BYTE_ARRAY, 4))}, 16, 8),
                 {"column `price` at bytes 4 … 11 overlaps column `c` at bytes 0 … 4"});
  expect_refused(explicit_layout({at(9, price())}, 16, 8), {"column `price` at bytes 9 … 16 lie outside the record of 16 bytes"});
  expect_refused(explicit_layout({at(UINT32_MAX, price())}, 16, 8), {"column `price` at bytes 4294967295 … 4294967302 lie outside"});
  const std::vector<pqflow_column> columns = {at(0, nullable(price()))};
  pqflow_schema_definition nulls = explicit_layout(columns, 16, 8);
  nulls.null_bits_offset_bytes = 7;
  expect_refused(nulls, {"the null bits at bytes 7 … 7 overlaps column `price` at bytes 0 … 7"});
  nulls.null_bits_offset_bytes = 16;
  expect_refused(nulls, {"the null bits at bytes 16 … 16 lie outside the record of 16 bytes"});
}

TEST(SchemaRefusals, explicit_record_must_have_a_size_and_an_alignment) {
  const std::vector<pqflow_column> columns = {at(0, price())};
  expect_refused(explicit_layout(columns, 0, 8), {"record_size_bytes 0 is not 1 … 1048576; set it to the sizeof of the record"});
  expect_refused(explicit_layout(columns, (1 << 20) + 8, 8), {"record_size_bytes 1048584 is not 1"});
  expect_refused(explicit_layout(columns, 8, 0), {"record_align_bytes 0 must be a power of two"});
  expect_refused(explicit_layout(columns, 12, 8),
                 {"record_align_bytes 8 must be a power of two up to 128 that divides record_size_bytes 12"});
  expect_refused(explicit_layout(columns, 256, 256), {"record_align_bytes 256 must be"});
  pqflow_schema_definition polarity = explicit_layout(columns, 8, 8);
  polarity.null_bit_when_present = 2;
  expect_refused(polarity, {"null_bit_when_present must be 0 or 1"});
}

TEST(SchemaRefusals, packed_definitions_give_no_places) {
  expect_refused({price(), at(8, column("size", PQFLOW_PHYSICAL_INT64))},
                 {"column `size`: offset_bytes is set in a packed definition; set it to 0, or choose PQFLOW_LAYOUT_EXPLICIT"});
  const std::vector<pqflow_column> columns = {price()};
  for (const auto damage :
       {+[](pqflow_schema_definition& it) { it.record_size_bytes = 8; }, +[](pqflow_schema_definition& it) { it.record_align_bytes = 8; },
        +[](pqflow_schema_definition& it) { it.null_bits_offset_bytes = 8; },
        +[](pqflow_schema_definition& it) { it.null_bit_when_present = 1; }}) {
    pqflow_schema_definition definition = define(columns);
    damage(definition);
    expect_refused(definition, {"are for PQFLOW_LAYOUT_EXPLICIT", "set them to 0"});
  }
  pqflow_schema_definition unknown = define(columns);
  unknown.layout = 2;
  expect_refused(unknown, {"layout number 2 is not known; use PQFLOW_LAYOUT_PACKED or PQFLOW_LAYOUT_EXPLICIT"});
}

TEST(SchemaRefusals, key_values_are_checked_as_in_a_descriptor) {
  const std::vector<pqflow_column> columns = {price()};
  const pqflow_key_value reserved = {{"pqflow:x", 8}, {"v", 1}};
  pqflow_schema_definition definition = define(columns);
  definition.key_value_count = 1;
  expect_refused(definition, {"key_values is null, but key_value_count is 1; set both or neither"}, PQFLOW_STATUS_INVALID_ARGUMENT);
  definition.key_values = &reserved;
  expect_refused(definition, {"key `pqflow:x`: keys that start with `pqflow:` are written by the runtime"});
}

TEST(SchemaRefusals, structures_of_another_abi_are_refused) {
  const std::vector<pqflow_column> columns = {price()};
  for (const auto damage :
       {+[](pqflow_schema_definition& it) { it.abi_version += 1; }, +[](pqflow_schema_definition& it) { it.struct_size_bytes -= 4; },
        +[](pqflow_schema_definition& it) { it.column_size_bytes += 8; }}) {
    pqflow_schema_definition definition = define(columns);
    damage(definition);
    expect_refused(definition, {"start from pqflow_schema_define"}, PQFLOW_STATUS_ABI_MISMATCH);
  }
  pqflow_schema_definition reserved = define(columns);
  reserved.reserved[2] = 1;
  expect_refused(reserved, {"reserved must be 0; start from pqflow_schema_define"});
}

TEST(SchemaRefusals, null_pointers_are_arguments) {
  const std::vector<pqflow_column> columns = {price()};
  const pqflow_schema_definition definition = define(columns);
  pqflow_error error = {};
  pqflow_schema* schema = nullptr;
  EXPECT_EQ(pqflow_schema_create(nullptr, &definition, &error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_schema_create(&schema, nullptr, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
  expect_refused(pqflow_schema_define(nullptr, columns.data(), 1), {"name is null; name the schema"}, PQFLOW_STATUS_INVALID_ARGUMENT);
  expect_refused(pqflow_schema_define("probe", nullptr, 1), {"columns are null"}, PQFLOW_STATUS_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace pqflow::schema::test
