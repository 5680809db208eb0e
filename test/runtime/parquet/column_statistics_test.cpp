// Statistics of every type through the whole column: records in, bounds as they go into the footer out.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

template <typename T>
std::string raw(T value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
std::vector<std::string> raws(const std::vector<T>& values) {
  std::vector<std::string> result;
  for (const T value : values) {
    result.push_back(raw(value));
  }
  return result;
}

std::string counted(const std::string& value, size_t room_bytes) {
  return static_cast<char>(value.size()) + value + std::string(room_bytes - value.size(), '\xa5');
}

std::vector<std::string> counted_all(const std::vector<std::string>& values, size_t room_bytes) {
  std::vector<std::string> result;
  for (const std::string& value : values) {
    result.push_back(counted(value, room_bytes));
  }
  return result;
}

// Big-endian two's complement of `width_bytes`.
std::string big_endian(int64_t value, size_t width_bytes) {
  std::string bytes;
  for (size_t index = 0; index < width_bytes; ++index) {
    const size_t shift = (width_bytes - 1 - index) * 8;
    bytes += static_cast<char>(shift >= 64 ? value >> 63 : value >> shift);
  }
  return bytes;
}

std::vector<std::string> big_endian_all(const std::vector<int64_t>& values, size_t width_bytes) {
  std::vector<std::string> result;
  for (const int64_t value : values) {
    result.push_back(big_endian(value, width_bytes));
  }
  return result;
}

struct Case {
  std::string name;
  pqflow_field field;
  std::vector<std::string> values;  // As they lie in the record.
  bool has_bounds;
  std::string min;
  std::string max;
  uint64_t nan_count = 0;
};

void PrintTo(const Case& test_case, std::ostream* stream) { *stream << test_case.name; }

const float kNaN = std::nanf("");

std::vector<Case> numeric_cases() {
  const auto make = [](uint8_t storage) { return make_field("f", storage); };
  return {
      {"bool", make(PQFLOW_STORAGE_BOOL), {"\1", std::string(1, '\0'), "\7"}, true, std::string(1, '\0'), "\1"},
      {"bool_true_alone", make(PQFLOW_STORAGE_BOOL), {"\1", "\1"}, true, "\1", "\1"},
      {"int8_mixed_signs", make(PQFLOW_STORAGE_INT8), raws<int8_t>({5, -1, 127, -128}), true, raw(-128), raw(127)},
      {"int16_mixed_signs", make(PQFLOW_STORAGE_INT16), raws<int16_t>({5, -1, -300}), true, raw(-300), raw(5)},
      {"int32_mixed_signs", make(PQFLOW_STORAGE_INT32), raws<int32_t>({1, -1, 0}), true, raw(-1), raw(1)},
      {"int64_mixed_signs", make(PQFLOW_STORAGE_INT64), raws<int64_t>({1, INT64_MIN, 7}), true, raw(INT64_MIN), raw(int64_t{7})},
      {"uint8_high_bit", make(PQFLOW_STORAGE_UINT8), raws<uint8_t>({200, 5}), true, raw(5), raw(200)},
      {"uint16_high_bit", make(PQFLOW_STORAGE_UINT16), raws<uint16_t>({40000, 5}), true, raw(5), raw(40000)},
      {"uint32_high_bit", make(PQFLOW_STORAGE_UINT32), raws<uint32_t>({0xffffffff, 5}), true, raw(5U), raw(0xffffffffU)},
      {"uint64_high_bit", make(PQFLOW_STORAGE_UINT64), raws<uint64_t>({~uint64_t{0}, uint64_t{1} << 63, 5}), true, raw(uint64_t{5}),
       raw(~uint64_t{0})},
      {"float", make(PQFLOW_STORAGE_FLOAT), raws<float>({kNaN, 1.5F, -2.5F, kNaN}), true, raw(-2.5F), raw(1.5F), 2},
      {"float_zeros", make(PQFLOW_STORAGE_FLOAT), raws<float>({0.0F}), true, raw(-0.0F), raw(0.0F)},
      {"float_NaN_alone", make(PQFLOW_STORAGE_FLOAT), raws<float>({kNaN, kNaN}), false, "", "", 2},
      {"double", make(PQFLOW_STORAGE_DOUBLE), raws<double>({kNaN, 1.5, -HUGE_VAL}), true, raw(-HUGE_VAL), raw(1.5), 1},
      {"double_zeros", make(PQFLOW_STORAGE_DOUBLE), raws<double>({-0.0, -0.0}), true, raw(-0.0), raw(0.0)},
      {"double_NaN_alone", make(PQFLOW_STORAGE_DOUBLE), raws<double>({kNaN}), false, "", "", 1},
  };
}

// Halves: 0x3c00 is 1, 0x4000 is 2, 0x0001 the smallest above 0, 0x7bff the largest number.
std::vector<Case> half_cases() {
  const pqflow_field half = make_field("f", PQFLOW_STORAGE_FLOAT16);
  const auto bits = [](const std::vector<uint16_t>& values) { return raws<uint16_t>(values); };
  const auto raw_half = [](int value) { return raw(static_cast<uint16_t>(value)); };
  return {
      {"float16_mixed_signs", half, bits({0x3c00, 0xc000, 0x4000, 0xbc00}), true, raw_half(0xc000), raw_half(0x4000)},
      {"float16_negative_alone", half, bits({0xbc00, 0xc000}), true, raw_half(0xc000), raw_half(0xbc00)},
      {"float16_small", half, bits({0x0001, 0x8001, 0x7bff}), true, raw_half(0x8001), raw_half(0x7bff)},
      {"float16_infinities", half, bits({0x7c00, 0xfc00}), true, raw_half(0xfc00), raw_half(0x7c00)},
      {"float16_NaN_among_numbers", half, bits({0x7e00, 0x3c00, 0xffff, 0x7c01}), true, raw_half(0x3c00), raw_half(0x3c00), 3},
      {"float16_NaN_alone", half, bits({0x7e00, 0xfe00}), false, "", "", 2},
      {"float16_positive_zero", half, bits({0x0000}), true, raw_half(0x8000), raw_half(0x0000)},
      {"float16_negative_zero", half, bits({0x8000, 0x8000}), true, raw_half(0x8000), raw_half(0x0000)},
      {"float16_zero_and_more", half, bits({0x8000, 0x3c00}), true, raw_half(0x8000), raw_half(0x3c00)},
      {"float16_zero_and_less", half, bits({0x8000, 0xbc00}), true, raw_half(0xbc00), raw_half(0x0000)},
  };
}

std::vector<Case> byte_cases() {
  const pqflow_field text = make_field("f", PQFLOW_STORAGE_COUNTED_8, 13);
  const pqflow_field bytes = with_logical_type(text, PQFLOW_LOGICAL_NONE);
  const pqflow_field padded = with_logical_type(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 4), PQFLOW_LOGICAL_NONE);
  const pqflow_field bson = with_logical_type(text, PQFLOW_LOGICAL_BSON);
  const pqflow_field fixed = make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 3);
  const pqflow_field uuid = with_logical_type(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 16), PQFLOW_LOGICAL_UUID);
  const std::string zeros(3, '\0');
  return {
      {"text_with_high_bits", text, counted_all({"b", "\xc3\xa9", "a"}, 12), true, "a", "\xc3\xa9"},
      {"bytes_with_ff_prefixes", bytes, counted_all({"\xff\xfe", "\xff", "\xff\xff", "\x01"}, 12), true, "\x01", "\xff\xff"},
      {"bytes_with_zeros", bytes, counted_all({zeros, std::string(1, '\0'), std::string("\0\1", 2)}, 12), true, std::string(1, '\0'),
       std::string("\0\1", 2)},
      {"bytes_that_are_empty", bytes, counted_all({"", ""}, 12), true, "", ""},
      {"padded_bytes", padded, {"\xff\xfe  ", "\xff   ", "ab  "}, true, "ab", "\xff\xfe"},
      {"bson", bson, counted_all({std::string("\x05\0\0\0\0", 5), std::string("\xff\0\0\0\0", 5)}, 12), true,
       std::string("\x05\0\0\0\0", 5), std::string("\xff\0\0\0\0", 5)},
      {"fixed", fixed, {"\xff\x01\x01", "\x7f\xff\xff"}, true, "\x7f\xff\xff", "\xff\x01\x01"},
      {"uuid", uuid, {std::string(16, '\xff'), std::string(16, '\x01')}, true, std::string(16, '\x01'), std::string(16, '\xff')},
      {"int96", int96_field("f", PQFLOW_STORAGE_INT64), raws<int64_t>({1, -1}), false, "", ""},
      {"int96_bytes", int96_field("f", PQFLOW_STORAGE_FIXED_BYTES), {std::string(12, 'a'), std::string(12, 'b')}, false, "", ""},
      {"interval", interval_field("f"), {std::string(12, '\1'), std::string(12, '\2')}, false, "", ""},
  };
}

// Unequal lengths, mixed signs, 0xFF prefixes: 300 is 01 2c, 128 is 00 80, -129 is ff 7f, -256 is ff 00.
std::vector<Case> decimal_cases() {
  const auto in_bytes = [](uint8_t storage, uint8_t precision, uint32_t width_bytes = 0) {
    return decimal_field(written_as(make_field("f", storage, width_bytes), PQFLOW_PHYSICAL_BYTE_ARRAY), precision, 1);
  };
  const pqflow_field from_int32 = in_bytes(PQFLOW_STORAGE_INT32, 9);
  const pqflow_field from_int64 = in_bytes(PQFLOW_STORAGE_INT64, 18);
  const pqflow_field from_bytes = in_bytes(PQFLOW_STORAGE_FIXED_BYTES, 38, 16);
  const pqflow_field fixed = decimal_field(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 9), 20, 2);
  const pqflow_field short_fixed = decimal_field(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 3), 6, 2);
  return {
      {"decimal_int32", decimal_field(make_field("f", PQFLOW_STORAGE_INT32), 9, 2), raws<int32_t>({1, -1}), true, raw(-1), raw(1)},
      {"decimal_bytes_mixed_signs", from_int32, raws<int32_t>({5, -1, 300, -129, 127}), true, "\xff\x7f", "\x01\x2c"},
      {"decimal_bytes_negative_alone", from_int32, raws<int32_t>({-1, -129, -128}), true, "\xff\x7f", "\xff"},
      {"decimal_bytes_positive_alone", from_int32, raws<int32_t>({128, 127, 5}), true, "\x05", std::string("\0\x80", 2)},
      {"decimal_bytes_zero", from_int64, raws<int64_t>({0, 0}), true, std::string(1, '\0'), std::string(1, '\0')},
      {"decimal_bytes_ends", from_int64, raws<int64_t>({0, INT64_MAX, INT64_MIN, -256}), true, "\x80" + std::string(7, '\0'),
       "\x7f" + std::string(7, '\xff')},
      {"decimal_bytes_wide", from_bytes, big_endian_all({-1, 1, 300, INT64_MIN, -256}, 16), true, "\x80" + std::string(7, '\0'),
       "\x01\x2c"},
      {"decimal_bytes_equal_lengths", from_bytes, big_endian_all({-256, -129, 128, 300}, 16), true, std::string("\xff\0", 2), "\x01\x2c"},
      {"decimal_fixed_mixed_signs", fixed, big_endian_all({1, -1, 300, -256}, 9), true, big_endian(-256, 9), big_endian(300, 9)},
      {"decimal_fixed_negative_alone", fixed, big_endian_all({-1, -256}, 9), true, big_endian(-256, 9), big_endian(-1, 9)},
      {"decimal_short_fixed", short_fixed, big_endian_all({1, -1, 300, -256}, 3), true, big_endian(-256, 3), big_endian(300, 3)},
  };
}

std::vector<Case> temporal_cases() {
  std::vector<Case> cases = {{"date", with_logical_type(make_field("f", PQFLOW_STORAGE_INT32), PQFLOW_LOGICAL_DATE),
                              raws<int32_t>({-100, 5}), true, raw(-100), raw(5)}};
  const char* const units[] = {"", "ms", "us", "ns"};
  for (uint8_t unit = PQFLOW_UNIT_MILLIS; unit <= PQFLOW_UNIT_NANOS; ++unit) {
    for (const bool is_utc : {false, true}) {
      const std::string ending = std::string("_") + units[unit] + (is_utc ? "_utc" : "_local");
      cases.push_back({"timestamp" + ending, time_field("f", PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, unit, is_utc),
                       raws<int64_t>({-1, 1, 0}), true, raw(int64_t{-1}), raw(int64_t{1})});
      const bool is_narrow = unit == PQFLOW_UNIT_MILLIS;
      cases.push_back({"time" + ending,
                       time_field("f", is_narrow ? PQFLOW_STORAGE_INT32 : PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIME, unit, is_utc),
                       is_narrow ? raws<int32_t>({7, 3}) : raws<int64_t>({7, 3}), true, is_narrow ? raw(3) : raw(int64_t{3}),
                       is_narrow ? raw(7) : raw(int64_t{7})});
    }
  }
  return cases;
}

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (const auto& cases : {numeric_cases(), half_cases(), byte_cases(), decimal_cases(), temporal_cases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

// What the footer is made from.
EncodedChunk chunk_of(const pqflow_field& field, const std::vector<std::string>& values, const std::vector<bool>& present) {
  TestSchema test_schema({field});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, values.size());
  for (size_t row = 0; row < values.size(); ++row) {
    records.set_bytes(row, 0, values[row]);
    if (!present.empty()) {
      records.set_present(row, 0, present[row]);
    }
  }
  RowGroupOptions options;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  RowGroupWriter writer(schema, options);
  writer.append(records.data(), values.size());
  return writer.finish().chunks[0];
}

std::string text(const std::vector<uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

void expect_bounds(const EncodedChunk& chunk, const Case& wanted) {
  EXPECT_EQ(chunk.bounds.is_present, wanted.has_bounds);
  EXPECT_EQ(chunk.nan_count, wanted.nan_count);
  if (wanted.has_bounds && chunk.bounds.is_present) {
    EXPECT_EQ(text(chunk.bounds.min), wanted.min);
    EXPECT_EQ(text(chunk.bounds.max), wanted.max);
    EXPECT_TRUE(chunk.bounds.is_min_exact);
    EXPECT_TRUE(chunk.bounds.is_max_exact);
  }
}

class ColumnStatistics : public ::testing::TestWithParam<Case> {};

TEST_P(ColumnStatistics, are_those_of_the_values_in_the_order_of_the_type) {
  const EncodedChunk chunk = chunk_of(GetParam().field, GetParam().values, {});
  expect_bounds(chunk, GetParam());
  EXPECT_EQ(chunk.null_count, 0U);
}

TEST_P(ColumnStatistics, leave_nulls_out_whatever_bytes_they_have) {
  const pqflow_field field = optional_field(GetParam().field, PQFLOW_NULL_BIT);
  std::vector<std::string> values = GetParam().values;
  std::vector<bool> present(values.size(), true);
  for (const uint8_t filling : {0x00, 0xff, 0x7f, 0x80}) {
    values.push_back(std::string(field.width_bytes, static_cast<char>(filling)));
    present.push_back(false);
  }
  const EncodedChunk chunk = chunk_of(field, values, present);
  expect_bounds(chunk, GetParam());
  EXPECT_EQ(chunk.null_count, 4U);
}

TEST_P(ColumnStatistics, have_no_bounds_where_all_is_null) {
  const std::vector<bool> present(GetParam().values.size(), false);
  const EncodedChunk chunk = chunk_of(optional_field(GetParam().field, PQFLOW_NULL_BIT), GetParam().values, present);
  EXPECT_FALSE(chunk.bounds.is_present);
  EXPECT_EQ(chunk.null_count, GetParam().values.size());
  EXPECT_EQ(chunk.nan_count, 0U);
}

INSTANTIATE_TEST_SUITE_P(OfEveryType, ColumnStatistics, ::testing::ValuesIn(all_cases()),
                         [](const ::testing::TestParamInfo<Case>& info) { return info.param.name; });

TEST(ColumnStatistics, of_decimals_are_never_shortened) {
  pqflow_field field = make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 100);
  field = decimal_field(written_as(field, PQFLOW_PHYSICAL_BYTE_ARRAY), 200, 0);
  const std::string low = "\x81" + std::string(99, '\1');
  const std::string high = "\x7f" + std::string(99, '\2');
  const EncodedChunk chunk = chunk_of(field, {high, low}, {});
  expect_bounds(chunk, {"", field, {}, true, low, high});
}

TEST(ColumnStatistics, of_a_constant_are_its_value) {
  const std::string value = "\xff\x7f";
  const EncodedChunk chunk = chunk_of(decimal_field(constant_field("f", PQFLOW_PHYSICAL_BYTE_ARRAY, value), 3, 0), {"", "", ""}, {});
  expect_bounds(chunk, {"", {}, {}, true, value, value});
  const std::string half("\0\x3c", 2);
  const pqflow_field one = with_logical_type(constant_field("f", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, half), PQFLOW_LOGICAL_FLOAT16);
  expect_bounds(chunk_of(one, {"", ""}, {}), {"", {}, {}, true, half, half});
  const std::string zero(2, '\0');
  const pqflow_field none = with_logical_type(constant_field("f", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, zero), PQFLOW_LOGICAL_FLOAT16);
  expect_bounds(chunk_of(none, {""}, {}), {"", {}, {}, true, std::string("\0\x80", 2), zero});
}

TEST(SentinelNulls, of_FLOAT16_are_found_by_their_bits_and_NaN_nulls_by_their_class) {
  const std::vector<std::string> values = raws<uint16_t>({0x7e01, 0x7e00, 0x3c00, 0xfc01});
  const EncodedChunk by_bits = chunk_of(optional_field(make_field("f", PQFLOW_STORAGE_FLOAT16), PQFLOW_NULL_SENTINEL, 0x7e01), values, {});
  EXPECT_EQ(by_bits.null_count, 1U);
  EXPECT_EQ(by_bits.nan_count, 2U);
  const EncodedChunk by_class = chunk_of(optional_field(make_field("f", PQFLOW_STORAGE_FLOAT16), PQFLOW_NULL_NAN), values, {});
  EXPECT_EQ(by_class.null_count, 3U);
  EXPECT_EQ(by_class.nan_count, 0U);
  EXPECT_EQ(text(by_class.bounds.max), std::string("\0\x3c", 2));
}

TEST(SentinelNulls, of_INT96_are_looked_for_in_the_nanoseconds) {
  const pqflow_field field = optional_field(int96_field("f", PQFLOW_STORAGE_INT64), PQFLOW_NULL_SENTINEL, static_cast<uint64_t>(INT64_MIN));
  const EncodedChunk chunk = chunk_of(field, raws<int64_t>({0, INT64_MIN, 5}), {});
  EXPECT_EQ(chunk.null_count, 1U);
  EXPECT_FALSE(chunk.bounds.is_present);
}

TEST(SentinelNulls, of_codes_are_null_and_not_unknown) {
  static const std::vector<pqflow_enum_value> sides = {enum_value(1, "buy"), enum_value(2, "sell")};
  for (const pqflow_field& field : {enum_field("f", PQFLOW_STORAGE_UINT8, sides), code_field("f", PQFLOW_STORAGE_UINT8, sides)}) {
    TestSchema test_schema({optional_field(field, PQFLOW_NULL_SENTINEL, 0xff)});
    const columns::RecordSchema schema = test_schema.build();
    TestRecords records(schema, 4);
    const std::vector<std::string> codes = {"\1", "\xff", "\2", "\7"};
    for (size_t row = 0; row < codes.size(); ++row) {
      records.set_bytes(row, 0, codes[row]);
    }
    RowGroupOptions options;
    options.codec = PQFLOW_CODEC_UNCOMPRESSED;
    RowGroupWriter writer(schema, options);
    writer.append(records.data(), codes.size());
    EXPECT_EQ(writer.finish().chunks[0].null_count, 2U);
    EXPECT_EQ(writer.invalid_values(), 1U) << "7 alone";
  }
}

}  // namespace
}  // namespace pqflow::parquet
