// FLOAT16, INT96, INTERVAL, BSON, decimals of BYTE_ARRAY, codes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "columns/conversion.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(Float16Conversion, copies_numbers_and_gives_every_NaN_the_same_bits) {
  Conversion halves(make_field("f", PQFLOW_STORAGE_FLOAT16));
  EXPECT_EQ((halves.convert_numbers<uint16_t, uint16_t>({0x7c01, 0xfe12, 0xffff, 0x7e00, 0x7c00, 0xfc00, 0x8000, 0x0000, 0x0001, 0x7bff})),
            (std::vector<uint16_t>{0x7e00, 0x7e00, 0x7e00, 0x7e00, 0x7c00, 0xfc00, 0x8000, 0x0000, 0x0001, 0x7bff}));
  EXPECT_EQ(halves.converter().take_nan_count(), 4U);
  EXPECT_EQ(halves.invalid_values(), 0U);
}

TEST(Float16Conversion, canonicalises_a_constant_NaN) {
  const std::string nan("\x01\xfc", 2);
  const pqflow_field field = with_logical_type(constant_field("f", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, nan), PQFLOW_LOGICAL_FLOAT16);
  Conversion conversion(field);
  EXPECT_EQ(conversion.convert("", 3), (std::vector<uint8_t>{0x00, 0x7e, 0x00, 0x7e, 0x00, 0x7e}));
  EXPECT_EQ(conversion.converter().take_nan_count(), 3U);
}

struct Int96 {
  int64_t time_of_day_ns;
  int32_t julian_day;
  bool operator==(const Int96&) const = default;
};

std::vector<Int96> int96_of(const std::vector<int64_t>& times_ns) {
  const std::string source(reinterpret_cast<const char*>(times_ns.data()), times_ns.size() * 8);
  const std::vector<uint8_t> bytes = Conversion(int96_field("f", PQFLOW_STORAGE_INT64)).convert(source, times_ns.size());
  EXPECT_EQ(bytes.size(), times_ns.size() * 12);
  std::vector<Int96> result;
  for (size_t position = 0; position < bytes.size(); position += 12) {
    result.push_back({encoding::load<int64_t>(bytes.data() + position), encoding::load<int32_t>(bytes.data() + position + 8)});
  }
  return result;
}

constexpr int64_t kDayNs = 86'400'000'000'000;

TEST(Int96Conversion, splits_nanoseconds_into_the_time_of_day_and_the_Julian_day) {
  EXPECT_EQ(int96_of({0, 1, kDayNs - 1, kDayNs, 1'700'000'000'123'456'789}),
            (std::vector<Int96>{{0, 2440588}, {1, 2440588}, {kDayNs - 1, 2440588}, {0, 2440589}, {80'000'123'456'789, 2460263}}));
}

TEST(Int96Conversion, keeps_the_time_of_day_positive_before_1970) {
  EXPECT_EQ(int96_of({-1, -kDayNs, -kDayNs - 1, -kDayNs + 1}),
            (std::vector<Int96>{{kDayNs - 1, 2440587}, {0, 2440587}, {kDayNs - 1, 2440586}, {1, 2440587}}));
}

TEST(Int96Conversion, holds_the_first_and_the_last_nanosecond_there_is) {
  EXPECT_EQ(int96_of({std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()}),
            (std::vector<Int96>{{763'145'224'192, 2333836}, {85'636'854'775'807, 2547339}}));
}

TEST(Int96Conversion, copies_twelve_bytes_as_they_are) {
  const std::string two = "abcdefghijklmnopqrstuvwx";
  EXPECT_EQ(Conversion(int96_field("f", PQFLOW_STORAGE_FIXED_BYTES)).convert(two, 2), std::vector<uint8_t>(two.begin(), two.end()));
}

TEST(IntervalConversion, copies_months_days_and_milliseconds) {
  EXPECT_EQ(
      (Conversion(interval_field("f")).convert_numbers<std::array<uint32_t, 3>, std::array<uint32_t, 3>>({{1, 2, 3}, {4, 5, 0xffffffff}})),
      (std::vector<std::array<uint32_t, 3>>{{1, 2, 3}, {4, 5, 0xffffffff}}));
}

TEST(ByteArrayConversion, leaves_counted_bytes_alone_where_the_column_is_no_text) {
  for (const uint8_t logical_type : {PQFLOW_LOGICAL_NONE, PQFLOW_LOGICAL_BSON}) {
    Conversion conversion(with_logical_type(make_field("f", PQFLOW_STORAGE_COUNTED_8, 7), logical_type));
    EXPECT_EQ(conversion.convert_texts(std::string("\6\xff\xfe\0\x80\xc3\0\0......\3\0\0\0...", 21), 3),
              (Texts{std::string("\xff\xfe\0\x80\xc3\0", 6), "", std::string(3, '\0')}));
    EXPECT_EQ(conversion.invalid_values(), 0U);
  }
}

std::string minimal(__int128 value) {
  std::string bytes(1, static_cast<char>(value));
  while (value < -128 || value > 127) {
    value >>= 8;
    bytes.insert(bytes.begin(), static_cast<char>(value));
  }
  return bytes;
}

template <typename Integer>
void expect_minimal(uint8_t storage, const std::vector<Integer>& values) {
  const pqflow_field field = decimal_field(written_as(make_field("f", storage), PQFLOW_PHYSICAL_BYTE_ARRAY), 2, 0);
  const std::string source(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Integer));
  Texts expected;
  for (const Integer value : values) {
    expected.push_back(minimal(value));
  }
  EXPECT_EQ(Conversion(field).convert_texts(source, values.size()), expected) << int{storage};
}

TEST(DecimalConversion, writes_integers_big_endian_in_the_fewest_bytes) {
  expect_minimal<int8_t>(PQFLOW_STORAGE_INT8, {0, 1, -1, 127, -128});
  expect_minimal<int16_t>(PQFLOW_STORAGE_INT16, {0, 127, 128, -128, -129, INT16_MAX, INT16_MIN});
  expect_minimal<int32_t>(PQFLOW_STORAGE_INT32, {0, 255, 256, 32767, 32768, -32768, -32769, 1 << 23, INT32_MAX, INT32_MIN});
  std::vector<int64_t> edges = {0, INT64_MAX, INT64_MIN};
  for (int shift = 0; shift < 63; ++shift) {
    const int64_t power = int64_t{1} << shift;
    edges.insert(edges.end(), {power, power - 1, -power, -power - 1});
  }
  expect_minimal<int64_t>(PQFLOW_STORAGE_INT64, edges);
}

TEST(DecimalConversion, writes_zero_as_one_byte) {
  const pqflow_field field = decimal_field(written_as(make_field("f", PQFLOW_STORAGE_INT64), PQFLOW_PHYSICAL_BYTE_ARRAY), 18, 0);
  EXPECT_EQ(Conversion(field).convert_texts(std::string(8, '\0'), 1), (Texts{std::string(1, '\0')}));
}

TEST(DecimalConversion, cuts_the_repeated_sign_of_big_endian_bytes) {
  for (const size_t width_bytes : {1U, 2U, 9U, 16U, 24U}) {
    pqflow_field field = make_field("f", PQFLOW_STORAGE_FIXED_BYTES, static_cast<uint32_t>(width_bytes));
    field = decimal_field(written_as(field, PQFLOW_PHYSICAL_BYTE_ARRAY), 2, 0);
    std::string source;
    Texts expected;
    for (const int64_t value : {0, 1, -1, 127, -128, 128, -129, 255, -256, 32767, -32768}) {
      if (minimal(value).size() <= width_bytes) {
        expected.push_back(minimal(value));
        source += std::string(width_bytes - expected.back().size(), value < 0 ? '\xff' : '\0') + expected.back();
      }
    }
    expected.push_back("\x80" + std::string(width_bytes - 1, '\0'));
    source += expected.back();
    EXPECT_EQ(Conversion(field).convert_texts(source, expected.size()), expected) << width_bytes;
  }
}

const std::vector<pqflow_enum_value> kSides = {enum_value(1, "buy"), enum_value(100, "sell")};

TEST(CodeConversion, writes_codes_as_they_are_and_counts_those_that_are_not_in_the_table) {
  for (uint8_t storage = PQFLOW_STORAGE_INT8; storage <= PQFLOW_STORAGE_UINT64; ++storage) {
    const pqflow_field field = code_field("f", storage, kSides);
    std::string source;
    std::string expected;
    const size_t physical_width = field.physical_type == PQFLOW_PHYSICAL_INT64 ? 8 : 4;
    for (const char code : {'\1', '\2', '\x64', '\3'}) {
      source += code + std::string(field.width_bytes - 1, '\0');
      expected += code + std::string(physical_width - 1, '\0');
    }
    Conversion conversion(field);
    EXPECT_EQ(conversion.convert(source, 4), std::vector<uint8_t>(expected.begin(), expected.end())) << int{storage};
    EXPECT_EQ(conversion.invalid_values(), 2U);
  }
}

// Codes 1, 9 and 100, and one 9 that is null already.
void expect_dropped(pqflow_field field, uint64_t invalid_values) {
  Conversion conversion(optional_field(field, PQFLOW_NULL_BIT));
  const uint8_t codes[] = {1, 9, 100, 9};
  uint8_t present[] = {1, 1, 1, 0};
  EXPECT_TRUE(conversion.converter().drop_unknown(codes, present, 4));
  EXPECT_EQ(std::vector<uint8_t>(present, present + 4), (std::vector<uint8_t>{1, 0, 1, 0}));
  EXPECT_FALSE(conversion.converter().drop_unknown(codes, present, 4));
  EXPECT_EQ(conversion.invalid_values(), invalid_values);
}

TEST(CodeConversion, makes_unknown_codes_of_an_optional_column_null_and_counts_them_unless_the_schema_wants_null) {
  for (pqflow_field field : {enum_field("f", PQFLOW_STORAGE_UINT8, kSides), code_field("f", PQFLOW_STORAGE_UINT8, kSides)}) {
    expect_dropped(field, 1);
    field.unknown_code = PQFLOW_UNKNOWN_CODE_NULL;
    expect_dropped(field, 0);
  }
}

}  // namespace
}  // namespace pqflow::columns
