#include "columns/value_converter.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <string>
#include <vector>

#include "columns/conversion.hpp"
#include "columns/enum_table.hpp"
#include "columns/test_schema.hpp"
#include "columns/text_converters.hpp"
#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(FixedConversion, widens_narrow_integers_keeping_their_value) {
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_INT8)).convert_numbers<int8_t, int32_t>({-128, -1, 0, 127})),
            (std::vector<int32_t>{-128, -1, 0, 127}));
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_INT16)).convert_numbers<int16_t, int32_t>({-32768, 32767})),
            (std::vector<int32_t>{-32768, 32767}));
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_UINT8)).convert_numbers<uint8_t, int32_t>({0, 255})),
            (std::vector<int32_t>{0, 255}));
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_UINT16)).convert_numbers<uint16_t, int32_t>({0, 65535})),
            (std::vector<int32_t>{0, 65535}));
}

TEST(FixedConversion, copies_wide_integers_and_fixed_bytes) {
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_UINT32)).convert_numbers<uint32_t, uint32_t>({0xffffffffU})),
            (std::vector<uint32_t>{0xffffffffU}));
  EXPECT_EQ((Conversion(make_field("f", PQFLOW_STORAGE_INT64)).convert_numbers<int64_t, int64_t>({INT64_MIN, INT64_MAX})),
            (std::vector<int64_t>{INT64_MIN, INT64_MAX}));
  EXPECT_EQ(Conversion(make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 3)).convert("abcdef", 2),
            (std::vector<uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST(FixedConversion, writes_a_bool_byte_other_than_0_and_1_as_true_and_counts_it) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_BOOL));
  EXPECT_EQ(conversion.convert(std::string("\0\1\2\xff", 4), 4), (std::vector<uint8_t>{0, 1, 1, 1}));
  EXPECT_EQ(conversion.invalid_values(), 2U);
}

TEST(FixedConversion, gives_every_NaN_the_same_bits_and_counts_it) {
  Conversion floats(make_field("f", PQFLOW_STORAGE_FLOAT));
  EXPECT_EQ((floats.convert_numbers<uint32_t, uint32_t>({0x7f800001, 0xffc12345, 0x7f800000, 0xff800000, 0x80000000, 0x00000001})),
            (std::vector<uint32_t>{0x7fc00000, 0x7fc00000, 0x7f800000, 0xff800000, 0x80000000, 0x00000001}));
  EXPECT_EQ(floats.converter().take_nan_count(), 2U);
  EXPECT_EQ(floats.converter().take_nan_count(), 0U);
  Conversion doubles(make_field("f", PQFLOW_STORAGE_DOUBLE));
  EXPECT_EQ((doubles.convert_numbers<uint64_t, uint64_t>({0x7ff0000000000001, 0xfff8000000000000, 0xfff0000000000000, 0x8000000000000000})),
            (std::vector<uint64_t>{0x7ff8000000000000, 0x7ff8000000000000, 0xfff0000000000000, 0x8000000000000000}));
  EXPECT_EQ(doubles.converter().take_nan_count(), 2U);
  EXPECT_EQ(doubles.invalid_values(), 0U);
}

TEST(TextConversion, cuts_trailing_pad_bytes_and_no_others) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 5));
  EXPECT_EQ(conversion.convert_texts("abcdeab   a b       a", 4), (Texts{"abcde", "ab", "a b", ""}));
  EXPECT_EQ(conversion.invalid_values(), 0U);
}

TEST(TextConversion, cuts_the_pad_byte_of_the_schema) {
  pqflow_field field = make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 4);
  field.pad_byte = 0;
  EXPECT_EQ(Conversion(field).convert_texts(std::string("ab\0\0a\0b\0\0\0\0\0a   ", 16), 4),
            (Texts{"ab", std::string("a\0b", 3), "", "a   "}));
}

TEST(TextConversion, trims_values_of_every_width_and_length) {
  for (size_t width_bytes = 1; width_bytes <= 40; ++width_bytes) {
    Conversion conversion(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, static_cast<uint32_t>(width_bytes)));
    std::string values;
    Texts expected;
    for (size_t length_bytes = 0; length_bytes <= width_bytes; ++length_bytes) {
      expected.push_back(std::string(length_bytes, 'x'));
      values += expected.back() + std::string(width_bytes - length_bytes, ' ');
    }
    EXPECT_EQ(conversion.convert_texts(values, expected.size()), expected) << width_bytes;
  }
}

TEST(TextConversion, replaces_bytes_that_are_not_UTF_8_and_counts_the_value_once) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 4));
  EXPECT_EQ(conversion.convert_texts("\xff\xfe"
                                     "a \xc3\xa9"
                                     "b abcd",
                                     3),
            (Texts{"??a",
                   "\xc3\xa9"
                   "b",
                   "abcd"}));
  EXPECT_EQ(conversion.invalid_values(), 1U);
}

TEST(TextConversion, leaves_bytes_alone_where_the_column_need_not_be_UTF_8) {
  for (const uint8_t logical_type : {PQFLOW_LOGICAL_NONE, PQFLOW_LOGICAL_BSON}) {
    Conversion conversion(with_logical_type(make_field("f", PQFLOW_STORAGE_PADDED_TEXT, 4), logical_type));
    EXPECT_EQ(conversion.convert_texts("\xff\xfe"
                                       "ab",
                                       1),
              (Texts{"\xff\xfe"
                     "ab"}));
    EXPECT_EQ(conversion.invalid_values(), 0U);
  }
}

TEST(TextConversion, takes_counted_bytes_and_cuts_a_length_beyond_the_room) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_COUNTED_8, 5));
  EXPECT_EQ(conversion.convert_texts(std::string("\4abcd\0xxxx\2ab\xff\xff\5abcd\xff"
                                                 "abcd",
                                                 25),
                                     5),
            (Texts{"abcd", "", "ab", "abcd", "abcd"}));
  EXPECT_EQ(conversion.invalid_values(), 2U);
}

TEST(TextConversion, takes_counted_bytes_with_two_bytes_of_length) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_COUNTED_16, 302));
  EXPECT_EQ(conversion.convert_texts(std::string("\x2c\x01", 2) + std::string(300, 'x'), 1), (Texts{std::string(300, 'x')}));
  EXPECT_EQ(conversion.convert_texts(std::string("\xff\xff", 2) + std::string(300, 'y'), 1), (Texts{std::string(300, 'y')}));
  EXPECT_EQ(conversion.invalid_values(), 1U);
}

TEST(TextConversion, cuts_a_length_of_one_byte_more_than_an_odd_room_and_counts_it) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_COUNTED_16, 2 + 301));
  const std::string source = std::string("\x2e\x01", 2) + std::string(301, 'x') + std::string("\x2d\x01", 2) + std::string(301, 'y');
  EXPECT_EQ(conversion.convert_texts(source, 2), (Texts{std::string(301, 'x'), std::string(301, 'y')}));
  EXPECT_EQ(conversion.invalid_values(), 1U) << "302 is counted, 301 is not";
}

TEST(TextConversion, counts_a_value_that_is_cut_and_repaired_once) {
  Conversion conversion(make_field("f", PQFLOW_STORAGE_COUNTED_8, 4));
  // Cut in the middle of a character; not UTF-8 but not cut; cut only; as it should be.
  EXPECT_EQ(conversion.convert_texts("\x04"
                                     "ab\xc3\x02\xff"
                                     "ax\x09"
                                     "abc\x01"
                                     "zzz",
                                     4),
            (Texts{"ab?", "?a", "abc", "z"}));
  EXPECT_EQ(conversion.invalid_values(), 3U);
}

TEST(EnumConversion, writes_names_for_codes_of_every_storage) {
  const std::vector<pqflow_enum_value> values = {enum_value(100, "hold until cancelled"), enum_value(1, "buy"), enum_value(2, "")};
  for (uint8_t storage = PQFLOW_STORAGE_INT8; storage <= PQFLOW_STORAGE_UINT64; ++storage) {
    const pqflow_field field = enum_field("f", storage, values);
    std::string source;
    for (const char code : {'\1', '\2', '\x64', '\3'}) {
      source += code + std::string(field.width_bytes - 1, '\0');
    }
    Conversion conversion(field);
    EXPECT_EQ(conversion.convert_texts(source, 4), (Texts{"buy", "", "hold until cancelled", ""})) << int{storage};
    EXPECT_EQ(conversion.invalid_values(), 1U);
  }
}

TEST(EnumConversion, makes_unknown_codes_of_an_optional_column_null) {
  const std::vector<pqflow_enum_value> values = {enum_value(1, "buy")};
  Conversion conversion(enum_field("f", PQFLOW_STORAGE_UINT8, values));
  const uint8_t codes[] = {1, 9, 9, 1};
  uint8_t present[] = {1, 1, 0, 0};
  EXPECT_TRUE(conversion.converter().drop_unknown(codes, present, 4));
  EXPECT_EQ(std::vector<uint8_t>(present, present + 4), (std::vector<uint8_t>{1, 0, 0, 0}));
  EXPECT_EQ(conversion.invalid_values(), 1U) << "a null is not invalid, whatever its bytes";
  EXPECT_FALSE(conversion.converter().drop_unknown(codes, present, 4));
}

TEST(EnumTable, finds_codes_of_small_and_of_wide_ranges) {
  const std::vector<pqflow_enum_value> narrow = {enum_value(-3, "a"), enum_value(5, "b")};
  const std::vector<pqflow_enum_value> wide = {enum_value(INT64_MAX, "b"), enum_value(INT64_MIN, "a")};
  for (const auto* values : {&narrow, &wide}) {
    const EnumTable table(values->data(), 2);
    for (const pqflow_enum_value& value : *values) {
      const EnumTable::Name& name = table.name(table.find(value.code));
      EXPECT_EQ(std::string(reinterpret_cast<const char*>(table.text()) + name.offset_bytes, name.length_bytes), value.name.data);
    }
    for (const int64_t code : {int64_t{0}, int64_t{-4}, int64_t{6}, INT64_MIN + 1, INT64_MAX - 1}) {
      EXPECT_EQ(table.find(code), EnumTable::kUnknown) << code;
    }
  }
}

TEST(ConstantConversion, repeats_the_value) {
  const std::string text = "XNAS";
  EXPECT_EQ(Conversion(constant_field("f", PQFLOW_PHYSICAL_BYTE_ARRAY, text)).convert_texts("", 5),
            (Texts{"XNAS", "XNAS", "XNAS", "XNAS", "XNAS"}));
  EXPECT_EQ(Conversion(constant_field("f", PQFLOW_PHYSICAL_INT32, std::string("\1\2\3\4"))).convert("", 0), std::vector<uint8_t>{});
  const std::string empty;
  EXPECT_EQ(Conversion(constant_field("f", PQFLOW_PHYSICAL_BYTE_ARRAY, empty)).convert_texts("", 2), (Texts{"", ""}));
}

TEST(ConstantConversion, gives_a_NaN_its_bits_and_counts_it_for_every_row) {
  const std::string nan("\1\0\x80\xff", 4);
  Conversion conversion(constant_field("f", PQFLOW_PHYSICAL_FLOAT, nan));
  EXPECT_EQ(conversion.convert("", 2), (std::vector<uint8_t>{0, 0, 0xc0, 0x7f, 0, 0, 0xc0, 0x7f}));
  EXPECT_EQ(conversion.converter().take_nan_count(), 2U);
}

}  // namespace
}  // namespace pqflow::columns
