#include "base/json.hpp"

#include <gtest/gtest.h>

namespace pqflow::base {
namespace {

std::string quoted(std::string_view text) {
  std::string json = "x";
  append_json_string(json, text);
  return json.substr(1);
}

TEST(JsonString, is_the_text_in_quotes) {
  EXPECT_EQ(quoted(""), "\"\"");
  EXPECT_EQ(quoted("prix en \xe2\x82\xac"), "\"prix en \xe2\x82\xac\"");
}

TEST(JsonString, escapes_what_must_be) {
  EXPECT_EQ(quoted("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
  EXPECT_EQ(quoted(std::string_view("\0\n\x1f\x20", 4)), "\"\\u0000\\u000a\\u001f \"");
}

}  // namespace
}  // namespace pqflow::base
