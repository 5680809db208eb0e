// Where the columns of a definition lie, and what their descriptor says.
#include <cstddef>
#include <cstring>

#include "schema/definitions.hpp"

namespace pqflow::schema::test {
namespace {

const pqflow_field& field_of(const SchemaPointer& schema, const char* name) {
  const pqflow_field* const found = pqflow_schema_find_column(schema.get(), name);
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

TEST(SchemaPlacement, packs_columns_in_order_without_padding) {
  const SchemaPointer schema = create({column("flag", PQFLOW_PHYSICAL_BOOLEAN), column("price", PQFLOW_PHYSICAL_INT64),
                                       column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 300), column("size", PQFLOW_PHYSICAL_INT32)});
  EXPECT_EQ(field_of(schema, "flag").offset_bytes, 0U);
  EXPECT_EQ(field_of(schema, "price").offset_bytes, 1U);
  EXPECT_EQ(field_of(schema, "note").offset_bytes, 9U);
  EXPECT_EQ(field_of(schema, "note").width_bytes, 302U);
  EXPECT_EQ(field_of(schema, "size").offset_bytes, 311U);
  EXPECT_EQ(pqflow_schema_record_size_bytes(schema.get()), 315U);
  EXPECT_EQ(pqflow_schema_descriptor(schema.get())->record_align_bytes, 1U);
}

TEST(SchemaPlacement, puts_null_bits_first_with_one_for_null) {
  std::vector<std::string> names;
  std::vector<pqflow_column> columns;
  for (int index = 0; index < 18; ++index) {
    names.push_back("c" + std::to_string(index));
  }
  for (size_t index = 0; index < names.size(); ++index) {
    const pqflow_column made = column(names[index].c_str(), PQFLOW_PHYSICAL_INT32);
    columns.push_back(index % 2 == 0 ? nullable(made) : made);
  }
  const SchemaPointer schema = create(columns);
  EXPECT_EQ(field_of(schema, "c0").offset_bytes, 2U);
  EXPECT_EQ(field_of(schema, "c0").null_bit_when_present, 0);
  EXPECT_EQ(field_of(schema, "c14").null_byte_offset_bytes, 0U);
  EXPECT_EQ(field_of(schema, "c14").null_bit_index, 7);
  EXPECT_EQ(field_of(schema, "c16").null_byte_offset_bytes, 1U);
  EXPECT_EQ(field_of(schema, "c16").null_bit_index, 0);
  EXPECT_EQ(field_of(schema, "c1").repetition, PQFLOW_REPETITION_REQUIRED);
  EXPECT_EQ(field_of(schema, "c2").repetition, PQFLOW_REPETITION_OPTIONAL);
}

struct Order {
  double weight;
  int64_t price;
  char symbol[6];
  uint8_t valid;
};

TEST(SchemaPlacement, takes_the_offsets_of_a_struct) {
  pqflow_column symbol = annotated(at(offsetof(Order, symbol), column("symbol", PQFLOW_PHYSICAL_BYTE_ARRAY, 6)), PQFLOW_LOGICAL_STRING);
  symbol.storage = PQFLOW_STORAGE_PADDED_TEXT;
  symbol.pad_byte = ' ';
  const std::vector<pqflow_column> columns = {nullable(at(offsetof(Order, price), column("price", PQFLOW_PHYSICAL_INT64))), symbol};
  pqflow_schema_definition definition = explicit_layout(columns, sizeof(Order), alignof(Order));
  definition.null_bits_offset_bytes = offsetof(Order, valid);
  definition.null_bit_when_present = 1;
  const SchemaPointer schema = create(definition);
  EXPECT_EQ(field_of(schema, "price").offset_bytes, offsetof(Order, price));
  EXPECT_EQ(field_of(schema, "price").null_byte_offset_bytes, offsetof(Order, valid));
  EXPECT_EQ(field_of(schema, "price").null_bit_when_present, 1);
  EXPECT_EQ(field_of(schema, "symbol").width_bytes, 6U);
  EXPECT_EQ(pqflow_schema_record_size_bytes(schema.get()), sizeof(Order));
}

TEST(SchemaPlacement, storage_follows_from_the_type) {
  const SchemaPointer schema =
      create({integer("u8", 8, false), integer("i8", 8, true), integer("u16", 16, false), integer("i16", 16, true),
              integer("u32", 32, false), integer("i32", 32, true), integer("u64", 64, false), integer("i64", 64, true),
              column("small", PQFLOW_PHYSICAL_BYTE_ARRAY, 255), column("large", PQFLOW_PHYSICAL_BYTE_ARRAY, 256),
              annotated(column("id", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY), PQFLOW_LOGICAL_UUID)});
  const uint8_t expected[] = {PQFLOW_STORAGE_UINT8,     PQFLOW_STORAGE_INT8,       PQFLOW_STORAGE_UINT16,     PQFLOW_STORAGE_INT16,
                              PQFLOW_STORAGE_UINT32,    PQFLOW_STORAGE_INT32,      PQFLOW_STORAGE_UINT64,     PQFLOW_STORAGE_INT64,
                              PQFLOW_STORAGE_COUNTED_8, PQFLOW_STORAGE_COUNTED_16, PQFLOW_STORAGE_FIXED_BYTES};
  const uint32_t widths[] = {1, 1, 2, 2, 4, 4, 8, 8, 256, 258, 16};
  ASSERT_EQ(pqflow_schema_column_count(schema.get()), std::size(expected));
  for (uint32_t index = 0; index < std::size(expected); ++index) {
    EXPECT_EQ(pqflow_schema_column(schema.get(), index)->storage, expected[index]) << index;
    EXPECT_EQ(pqflow_schema_column(schema.get(), index)->width_bytes, widths[index]) << index;
  }
}

TEST(SchemaPlacement, copies_what_the_definition_points_to) {
  std::string name = "price";
  std::string enum_name = "bid";
  std::string key = "venue";
  pqflow_enum_value value = {1, {enum_name.data(), enum_name.size()}};
  pqflow_column side = column(name.c_str(), PQFLOW_PHYSICAL_BYTE_ARRAY);
  side.storage = PQFLOW_STORAGE_UINT8;
  side.enum_values = &value;
  side.enum_value_count = 1;
  const pqflow_key_value key_value = {{key.data(), key.size()}, {key.data(), key.size()}};
  const std::vector<pqflow_column> columns = {side};
  pqflow_schema_definition definition = define(columns);
  definition.key_values = &key_value;
  definition.key_value_count = 1;
  const SchemaPointer schema = create(definition);
  name = "XXXXX";
  enum_name = "YYY";
  key = "ZZZZZ";
  value.code = 9;
  const pqflow_descriptor& descriptor = *pqflow_schema_descriptor(schema.get());
  EXPECT_STREQ(descriptor.fields[0].name, "price");
  EXPECT_EQ(descriptor.fields[0].enum_values[0].code, 1);
  EXPECT_EQ(std::string(descriptor.fields[0].enum_values[0].name.data, 3), "bid");
  EXPECT_EQ(std::string(descriptor.key_values[0].key.data, 5), "venue");
}

TEST(SchemaPlacement, answers_nothing_for_what_is_not_there) {
  const SchemaPointer schema = create({column("a", PQFLOW_PHYSICAL_INT32)});
  EXPECT_EQ(pqflow_schema_column(schema.get(), 1), nullptr);
  EXPECT_EQ(pqflow_schema_find_column(schema.get(), "b"), nullptr);
  EXPECT_EQ(pqflow_schema_find_column(schema.get(), nullptr), nullptr);
  EXPECT_EQ(pqflow_schema_find_column(nullptr, "a"), nullptr);
  EXPECT_EQ(pqflow_schema_column(nullptr, 0), nullptr);
  EXPECT_EQ(pqflow_schema_descriptor(nullptr), nullptr);
  EXPECT_EQ(pqflow_schema_record_size_bytes(nullptr), 0U);
  EXPECT_EQ(pqflow_schema_column_count(nullptr), 0U);
  pqflow_schema_free(nullptr);
}

TEST(SchemaPlacement, resolved_schema_escapes_names) {
  const SchemaPointer schema = create({column("a\"b\\c\n", PQFLOW_PHYSICAL_INT32)});
  const pqflow_text json = pqflow_schema_descriptor(schema.get())->schema_json;
  EXPECT_NE(std::string(json.data, json.length_bytes).find(R"("name":"a\"b\\c\u000a")"), std::string::npos);
}

TEST(SchemaStores, fill_records_at_any_offset) {
  const SchemaPointer schema = create({nullable(column("note", PQFLOW_PHYSICAL_BYTE_ARRAY, 4)), column("price", PQFLOW_PHYSICAL_INT64),
                                       nullable(column("long", PQFLOW_PHYSICAL_BYTE_ARRAY, 300))});
  std::vector<uint8_t> record(pqflow_schema_record_size_bytes(schema.get()), 0);
  const int64_t price = -2;
  pqflow_column_store_counted(record.data(), &field_of(schema, "note"), "abcdef", 6);
  pqflow_column_store(record.data(), &field_of(schema, "price"), &price);
  pqflow_column_store_counted(record.data(), &field_of(schema, "long"), std::string(299, 'x').data(), 299);
  pqflow_column_set_null(record.data(), &field_of(schema, "long"), 1);
  EXPECT_EQ(record[0], 2);
  EXPECT_EQ(std::string(record.begin() + 1, record.begin() + 6), std::string("\x04") + "abcd");
  EXPECT_EQ(std::memcmp(record.data() + 6, &price, 8), 0);
  EXPECT_EQ(record[14], 299 & 0xff);
  EXPECT_EQ(record[15], 299 >> 8);
  pqflow_column_set_null(record.data(), &field_of(schema, "long"), 0);
  EXPECT_EQ(record[0], 0);
}

}  // namespace
}  // namespace pqflow::schema::test
