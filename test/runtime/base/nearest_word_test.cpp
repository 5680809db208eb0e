#include "base/nearest_word.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace pqflow::base {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"schema", "seq", "host", "minute"};

TEST(NearestWord, is_one_that_differs_in_few_letters) {
  EXPECT_EQ(nearest_word("shcema", kWords), "schema");
  EXPECT_EQ(nearest_word("hst", kWords), "host");
  EXPECT_EQ(nearest_word("minutes", kWords), "minute");
}

TEST(NearestWord, is_one_that_is_longer_or_shorter) {
  EXPECT_EQ(nearest_word("sequence_number", kWords), "seq");
  EXPECT_EQ(nearest_word("min", kWords), "minute");
}

TEST(NearestWord, is_none_where_nothing_is_near) {
  EXPECT_EQ(nearest_word("weather", kWords), "");
  EXPECT_EQ(nearest_word("", kWords), "");
  EXPECT_EQ(nearest_word("hostel" + std::string(80, 'x'), kWords), "");
}

}  // namespace
}  // namespace pqflow::base
