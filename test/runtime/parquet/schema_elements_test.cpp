#include "parquet/schema_elements.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "columns/nested_schema.hpp"
#include "columns/test_schema.hpp"
#include "parquet/row_group_metadata.hpp"
#include "parquet/thrift_reader.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;
using Bytes = std::vector<uint8_t>;

ThriftNode element_of(const pqflow_field& field) {
  TestSchema test_schema({field});
  Bytes out;
  encode_schema_elements(test_schema.build(), out);
  ThriftReader reader(out);
  reader.read_struct();
  return reader.read_struct();
}

TEST(SchemaElements, have_a_root_without_repetition) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_INT32), make_field("b", PQFLOW_STORAGE_INT32)});
  Bytes out;
  encode_schema_elements(test_schema.build(), out);
  const ThriftNode root = ThriftReader(out).read_struct();
  EXPECT_EQ(root.bytes_at(4), "probe");
  EXPECT_EQ(root.number_at(5), 2);
  EXPECT_EQ(root.fields.size(), 2U);
}

TEST(SchemaElements, keep_the_tree_of_groups) {
  const pqflow_field integer = make_field("", PQFLOW_STORAGE_INT32);
  NestedSchema nested({leaf("a", integer), structure("g", {leaf("b", integer), structure("h", {leaf("c", integer)})}),
                       optional(list("l", leaf("", integer), 3)), map("m", leaf("", integer), leaf("", integer), 3)});
  const columns::RecordSchema schema = nested.build();
  Bytes out;
  encode_schema_elements(schema, out);
  ThriftReader reader(out);
  std::vector<ThriftNode> elements;
  for (size_t index = 0; index < 1 + schema.fields.size(); ++index) {
    elements.push_back(reader.read_struct());
  }
  EXPECT_EQ(elements[0].number_at(5), 4) << "a, g, l and m";
  EXPECT_EQ(elements[2].number_at(5), 2) << "g";
  EXPECT_FALSE(elements[2].has(1)) << "a group has no physical type";
  EXPECT_FALSE(elements[2].has(6)) << "a struct no annotation";
  EXPECT_EQ(elements[6].number_at(6), 3) << "l: converted type LIST";
  EXPECT_TRUE(elements[6].at(10).has(3)) << "and logical type LIST";
  EXPECT_EQ(elements[6].number_at(3), PQFLOW_REPETITION_OPTIONAL);
  EXPECT_EQ(elements[7].number_at(3), PQFLOW_REPETITION_REPEATED);
  EXPECT_FALSE(elements[7].has(6)) << "the group in the list has no annotation";
  EXPECT_EQ(elements[9].number_at(6), 1) << "m: converted type MAP";
  EXPECT_TRUE(elements[9].at(10).has(2)) << "and logical type MAP";
  const std::vector<ColumnIdentity> identities = column_identities(schema);
  ASSERT_EQ(identities.size(), 6U);
  EXPECT_EQ(identities[1].path, (std::vector<std::string>{"g", "b"}));
  EXPECT_EQ(identities[2].path, (std::vector<std::string>{"g", "h", "c"}));
  EXPECT_EQ(identities[3].path, (std::vector<std::string>{"l", "list", "element"}));
  EXPECT_EQ(identities[5].path, (std::vector<std::string>{"m", "key_value", "value"}));
}

TEST(SchemaElements, state_type_repetition_and_field_id_of_a_leaf) {
  pqflow_field field = optional_field(make_field("a", PQFLOW_STORAGE_INT64), PQFLOW_NULL_BIT);
  field.field_id = 0;
  const ThriftNode element = element_of(field);
  EXPECT_EQ(element.number_at(1), PQFLOW_PHYSICAL_INT64);
  EXPECT_EQ(element.number_at(3), PQFLOW_REPETITION_OPTIONAL);
  EXPECT_EQ(element.bytes_at(4), "a");
  EXPECT_EQ(element.number_at(9), 0);
  for (const int id : {2, 5, 6, 7, 8, 10}) {
    EXPECT_FALSE(element.has(id)) << id;
  }
}

TEST(SchemaElements, state_the_length_of_fixed_bytes) {
  const ThriftNode element = element_of(make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 12));
  EXPECT_EQ(element.number_at(2), 12);
  EXPECT_FALSE(element.has(9)) << "no field id";
}

struct Annotation {
  pqflow_field field;
  int32_t converted_type;
  int logical_id;
};

TEST(SchemaElements, annotate_with_logical_and_converted_type) {
  const auto local = [](uint8_t storage, uint8_t logical_type, uint8_t unit) {
    return time_field("f", storage, logical_type, unit, false);
  };
  const auto timed = [](uint8_t storage, uint8_t logical_type, uint8_t unit) { return time_field("f", storage, logical_type, unit, true); };
  const auto integer = [](uint8_t storage) {
    pqflow_field field = make_field("f", storage);
    set_integer_type(field, static_cast<uint8_t>(field.width_bytes * 8), true);
    return field;
  };
  const pqflow_field text = make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 8);
  const Annotation annotations[] = {
      {text, 0, 1},
      {with_logical_type(text, PQFLOW_LOGICAL_ENUM), 4, 4},
      {with_logical_type(text, PQFLOW_LOGICAL_JSON), 19, 12},
      {with_logical_type(make_field("f", PQFLOW_STORAGE_COUNTED_8, 20), PQFLOW_LOGICAL_BSON), kNoConvertedType, 13},
      {decimal_field(make_field("f", PQFLOW_STORAGE_INT32), 9, 2), 5, 5},
      {decimal_field(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 9), 20, 2), 5, 5},
      {decimal_field(written_as(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 9), PQFLOW_PHYSICAL_BYTE_ARRAY), 20, 2), 5, 5},
      {decimal_field(make_field("f", PQFLOW_STORAGE_INT64), 18, 9), 5, 5},
      {with_logical_type(make_field("f", PQFLOW_STORAGE_INT32), PQFLOW_LOGICAL_DATE), 6, 6},
      {timed(PQFLOW_STORAGE_INT32, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_MILLIS), 7, 7},
      {timed(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_MICROS), 8, 7},
      {timed(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_NANOS), kNoConvertedType, 7},
      {timed(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_MILLIS), 9, 8},
      {timed(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_MICROS), 10, 8},
      {timed(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_NANOS), kNoConvertedType, 8},
      {local(PQFLOW_STORAGE_INT32, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_MILLIS), 7, 7},
      {local(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_MICROS), 8, 7},
      {local(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_NANOS), kNoConvertedType, 7},
      {local(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_MILLIS), 9, 8},
      {local(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_MICROS), 10, 8},
      {local(PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_NANOS), kNoConvertedType, 8},
      {make_field("f", PQFLOW_STORAGE_UINT8), 11, 10},
      {make_field("f", PQFLOW_STORAGE_UINT16), 12, 10},
      {make_field("f", PQFLOW_STORAGE_UINT32), 13, 10},
      {make_field("f", PQFLOW_STORAGE_UINT64), 14, 10},
      {make_field("f", PQFLOW_STORAGE_INT8), 15, 10},
      {make_field("f", PQFLOW_STORAGE_INT16), 16, 10},
      {integer(PQFLOW_STORAGE_INT32), 17, 10},
      {integer(PQFLOW_STORAGE_INT64), 18, 10},
      {with_logical_type(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 16), PQFLOW_LOGICAL_UUID), kNoConvertedType, 14},
      {make_field("f", PQFLOW_STORAGE_FLOAT16), kNoConvertedType, 15},
  };
  for (const Annotation& annotation : annotations) {
    const ThriftNode element = element_of(annotation.field);
    EXPECT_EQ(element.has(6), annotation.converted_type != kNoConvertedType) << annotation.logical_id;
    if (element.has(6)) {
      EXPECT_EQ(element.number_at(6), annotation.converted_type);
    }
    ASSERT_TRUE(element.has(10));
    EXPECT_EQ(element.at(10).fields.size(), 1U) << "a union has one member";
    EXPECT_TRUE(element.at(10).has(annotation.logical_id)) << annotation.logical_id;
  }
}

// parquet.thrift, union LogicalType: "9: reserved for INTERVAL".
TEST(SchemaElements, annotate_INTERVAL_with_the_converted_type_alone) {
  const ThriftNode element = element_of(interval_field("f"));
  EXPECT_EQ(element.number_at(1), PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY);
  EXPECT_EQ(element.number_at(2), 12);
  EXPECT_EQ(element.number_at(6), 21);
  EXPECT_FALSE(element.has(10));
}

TEST(SchemaElements, leave_INT96_without_annotation_or_length) {
  for (const uint8_t storage : {PQFLOW_STORAGE_INT64, PQFLOW_STORAGE_FIXED_BYTES}) {
    const ThriftNode element = element_of(int96_field("f", storage));
    EXPECT_EQ(element.number_at(1), PQFLOW_PHYSICAL_INT96);
    for (const int id : {2, 6, 10}) {
      EXPECT_FALSE(element.has(id)) << id;
    }
  }
}

TEST(SchemaElements, state_the_parameters_of_logical_types) {
  const ThriftNode decimal = element_of(decimal_field(make_field("f", PQFLOW_STORAGE_INT64), 18, 9));
  EXPECT_EQ(decimal.number_at(7), 9) << "scale";
  EXPECT_EQ(decimal.number_at(8), 18) << "precision";
  EXPECT_EQ(decimal.at(10).at(5).number_at(1), 9);
  EXPECT_EQ(decimal.at(10).at(5).number_at(2), 18);
  const ThriftNode timestamp =
      element_of(time_field("f", PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_NANOS, false)).at(10).at(8);
  EXPECT_EQ(timestamp.number_at(1), 0);
  EXPECT_TRUE(timestamp.at(2).has(3));
  EXPECT_EQ(timestamp.at(2).fields.size(), 1U);
  const ThriftNode integer = element_of(make_field("f", PQFLOW_STORAGE_UINT16)).at(10).at(10);
  EXPECT_EQ(integer.number_at(1), 16);
  EXPECT_EQ(integer.number_at(2), 0);
}

}  // namespace
}  // namespace pqflow::parquet
