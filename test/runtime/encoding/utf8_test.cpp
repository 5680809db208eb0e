#include "encoding/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pqflow::encoding {
namespace {

uint8_t* bytes_of(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

bool valid(std::string text) { return is_utf8(bytes_of(text), text.size()); }

std::string repaired(std::string text) {
  const bool was_valid = valid(text);
  EXPECT_EQ(repair_utf8(bytes_of(text), text.size()), !was_valid);
  EXPECT_TRUE(valid(text));
  return text;
}

TEST(Utf8, accepts_the_first_and_last_code_point_of_every_length) {
  for (const char* text : {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
                           "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(valid(text)) << text;
  }
}

TEST(Utf8, refuses_overlong_forms_surrogates_and_what_lies_above_the_last_code_point) {
  for (const char* text : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "\xe2\x82("}) {
    EXPECT_FALSE(valid(text)) << text;
  }
}

TEST(Utf8, replaces_each_byte_outside_a_sequence_by_a_question_mark) {
  EXPECT_EQ(repaired("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(repaired("caf\xe9!"), "caf?!");
  EXPECT_EQ(repaired("\xff\xfe\xfd"), "???");
  EXPECT_EQ(repaired("\xe2\x82"), "??");
  EXPECT_EQ(repaired("\xe2\x82\xe2\x82\xac"), "??\xe2\x82\xac");
  EXPECT_EQ(repaired("\xed\xa0\x80x"), "???x");
}

TEST(Utf8, finds_a_high_bit_at_every_place) {
  for (size_t size_bytes : {1U, 7U, 31U, 32U, 33U, 64U, 100U}) {
    std::string text(size_bytes, 'a');
    EXPECT_FALSE(has_high_bit(bytes_of(text), text.size()));
    for (size_t index = 0; index < size_bytes; ++index) {
      std::string other = text;
      other[index] = '\x80';
      EXPECT_TRUE(has_high_bit(bytes_of(other), other.size())) << size_bytes << " " << index;
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
