#include "columns/value_order.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace pqflow::columns {
namespace {

using Bytes = std::vector<uint8_t>;

template <typename Value>
Bytes plain(Value value) {
  Bytes bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

Bytes counted(const std::string& text) {
  Bytes bytes = plain(static_cast<uint32_t>(text.size()));
  bytes.insert(bytes.end(), text.begin(), text.end());
  return bytes;
}

pqflow_field field_of(uint8_t physical_type, uint8_t logical_type = PQFLOW_LOGICAL_NONE) {
  pqflow_field field = {};
  field.physical_type = physical_type;
  field.logical_type = logical_type;
  return field;
}

std::partial_ordering compare(const pqflow_field& field, const Bytes& left, const Bytes& right) {
  return compare_function(field)(left.data(), right.data(), left.size());
}

// Each before all that follow, equal to itself.
void expect_rising(const pqflow_field& field, const std::vector<Bytes>& values) {
  for (size_t left = 0; left < values.size(); ++left) {
    for (size_t right = 0; right < values.size(); ++right) {
      EXPECT_EQ(compare(field, values[left], values[right]), static_cast<int>(left) <=> static_cast<int>(right)) << left << ", " << right;
    }
  }
}

TEST(ValueOrder, of_integers_is_signed_unless_their_type_is_not) {
  expect_rising(field_of(PQFLOW_PHYSICAL_INT32), {plain(INT32_MIN), plain(-1), plain(0), plain(INT32_MAX)});
  expect_rising(field_of(PQFLOW_PHYSICAL_INT64), {plain(INT64_MIN), plain(int64_t{-1}), plain(int64_t{0}), plain(INT64_MAX)});
  expect_rising(field_of(PQFLOW_PHYSICAL_INT32, PQFLOW_LOGICAL_INTEGER), {plain(0), plain(INT32_MAX), plain(INT32_MIN), plain(-1)});
  expect_rising(field_of(PQFLOW_PHYSICAL_INT64, PQFLOW_LOGICAL_INTEGER), {plain(int64_t{0}), plain(INT64_MAX), plain(int64_t{-1})});
}

TEST(ValueOrder, of_booleans_has_false_first) { expect_rising(field_of(PQFLOW_PHYSICAL_BOOLEAN), {plain(uint8_t{0}), plain(uint8_t{1})}); }

TEST(ValueOrder, of_floats_is_that_of_numbers_and_leaves_nan_and_two_zeros_open) {
  const pqflow_field field = field_of(PQFLOW_PHYSICAL_DOUBLE);
  expect_rising(field, {plain(-INFINITY * 1.0), plain(-1.5), plain(0.0), plain(2.0), plain(INFINITY * 1.0)});
  EXPECT_EQ(compare(field, plain(NAN * 1.0), plain(1.0)), std::partial_ordering::unordered);
  EXPECT_EQ(compare(field, plain(-0.0), plain(0.0)), std::partial_ordering::unordered);
  EXPECT_EQ(compare(field_of(PQFLOW_PHYSICAL_FLOAT), plain(-1.0F), plain(1.0F)), std::partial_ordering::less);
}

TEST(ValueOrder, of_halves_is_that_of_numbers) {
  const pqflow_field field = field_of(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, PQFLOW_LOGICAL_FLOAT16);
  constexpr uint16_t kMinusTwo = 0xc000;
  constexpr uint16_t kMinusOne = 0xbc00;
  constexpr uint16_t kOne = 0x3c00;
  constexpr uint16_t kInfinity = 0x7c00;
  expect_rising(field, {plain(kMinusTwo), plain(kMinusOne), plain(uint16_t{0}), plain(kOne), plain(kInfinity)});
  EXPECT_EQ(compare(field, plain(uint16_t{0x7e00}), plain(kOne)), std::partial_ordering::unordered) << "NaN";
  EXPECT_EQ(compare(field, plain(uint16_t{0x8000}), plain(uint16_t{0})), std::partial_ordering::unordered) << "two zeros";
}

TEST(ValueOrder, of_bytes_is_unsigned_and_shorter_first) {
  expect_rising(field_of(PQFLOW_PHYSICAL_BYTE_ARRAY, PQFLOW_LOGICAL_STRING),
                {counted(""), counted("a"), counted("ab"), counted("b"), counted("\xc3\xa4")});
  expect_rising(field_of(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY), {Bytes{0, 1}, Bytes{0, 2}, Bytes{0x7f, 0}, Bytes{0x80, 0}});
}

TEST(ValueOrder, of_decimals_in_bytes_is_that_of_their_numbers) {
  expect_rising(field_of(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, PQFLOW_LOGICAL_DECIMAL),
                {Bytes{0x80, 0}, Bytes{0xff, 0xff}, Bytes{0, 0}, Bytes{0, 1}, Bytes{0x7f, 0xff}});
  expect_rising(field_of(PQFLOW_PHYSICAL_BYTE_ARRAY, PQFLOW_LOGICAL_DECIMAL),
                {counted("\x80\x01"), counted("\xff\x01"), counted("\x80"), counted("\xff"), counted(std::string(1, '\0')), counted("\x7f"),
                 counted(std::string("\x01\x00", 2))});
}

}  // namespace
}  // namespace pqflow::columns
