#include "columns/record_schema.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "columns/limits.hpp"
#include "columns/refusals.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(RecordSchema, copies_what_it_needs_of_a_descriptor) {
  TestSchema test_schema({price(), make_field("size", PQFLOW_STORAGE_INT32)});
  const pqflow_key_value entry = {text_of("origin"), text_of("here")};
  test_schema.descriptor().key_values = &entry;
  test_schema.descriptor().key_value_count = 1;
  test_schema.descriptor().schema_json = text_of("{}");
  const RecordSchema schema = test_schema.build();
  EXPECT_EQ(schema.name, "probe");
  EXPECT_EQ(schema.schema_json, "{}");
  EXPECT_EQ(schema.key_values, (std::vector<std::pair<std::string, std::string>>{{"origin", "here"}}));
  EXPECT_EQ(schema.leaf_indices, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(schema.record_size_bytes, 16U);
  EXPECT_EQ(schema.slot_size_bytes, test_schema.descriptor().slot_size_bytes);
  EXPECT_EQ(schema.layout_fingerprint, test_schema.descriptor().layout_fingerprint);
  EXPECT_EQ(schema.schema_fingerprint, test_schema.descriptor().schema_fingerprint);
}

TEST(RecordSchema, leaves_the_target_alone_when_it_refuses) {
  RecordSchema schema;
  schema.name = "before";
  TestSchema test_schema({price()});
  test_schema.fields()[0].storage = 99;
  EXPECT_FALSE(RecordSchema::build(test_schema.descriptor(), nullptr, schema).is_ok());
  EXPECT_EQ(schema.name, "before");
}

TEST(RecordSchema, refuses_a_descriptor_of_another_ABI_before_reading_more_of_it) {
  expect_schema_refused(
      [](pqflow_descriptor& d) {
        d.abi_version = 2;
        d.name = nullptr;
      },
      "ABI version 2", PQFLOW_STATUS_ABI_MISMATCH);
  expect_schema_refused([](pqflow_descriptor& d) { d.struct_size_bytes += 8; }, "ABI", PQFLOW_STATUS_ABI_MISMATCH);
  expect_schema_refused([](pqflow_descriptor& d) { d.field_size_bytes -= 8; }, "ABI", PQFLOW_STATUS_ABI_MISMATCH);
}

TEST(RecordSchema, refuses_missing_pointers_and_counts) {
  expect_schema_refused([](pqflow_descriptor& d) { d.name = nullptr; }, "schema: name is null");
  expect_schema_refused([](pqflow_descriptor& d) { d.name = ""; }, "1 … 255 bytes");
  expect_schema_refused([](pqflow_descriptor& d) { d.fields = nullptr; }, "fields is null");
  expect_schema_refused([](pqflow_descriptor& d) { d.field_count = 0; }, "count 0");
  expect_schema_refused([](pqflow_descriptor& d) { d.field_count = std::numeric_limits<uint32_t>::max(); }, "count 4294967295");
  expect_schema_refused([](pqflow_descriptor& d) { d.key_value_count = 1; }, "key_values is null");
  expect_schema_refused([](pqflow_descriptor& d) { d.schema_json = {nullptr, 3}; }, "schema_json is null");
  expect_schema_refused([](pqflow_descriptor& d) { d.schema_json = text_of("\xff"); }, "schema_json is not well-formed UTF-8");
}

TEST(RecordSchema, refuses_texts_beyond_the_limit) {
  static const std::string text(kMaxTextBytes + 1, 'x');
  expect_schema_refused(
      [](pqflow_descriptor& d) {
        d.schema_json = {text.data(), text.size()};
      },
      "schema_json is longer than 16777216 bytes");
  static const pqflow_key_value entries[] = {{text_of("a"), {text.data(), kMaxTextBytes}}};
  expect_schema_refused(
      [](pqflow_descriptor& d) {
        d.key_values = entries;
        d.key_value_count = 1;
      },
      "key_values take more than");
}

TEST(RecordSchema, refuses_bad_key_values) {
  static const pqflow_key_value empty_key = {text_of(""), text_of("x")};
  static const pqflow_key_value reserved_key = {text_of("pqflow:schema"), text_of("x")};
  static const pqflow_key_value bad_value = {text_of("k"), text_of("\xc3")};
  static const pqflow_key_value bad_key = {text_of("\xc3"), text_of("v")};
  const auto with = [](const pqflow_key_value& entry) {
    return [&entry](pqflow_descriptor& d) {
      d.key_values = &entry;
      d.key_value_count = 1;
    };
  };
  expect_schema_refused(with(empty_key), "a key of key_values is empty");
  expect_schema_refused(with(reserved_key), "keys that start with `pqflow:` are written by the runtime");
  expect_schema_refused(with(bad_value), "the value of key `k` is not well-formed UTF-8");
  expect_schema_refused(with(bad_key), "a key of key_values is not well-formed UTF-8");
}

TEST(RecordSchema, refuses_records_of_impossible_size_or_alignment) {
  expect_schema_refused([](pqflow_descriptor& d) { d.record_size_bytes = 0; }, "record_size_bytes 0");
  expect_schema_refused([](pqflow_descriptor& d) { d.record_size_bytes = PQFLOW_RECORD_SIZE_MAX_BYTES + 8; }, "record_size_bytes 1048584");
  expect_schema_refused([](pqflow_descriptor& d) { d.record_align_bytes = 0; }, "record_align_bytes 0");
  expect_schema_refused([](pqflow_descriptor& d) { d.record_align_bytes = 3; }, "record_align_bytes 3");
  expect_schema_refused([](pqflow_descriptor& d) { d.record_align_bytes = 256; },
                        "record_align_bytes 256 must be a power of two up to 128");
  expect_schema_refused([](pqflow_descriptor& d) { d.record_align_bytes = 32; }, "that divides record_size_bytes 16");
  expect_schema_refused([](pqflow_descriptor& d) { d.slot_size_bytes += 8; }, "this record needs 24");
}

TEST(RecordSchema, takes_a_record_of_the_largest_size_and_refuses_more) {
  TestSchema schema({price(PQFLOW_STORAGE_FIXED_BYTES, PQFLOW_RECORD_SIZE_MAX_BYTES)});
  EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
  TestSchema larger({price(PQFLOW_STORAGE_FIXED_BYTES, PQFLOW_RECORD_SIZE_MAX_BYTES + 1)});
  EXPECT_FALSE(build(larger.descriptor()).is_ok());
}

TEST(RecordSchema, takes_4096_columns_and_refuses_more) {
  std::deque<std::string> names;
  TestSchema schema;
  for (size_t index = 0; index < kMaxLeafCount; ++index) {
    schema.add(make_field(names.emplace_back("c" + std::to_string(index)).c_str(), PQFLOW_STORAGE_INT8));
  }
  EXPECT_TRUE(build(schema.lay_out()).is_ok());
  schema.add(make_field("one_more", PQFLOW_STORAGE_INT8));
  EXPECT_NE(build(schema.lay_out()).message.find("more than 4096 leaf columns"), std::string::npos);
}

TEST(RecordSchema, refuses_bad_and_repeated_names) {
  const std::string long_name(kMaxNameBytes + 1, 'x');
  for (const char* name : {static_cast<const char*>(nullptr), "", "\xff", long_name.c_str()}) {
    TestSchema schema({make_field("price", PQFLOW_STORAGE_INT64), make_field("size", PQFLOW_STORAGE_INT64)});
    schema.fields()[1].name = name;
    EXPECT_NE(build(schema.descriptor()).message.find("field 1: name"), std::string::npos) << build(schema.descriptor()).message;
  }
  TestSchema schema({make_field("price", PQFLOW_STORAGE_INT64), make_field("price", PQFLOW_STORAGE_INT64)});
  EXPECT_NE(build(schema.descriptor()).message.find("field `price`: the name appears twice"), std::string::npos);
}

TEST(RecordSchema, refuses_repeated_and_negative_field_ids) {
  TestSchema schema({make_field("a", PQFLOW_STORAGE_INT64), make_field("b", PQFLOW_STORAGE_INT64)});
  schema.fields()[0].field_id = schema.fields()[1].field_id = 7;
  EXPECT_NE(build(schema.descriptor()).message.find("field `b`: field_id 7 appears twice"), std::string::npos);
  expect_refused(
      price(), [](pqflow_field& f) { f.field_id = -2; }, "field_id -2 is negative");
}

TEST(RecordSchema, outlives_the_texts_of_its_descriptor) {
  std::string name = "side";
  std::string enum_name = "bid";
  std::string constant = "XNAS";
  std::vector<pqflow_enum_value> values = {enum_value(1, enum_name.c_str())};
  RecordSchema schema;
  {
    TestSchema test_schema(
        {enum_field(name.c_str(), PQFLOW_STORAGE_UINT8, values), constant_field("venue", PQFLOW_PHYSICAL_BYTE_ARRAY, constant)});
    ASSERT_TRUE(RecordSchema::build(test_schema.descriptor(), nullptr, schema).is_ok());
  }
  name = "XXXX";
  enum_name = "YYY";
  constant = "ZZZZ";
  values[0].code = 9;
  EXPECT_STREQ(schema.fields[0].name, "side");
  EXPECT_STREQ(schema.fields[0].member, "side");
  EXPECT_EQ(schema.fields[0].enum_values[0].code, 1);
  EXPECT_EQ(std::string(schema.fields[0].enum_values[0].name.data, 3), "bid");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(schema.fields[1].constant_value), 4), "XNAS");
}

TEST(RecordSchema, checks_the_shape_of_the_tree) {
  TestSchema open_group({make_field("group", PQFLOW_STORAGE_INT64), make_field("child", PQFLOW_STORAGE_INT64)});
  open_group.fields()[0].child_count = std::numeric_limits<uint32_t>::max();
  EXPECT_NE(build(open_group.descriptor()).message.find("ends inside a group"), std::string::npos);

  std::deque<std::string> names;
  TestSchema deep;
  for (size_t index = 0; index <= kMaxNestingDepth; ++index) {
    deep.add(make_field(names.emplace_back("g" + std::to_string(index)).c_str(), PQFLOW_STORAGE_INT8));
  }
  deep.lay_out();
  for (size_t index = 0; index < kMaxNestingDepth; ++index) {
    deep.fields()[index].child_count = 1;
  }
  EXPECT_NE(build(deep.descriptor()).message.find("nesting is deeper than 32"), std::string::npos) << build(deep.descriptor()).message;
}

}  // namespace
}  // namespace pqflow::columns
