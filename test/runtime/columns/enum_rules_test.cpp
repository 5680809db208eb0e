#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "columns/limits.hpp"
#include "columns/refusals.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(EnumRules, refuses_bad_tables_of_enum_values) {
  static const std::vector<pqflow_enum_value> values = {enum_value(1, "buy"), enum_value(-1, "sell")};
  static const std::vector<pqflow_enum_value> twice = {enum_value(1, "buy"), enum_value(1, "sell")};
  static const std::vector<pqflow_enum_value> too_large = {enum_value(128, "buy"), enum_value(1, "sell")};
  static const std::vector<pqflow_enum_value> not_utf8 = {enum_value(1, "\xff"), enum_value(2, "sell")};
  static const std::vector<pqflow_enum_value> no_name = {{1, {nullptr, 3}}, enum_value(2, "sell")};
  const pqflow_field side = enum_field("price", PQFLOW_STORAGE_INT8, values);
  const auto use = [](const std::vector<pqflow_enum_value>& table) { return [&table](pqflow_field& f) { f.enum_values = table.data(); }; };
  expect_refused(side, use(twice), "enum code 1 appears twice");
  expect_refused(side, use(too_large), "enum code 128 does not fit storage INT8");
  expect_refused(side, use(not_utf8), "the name of enum code 1 is not well-formed UTF-8");
  expect_refused(side, use(no_name), "the name of enum code 1 is null");
  expect_refused(
      side, [](pqflow_field& f) { f.enum_values = nullptr; }, "enum_values is null");
  expect_refused(
      side, [](pqflow_field& f) { f.enum_value_count = kMaxEnumValueCount + 1; }, "more than 65536 enum values");
  expect_refused(
      side, [](pqflow_field& f) { f.enum_value_count = 0; }, "an integer storage written as BYTE_ARRAY needs enum_values");
  const std::vector<pqflow_enum_value> positive = {enum_value(1, "buy")};
  expect_refused(
      enum_field("price", PQFLOW_STORAGE_UINT64, positive), [](pqflow_field& f) { f.enum_values = &values[1]; },
      "enum code -1 does not fit storage UINT64");
}

TEST(EnumRules, refuses_enum_values_where_there_is_nothing_to_look_up) {
  static const std::vector<pqflow_enum_value> values = {enum_value(1, "buy"), enum_value(2, "sell")};
  const auto name_codes = [](pqflow_field& f) {
    f.enum_values = values.data();
    f.enum_value_count = 2;
  };
  const std::string wanted = "enum_values are for integer storages written as INT32, INT64 or BYTE_ARRAY only";
  expect_refused(price(PQFLOW_STORAGE_DOUBLE), name_codes, wanted);
  expect_refused(price(PQFLOW_STORAGE_COUNTED_8), name_codes, wanted);
  expect_refused(int96_field("price", PQFLOW_STORAGE_INT64), name_codes, wanted);
  expect_refused(decimal_field(written_as(price(), PQFLOW_PHYSICAL_BYTE_ARRAY), 18, 2), name_codes,
                 "enum_values do not go with logical type DECIMAL");
  expect_refused(time_field("price", PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_NANOS, true), name_codes,
                 "enum_values of a column of codes need logical type INTEGER or none");
  const pqflow_field codes = code_field("price", PQFLOW_STORAGE_UINT16, values);
  TestSchema schema({codes, code_field("side", PQFLOW_STORAGE_INT64, values)});
  EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
  static const std::vector<pqflow_enum_value> too_large = {enum_value(65536, "buy"), enum_value(1, "sell")};
  expect_refused(
      codes, [](pqflow_field& f) { f.enum_values = too_large.data(); }, "enum code 65536 does not fit storage UINT16");
}

TEST(EnumRules, refuses_unknown_codes_as_null_where_null_cannot_be) {
  static const std::vector<pqflow_enum_value> values = {enum_value(1, "buy")};
  const auto as_null = [](pqflow_field& f) { f.unknown_code = PQFLOW_UNKNOWN_CODE_NULL; };
  expect_refused(enum_field("price", PQFLOW_STORAGE_INT8, values), as_null, "unknown_code NULL needs an optional field");
  expect_refused(code_field("price", PQFLOW_STORAGE_INT8, values), as_null, "unknown_code NULL needs an optional field");
  expect_refused(optional_field(price(), PQFLOW_NULL_BIT), as_null, "unknown_code is for fields with enum_values only");
  const pqflow_field optional = optional_field(enum_field("price", PQFLOW_STORAGE_INT8, values), PQFLOW_NULL_BIT);
  expect_refused(
      optional, [](pqflow_field& f) { f.unknown_code = 2; }, "unknown_code number 2 is not known");
  pqflow_field taken = optional;
  as_null(taken);
  TestSchema schema({taken});
  EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
}

}  // namespace
}  // namespace pqflow::columns
