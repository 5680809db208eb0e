#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "columns/limits.hpp"
#include "columns/record_schema.hpp"
#include "columns/refusals.hpp"
#include "columns/test_schema.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(FieldChecks, refuses_fields_outside_the_record_without_overflow) {
  expect_refused(
      price(), [](pqflow_field& f) { f.offset_bytes = 1; }, "lie outside the record of 8 bytes");
  expect_refused(
      price(), [](pqflow_field& f) { f.offset_bytes = std::numeric_limits<uint32_t>::max() - 3; }, "lie outside the record of 8 bytes");
  expect_refused(
      price(PQFLOW_STORAGE_FIXED_BYTES, 8),
      [](pqflow_field& f) { f.width_bytes = f.type_length_bytes = std::numeric_limits<uint32_t>::max(); },
      "lie outside the record of 8 bytes");
}

TEST(FieldChecks, refuses_widths_that_the_storage_does_not_have) {
  const uint8_t fixed_storages[] = {PQFLOW_STORAGE_BOOL,   PQFLOW_STORAGE_INT8,  PQFLOW_STORAGE_INT16,  PQFLOW_STORAGE_INT32,
                                    PQFLOW_STORAGE_INT64,  PQFLOW_STORAGE_UINT8, PQFLOW_STORAGE_UINT16, PQFLOW_STORAGE_UINT32,
                                    PQFLOW_STORAGE_UINT64, PQFLOW_STORAGE_FLOAT, PQFLOW_STORAGE_DOUBLE, PQFLOW_STORAGE_FLOAT16};
  for (const uint8_t storage : fixed_storages) {
    expect_refused(
        price(storage), [](pqflow_field& f) { f.width_bytes += 1; }, "bytes wide, but width_bytes is");
  }
  expect_refused(
      price(PQFLOW_STORAGE_FIXED_BYTES, 8), [](pqflow_field& f) { f.width_bytes = 7; }, "type_length_bytes 8 wide");
  expect_refused(
      price(PQFLOW_STORAGE_FIXED_BYTES, 8), [](pqflow_field& f) { f.width_bytes = 0; }, "FIXED_BYTES needs width_bytes ≥ 1");
  expect_refused(
      int96_field("price", PQFLOW_STORAGE_FIXED_BYTES), [](pqflow_field& f) { f.width_bytes = 8; },
      "FIXED_BYTES written as INT96 is 12 bytes wide, but width_bytes is 8");
  expect_refused(
      price(PQFLOW_STORAGE_PADDED_TEXT, 8), [](pqflow_field& f) { f.width_bytes = 0; }, "PADDED_TEXT needs width_bytes ≥ 1");
  expect_refused(
      price(PQFLOW_STORAGE_COUNTED_8, 8), [](pqflow_field& f) { f.width_bytes = 1; }, "COUNTED_8 needs width_bytes 2 … 256");
  expect_refused(
      price(PQFLOW_STORAGE_COUNTED_8, 256), [](pqflow_field& f) { f.width_bytes = 257; }, "COUNTED_8 needs width_bytes 2 … 256");
  expect_refused(
      price(PQFLOW_STORAGE_COUNTED_16, 8), [](pqflow_field& f) { f.width_bytes = 2; }, "COUNTED_16 needs width_bytes 3 … 65537");
  expect_refused(
      price(PQFLOW_STORAGE_COUNTED_16, 65537), [](pqflow_field& f) { f.width_bytes = 65538; }, "COUNTED_16 needs width_bytes 3 … 65537");
  expect_refused(
      price(), [](pqflow_field& f) { f.storage = 17; }, "storage number 17 is not known");
}

TEST(FieldChecks, refuses_unknown_enumerators) {
  expect_refused(
      price(), [](pqflow_field& f) { f.repetition = 3; }, "repetition number 3");
  expect_refused(
      price(), [](pqflow_field& f) { f.encoding = 4; }, "encoding number 4 is not known");
  expect_refused(
      price(), [](pqflow_field& f) { f.encoding = PQFLOW_ENCODING_RLE; }, "encoding RLE does not exist for INT64");
  expect_refused(
      price(), [](pqflow_field& f) { f.statistics = 3; }, "statistics number 3");
  expect_refused(
      price(), [](pqflow_field& f) { f.physical_type = 8; }, "physical type number 8 cannot be written");
  expect_refused(
      price(), [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_MAP; }, "MAP needs a group");
  expect_refused(
      price(), [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_LIST; }, "LIST needs a group");
  expect_refused(
      price(), [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_UNKNOWN; }, "UNKNOWN needs an optional field with null_kind ALWAYS");
  expect_refused(
      price(), [](pqflow_field& f) { f.logical_type = 99; }, "logical type number 99");
}

TEST(FieldChecks, refuses_nulls_that_contradict_the_repetition) {
  expect_refused(
      price(), [](pqflow_field& f) { f.max_definition_level = 1; }, "max_definition_level must be 0 here, not 1");
  expect_refused(
      price(), [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_BIT; }, "a required field needs null_kind NEVER");
  const pqflow_field by_bit = optional_field(price(), PQFLOW_NULL_BIT);
  expect_refused(
      by_bit, [](pqflow_field& f) { f.max_definition_level = 0; }, "max_definition_level must be 1 here, not 0");
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_NEVER; }, "an optional field needs a null_kind");
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_kind = 5; }, "null_kind number 5");
}

TEST(FieldChecks, refuses_null_bits_outside_the_record_or_the_byte) {
  const pqflow_field by_bit = optional_field(price(), PQFLOW_NULL_BIT);
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_bit_index = 8; }, "null_bit_index must be 0 … 7");
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_bit_when_present = 2; }, "null_bit_when_present 0 or 1");
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_byte_offset_bytes = 16; }, "its null bit in byte 16 lies outside the record of 16 bytes");
  expect_refused(
      by_bit, [](pqflow_field& f) { f.null_byte_offset_bytes = std::numeric_limits<uint32_t>::max(); }, "lies outside the record");
}

TEST(FieldChecks, refuses_sentinels_and_NaN_nulls_of_the_wrong_storage) {
  const pqflow_field by_value = optional_field(price(PQFLOW_STORAGE_INT16), PQFLOW_NULL_SENTINEL, 0x8000);
  expect_refused(
      by_value, [](pqflow_field& f) { f.null_value_bits = 0x18000; }, "null_value_bits has more than the 2 bytes of the value");
  expect_refused(
      optional_field(price(PQFLOW_STORAGE_PADDED_TEXT), PQFLOW_NULL_BIT), [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_SENTINEL; },
      "storage PADDED_TEXT cannot have a null value");
  expect_refused(
      by_value, [](pqflow_field& f) { f.null_kind = PQFLOW_NULL_NAN; }, "null_kind NAN needs storage FLOAT, DOUBLE or FLOAT16");
}

TEST(FieldChecks, refuses_storages_that_cannot_be_written_as_the_physical_type) {
  expect_refused(
      price(PQFLOW_STORAGE_INT64), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT32; },
      "storage INT64 cannot be written as INT32");
  expect_refused(
      price(PQFLOW_STORAGE_INT32), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT64; },
      "storage INT32 cannot be written as INT64");
  expect_refused(
      price(PQFLOW_STORAGE_FLOAT), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_DOUBLE; },
      "storage FLOAT cannot be written as DOUBLE");
  expect_refused(
      price(PQFLOW_STORAGE_BOOL), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT32; },
      "storage BOOL cannot be written as INT32");
  expect_refused(
      price(PQFLOW_STORAGE_PADDED_TEXT),
      [](pqflow_field& f) {
        f.physical_type = PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY;
        f.type_length_bytes = 8;
      },
      "storage PADDED_TEXT cannot be written as FIXED_LEN_BYTE_ARRAY");
  expect_refused(
      price(), [](pqflow_field& f) { f.type_length_bytes = 8; }, "type_length_bytes is for FIXED_LEN_BYTE_ARRAY only");
  expect_refused(
      price(PQFLOW_STORAGE_FIXED_BYTES, 8), [](pqflow_field& f) { f.type_length_bytes = 0; },
      "FIXED_LEN_BYTE_ARRAY needs type_length_bytes ≥ 1");
  expect_refused(
      price(PQFLOW_STORAGE_INT32), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT96; },
      "storage INT32 cannot be written as INT96");
  expect_refused(
      price(PQFLOW_STORAGE_UINT64), [](pqflow_field& f) { f.physical_type = PQFLOW_PHYSICAL_INT96; },
      "storage UINT64 cannot be written as INT96");
  expect_refused(
      price(PQFLOW_STORAGE_FLOAT16), [](pqflow_field& f) { f = written_as(f, PQFLOW_PHYSICAL_FLOAT); },
      "storage FLOAT16 cannot be written as FLOAT");
}

TEST(FieldChecks, refuses_logical_types_on_the_wrong_type) {
  const auto annotate = [](uint8_t logical_type) { return [logical_type](pqflow_field& f) { f.logical_type = logical_type; }; };
  expect_refused(price(), annotate(PQFLOW_LOGICAL_STRING), "STRING needs physical type BYTE_ARRAY");
  expect_refused(price(), annotate(PQFLOW_LOGICAL_ENUM), "ENUM needs physical type BYTE_ARRAY");
  expect_refused(price(), annotate(PQFLOW_LOGICAL_JSON), "JSON needs physical type BYTE_ARRAY");
  expect_refused(price(), annotate(PQFLOW_LOGICAL_BSON), "BSON needs storage COUNTED_8 or COUNTED_16 and physical type BYTE_ARRAY");
  expect_refused(price(), annotate(PQFLOW_LOGICAL_DATE), "DATE needs storage INT32");
  expect_refused(price(PQFLOW_STORAGE_FIXED_BYTES, 8), annotate(PQFLOW_LOGICAL_UUID),
                 "UUID needs storage FIXED_BYTES and physical type FIXED_LEN_BYTE_ARRAY of 16 bytes");
  expect_refused(price(PQFLOW_STORAGE_UINT64), annotate(PQFLOW_LOGICAL_NONE), "storage UINT64 needs logical type INTEGER, unsigned");
  expect_refused(price(PQFLOW_STORAGE_UINT32), annotate(PQFLOW_LOGICAL_NONE), "storage UINT32 needs logical type INTEGER, unsigned");
  expect_refused(price(PQFLOW_STORAGE_UINT32), annotate(PQFLOW_LOGICAL_DATE), "DATE needs storage INT32");
}

TEST(FieldChecks, refuses_FLOAT16_of_other_bytes_than_its_storage) {
  const auto annotate = [](uint8_t logical_type) { return [logical_type](pqflow_field& f) { f.logical_type = logical_type; }; };
  const std::string wanted = "FLOAT16 needs storage FLOAT16 and physical type FIXED_LEN_BYTE_ARRAY of 2 bytes";
  expect_refused(price(PQFLOW_STORAGE_FIXED_BYTES, 2), annotate(PQFLOW_LOGICAL_FLOAT16), wanted);
  expect_refused(price(), annotate(PQFLOW_LOGICAL_FLOAT16), wanted);
  expect_refused(price(PQFLOW_STORAGE_FLOAT16), annotate(PQFLOW_LOGICAL_NONE), "storage FLOAT16 needs logical type FLOAT16");
  expect_refused(
      price(PQFLOW_STORAGE_FLOAT16), [](pqflow_field& f) { f = decimal_field(f, 3, 0); }, "storage FLOAT16 needs logical type FLOAT16");
  expect_refused(
      price(PQFLOW_STORAGE_FLOAT16), [](pqflow_field& f) { f.type_length_bytes = 4; }, wanted);
}

TEST(FieldChecks, takes_FLOAT16_with_every_kind_of_null) {
  for (const auto& [null_kind, bits] :
       std::vector<std::pair<uint8_t, uint64_t>>{{PQFLOW_NULL_BIT, 0}, {PQFLOW_NULL_SENTINEL, 0xffff}, {PQFLOW_NULL_NAN, 0}}) {
    TestSchema schema({optional_field(price(PQFLOW_STORAGE_FLOAT16), null_kind, bits)});
    EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
  }
}

TEST(FieldChecks, refuses_intervals_of_another_size_and_annotated_INT96) {
  const auto annotate = [](uint8_t logical_type) { return [logical_type](pqflow_field& f) { f.logical_type = logical_type; }; };
  expect_refused(price(PQFLOW_STORAGE_FIXED_BYTES, 16), annotate(PQFLOW_LOGICAL_INTERVAL),
                 "INTERVAL needs storage FIXED_BYTES and physical type FIXED_LEN_BYTE_ARRAY of 12 bytes");
  expect_refused(price(), annotate(PQFLOW_LOGICAL_INTERVAL), "INTERVAL needs storage FIXED_BYTES");
  expect_refused(int96_field("price", PQFLOW_STORAGE_INT64), annotate(PQFLOW_LOGICAL_TIMESTAMP),
                 "physical type INT96 has no logical type, but logical_type is TIMESTAMP");
  expect_refused(int96_field("price", PQFLOW_STORAGE_FIXED_BYTES), annotate(PQFLOW_LOGICAL_INTERVAL),
                 "physical type INT96 has no logical type");
  TestSchema schema({interval_field("a"), optional_field(int96_field("b", PQFLOW_STORAGE_INT64), PQFLOW_NULL_SENTINEL, 1),
                     optional_field(int96_field("c", PQFLOW_STORAGE_FIXED_BYTES), PQFLOW_NULL_BIT)});
  EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
}

TEST(FieldChecks, refuses_BSON_that_is_not_counted) {
  const auto annotate = [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_BSON; };
  expect_refused(price(PQFLOW_STORAGE_PADDED_TEXT), annotate, "BSON needs storage COUNTED_8 or COUNTED_16");
  static const std::vector<pqflow_enum_value> values = {enum_value(1, "buy")};
  expect_refused(enum_field("price", PQFLOW_STORAGE_INT8, values), annotate, "BSON needs storage COUNTED_8 or COUNTED_16");
  for (const uint8_t storage : {PQFLOW_STORAGE_COUNTED_8, PQFLOW_STORAGE_COUNTED_16}) {
    TestSchema schema({with_logical_type(price(storage, 20), PQFLOW_LOGICAL_BSON)});
    EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
  }
}

TEST(FieldChecks, refuses_integers_wider_than_annotated_or_of_the_other_sign) {
  const pqflow_field narrow = price(PQFLOW_STORAGE_INT16);
  expect_refused(
      narrow, [](pqflow_field& f) { f.integer_bit_width = 8; }, "storage INT16 holds values outside INTEGER(8, signed)");
  expect_refused(
      narrow, [](pqflow_field& f) { f.integer_is_signed = 0; }, "storage INT16 holds values outside INTEGER(16, unsigned)");
  expect_refused(
      narrow, [](pqflow_field& f) { f.integer_is_signed = 2; }, "integer_is_signed must be 0 or 1");
  expect_refused(
      narrow, [](pqflow_field& f) { f.integer_bit_width = 12; }, "bit width 12 is not 8, 16, 32 or 64");
  expect_refused(
      narrow, [](pqflow_field& f) { f.integer_bit_width = 64; }, "INTEGER of 64 bits needs physical type INT64");
}

TEST(FieldChecks, refuses_times_without_a_unit_or_of_another_width) {
  const pqflow_field time_ms = time_field("price", PQFLOW_STORAGE_INT32, PQFLOW_LOGICAL_TIME, PQFLOW_UNIT_MILLIS, true);
  const pqflow_field timestamp = time_field("price", PQFLOW_STORAGE_INT64, PQFLOW_LOGICAL_TIMESTAMP, PQFLOW_UNIT_NANOS, false);
  expect_refused(
      time_ms, [](pqflow_field& f) { f.time_unit = 0; }, "TIME needs time_unit");
  expect_refused(
      time_ms, [](pqflow_field& f) { f.time_unit = PQFLOW_UNIT_MICROS; }, "TIME in this unit needs storage INT64");
  expect_refused(
      timestamp, [](pqflow_field& f) { f.time_unit = 4; }, "TIMESTAMP needs time_unit");
  expect_refused(
      timestamp, [](pqflow_field& f) { f.is_adjusted_to_utc = 2; }, "is_adjusted_to_utc 0 or 1");
  expect_refused(
      timestamp,
      [](pqflow_field& f) {
        f.logical_type = PQFLOW_LOGICAL_TIME;
        f.time_unit = PQFLOW_UNIT_MILLIS;
      },
      "TIME in milliseconds needs storage INT32");
  expect_refused(
      price(PQFLOW_STORAGE_INT32),
      [](pqflow_field& f) {
        f.logical_type = PQFLOW_LOGICAL_TIMESTAMP;
        f.time_unit = PQFLOW_UNIT_MICROS;
      },
      "TIMESTAMP in this unit needs storage INT64");
}

TEST(FieldChecks, refuses_decimals_that_do_not_fit) {
  const pqflow_field decimal = decimal_field(price(), 18, 9);
  expect_refused(
      decimal,
      [](pqflow_field& f) {
        f.decimal_precision = 0;
        f.decimal_scale = 0;
      },
      "needs precision ≥ 1");
  expect_refused(
      decimal, [](pqflow_field& f) { f.decimal_scale = 19; }, "scale ≤ precision");
  expect_refused(
      decimal, [](pqflow_field& f) { f.decimal_precision = 19; }, "precision 19 does not fit INT64, which holds 18 digits");
  expect_refused(
      decimal_field(price(PQFLOW_STORAGE_INT32), 9, 2), [](pqflow_field& f) { f.decimal_precision = 10; }, "does not fit INT32");
  expect_refused(
      decimal_field(price(PQFLOW_STORAGE_FIXED_BYTES, 9), 20, 2), [](pqflow_field& f) { f.decimal_precision = 22; },
      "which holds 21 digits");
  expect_refused(
      price(PQFLOW_STORAGE_UINT64), [](pqflow_field& f) { f = decimal_field(f, 18, 2); }, "DECIMAL needs a signed storage");
  expect_refused(
      price(PQFLOW_STORAGE_DOUBLE), [](pqflow_field& f) { f = decimal_field(f, 9, 2); }, "DECIMAL needs physical type");
}

TEST(FieldChecks, refuses_decimals_of_BYTE_ARRAY_that_their_storage_cannot_hold) {
  const std::pair<uint8_t, uint8_t> digits[] = {
      {PQFLOW_STORAGE_INT8, 2}, {PQFLOW_STORAGE_INT16, 4}, {PQFLOW_STORAGE_INT32, 9}, {PQFLOW_STORAGE_INT64, 18}};
  for (const auto& [storage, precision] : digits) {
    const uint8_t one_more = static_cast<uint8_t>(precision + 1);
    expect_refused(
        decimal_field(written_as(price(storage), PQFLOW_PHYSICAL_BYTE_ARRAY), precision, 0),
        [one_more](pqflow_field& f) { f.decimal_precision = one_more; }, "which holds " + std::to_string(precision) + " digits");
  }
  const pqflow_field wide = decimal_field(written_as(price(PQFLOW_STORAGE_FIXED_BYTES, 20), PQFLOW_PHYSICAL_BYTE_ARRAY), 47, 3);
  expect_refused(
      wide, [](pqflow_field& f) { f.decimal_precision = 48; }, "precision 48 does not fit storage FIXED_BYTES, which holds 47 digits");
  expect_refused(
      wide, [](pqflow_field& f) { f.logical_type = PQFLOW_LOGICAL_NONE; },
      "storage FIXED_BYTES written as BYTE_ARRAY needs logical type DECIMAL");
  expect_refused(
      price(PQFLOW_STORAGE_COUNTED_8), [](pqflow_field& f) { f = decimal_field(f, 3, 0); },
      "DECIMAL needs a signed storage or FIXED_BYTES");
  expect_refused(
      price(PQFLOW_STORAGE_UINT16), [](pqflow_field& f) { f = decimal_field(written_as(f, PQFLOW_PHYSICAL_BYTE_ARRAY), 3, 0); },
      "DECIMAL needs a signed storage or FIXED_BYTES");
}

TEST(FieldChecks, refuses_decimal_constants_of_BYTE_ARRAY_that_are_not_in_the_fewest_bytes) {
  const auto constant = [](const std::string& bytes) {
    return decimal_field(constant_field("price", PQFLOW_PHYSICAL_BYTE_ARRAY, bytes), 3, 0);
  };
  const std::vector<std::string> good = {std::string(1, '\0'), "\x7f", "\x80", std::string("\0\x80", 2), "\xff\x7f"};
  const std::vector<std::string> bad = {"", std::string(2, '\0'), std::string("\0\x7f", 2), "\xff\xff", "\xff\x80"};
  for (const std::string& bytes : good) {
    TestSchema schema({constant(bytes)});
    EXPECT_TRUE(build(schema.descriptor()).is_ok()) << build(schema.descriptor()).message;
  }
  for (const std::string& bytes : bad) {
    expect_refused(
        constant(good[0]), [&](pqflow_field& f) { f = constant(bytes); }, "must be two's complement in the fewest bytes, one at least");
  }
}

TEST(FieldChecks, refuses_bad_constants) {
  const std::string four("\1\2\3\4", 4);
  const pqflow_field constant = constant_field("price", PQFLOW_PHYSICAL_INT32, four);
  expect_refused(
      constant, [](pqflow_field& f) { f.constant_value = nullptr; }, "storage NONE needs a constant_value");
  expect_refused(
      constant, [](pqflow_field& f) { f.constant_length_bytes = 8; }, "has 4 bytes, but constant_length_bytes is 8");
  expect_refused(
      constant, [](pqflow_field& f) { f.width_bytes = 4; }, "a constant takes no bytes of the record");
  expect_refused(
      constant, [](pqflow_field& f) { f = optional_field(f, PQFLOW_NULL_BIT); }, "a constant must be required");
  expect_refused(
      price(), [&](pqflow_field& f) { f.constant_value = reinterpret_cast<const uint8_t*>(four.data()); },
      "constant_value is for storage NONE only");
  const std::string text = "ok";
  const std::string bad = "\xff\xfe";
  const pqflow_field named = with_logical_type(constant_field("price", PQFLOW_PHYSICAL_BYTE_ARRAY, text), PQFLOW_LOGICAL_STRING);
  expect_refused(
      named, [&](pqflow_field& f) { f.constant_value = reinterpret_cast<const uint8_t*>(bad.data()); },
      "the constant is not well-formed UTF-8");
  expect_refused(
      named, [](pqflow_field& f) { f.constant_length_bytes = 65536; }, "a constant may have 65535 bytes at most");
  const std::string yes("\1", 1);
  const std::string two("\2", 1);
  expect_refused(
      constant_field("price", PQFLOW_PHYSICAL_BOOLEAN, yes),
      [&](pqflow_field& f) { f.constant_value = reinterpret_cast<const uint8_t*>(two.data()); },
      "a BOOLEAN constant must be the byte 0 or 1");
  expect_refused(
      constant_field("price", PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY, four),
      [](pqflow_field& f) { f.type_length_bytes = f.constant_length_bytes = 65536; }, "a constant may have 65535 bytes at most");
}

TEST(FieldChecks, knows_how_many_digits_fit_into_bytes) {
  const uint32_t expected[][2] = {{1, 2}, {2, 4}, {3, 6}, {4, 9}, {5, 11}, {8, 18}, {9, 21}, {12, 28}, {16, 38}, {32, 76}};
  for (const auto& [size_bytes, digits] : expected) {
    EXPECT_EQ(max_decimal_precision(size_bytes), digits) << size_bytes;
  }
  EXPECT_EQ(max_decimal_precision(0), 0U);
}

}  // namespace
}  // namespace pqflow::columns
