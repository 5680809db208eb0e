#include "encoding/crc32.hpp"

#include <gtest/gtest.h>

#include <string>

#include "encoding/varint.hpp"

namespace pqflow::encoding {
namespace {

uint32_t crc_of(const std::string& text, uint32_t crc = 0) {
  return crc32(crc, reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

TEST(Crc32, has_the_check_value_of_the_gzip_polynomial) { EXPECT_EQ(crc_of("123456789"), 0xcbf43926U); }

TEST(Crc32, continues_over_parts) { EXPECT_EQ(crc_of("6789", crc_of("12345")), 0xcbf43926U); }

TEST(Crc32, is_unchanged_by_no_bytes) {
  EXPECT_EQ(crc_of(""), 0U);
  EXPECT_EQ(crc32(0x1234, nullptr, 0), 0x1234U);
}

TEST(Varint, writes_seven_bits_a_byte_lowest_first) {
  uint8_t bytes[kMaxVarintBytes];
  EXPECT_EQ(encode_varint(bytes, 0), 1U);
  EXPECT_EQ(bytes[0], 0);
  EXPECT_EQ(encode_varint(bytes, 300), 2U);
  EXPECT_EQ(bytes[0], 0xac);
  EXPECT_EQ(bytes[1], 0x02);
  EXPECT_EQ(encode_varint(bytes, ~uint64_t{0}), kMaxVarintBytes);
}

TEST(Varint, zigzags_signed_numbers) {
  EXPECT_EQ(zigzag(0), 0U);
  EXPECT_EQ(zigzag(-1), 1U);
  EXPECT_EQ(zigzag(1), 2U);
  EXPECT_EQ(zigzag(INT64_MAX), ~uint64_t{0} - 1);
  EXPECT_EQ(zigzag(INT64_MIN), ~uint64_t{0});
}

}  // namespace
}  // namespace pqflow::encoding
