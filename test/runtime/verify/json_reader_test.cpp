#include "verify/json_reader.hpp"

#include <gtest/gtest.h>

namespace pqflow::verify_test {
namespace {

using verify::JsonError;
using verify::JsonKind;
using verify::JsonValue;
using verify::read_json;

TEST(JsonReader, reads_every_kind_of_value) {
  const JsonValue value = read_json(R"( {"a": [1, -2.5e3, "x", true, false, null], "b": {}, "c": []} )");
  ASSERT_EQ(value.at("a").items.size(), 6U);
  EXPECT_EQ(value.at("a").items[0].integer(0), 1);
  EXPECT_EQ(value.at("a").items[1].text, "-2.5e3");
  EXPECT_EQ(value.at("a").items[2].text, "x");
  EXPECT_TRUE(value.at("a").items[3].is_true);
  EXPECT_FALSE(value.at("a").items[4].is_true);
  EXPECT_EQ(value.at("a").items[5].kind, JsonKind::kNull);
  EXPECT_EQ(value.at("b").kind, JsonKind::kObject);
  EXPECT_EQ(value.at("c").kind, JsonKind::kArray);
}

TEST(JsonReader, gives_null_for_a_member_that_is_not_there) {
  const JsonValue value = read_json(R"({"a": 1})");
  EXPECT_EQ(value.at("b").kind, JsonKind::kNull);
  EXPECT_EQ(value.at("a").at("c").at("d").kind, JsonKind::kNull);
}

TEST(JsonReader, reads_escapes_and_surrogate_pairs_as_utf8) {
  EXPECT_EQ(read_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00é")").text, "\"\\/\b\f\n\r\tAé€😀é");
}

TEST(JsonReader, gives_integers_of_64_bits_alone) {
  EXPECT_EQ(read_json("-9223372036854775808").integer(7), INT64_MIN);
  EXPECT_EQ(read_json("9223372036854775808").integer(7), 7);
  EXPECT_EQ(read_json("1.5").integer(7), 7);
  EXPECT_EQ(read_json("\"1\"").integer(7), 7);
}

class WrongJson : public testing::TestWithParam<const char*> {};

TEST_P(WrongJson, is_refused_with_an_offset) {
  try {
    read_json(GetParam());
    FAIL() << GetParam();
  } catch (const JsonError& error) {
    EXPECT_EQ(std::string(error.what()).rfind("offset ", 0), 0U) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, WrongJson,
                         testing::Values("", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "1 2", "tru", "nul", "-", "\"",
                                         "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"\\ude00\"", "\"\n\"", "[}", "+1",
                                         "'a'"));

TEST(JsonReader, refuses_what_is_nested_too_deep) {
  EXPECT_NO_THROW(read_json(std::string(60, '[') + std::string(60, ']')));
  EXPECT_THROW(read_json(std::string(100'000, '[')), JsonError);
}

}  // namespace
}  // namespace pqflow::verify_test
