#include "base/utc_text.hpp"

#include <gtest/gtest.h>

namespace pqflow::base {
namespace {

constexpr uint64_t kNsPerDay = uint64_t{86'400} * 1'000'000'000;

TEST(UtcText, is_that_of_the_epoch_at_0) {
  EXPECT_EQ(utc_date_text(0), "1970-01-01");
  EXPECT_EQ(utc_time_text(0), "000000");
  EXPECT_EQ(utc_moment_text(0), "1970-01-01T00:00:00.000000000Z");
}

TEST(UtcText, changes_the_day_with_the_last_nanosecond) {
  EXPECT_EQ(utc_moment_text(kNsPerDay - 1), "1970-01-01T23:59:59.999999999Z");
  EXPECT_EQ(utc_moment_text(kNsPerDay), "1970-01-02T00:00:00.000000000Z");
}

TEST(UtcText, knows_leap_days) { EXPECT_EQ(utc_moment_text(1'709'213'405'000'000'012), "2024-02-29T13:30:05.000000012Z"); }

}  // namespace
}  // namespace pqflow::base
