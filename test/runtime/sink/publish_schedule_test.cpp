#include "sink/publish_schedule.hpp"

#include <gtest/gtest.h>

namespace pqflow::sink {
namespace {

constexpr uint64_t kMillisecondNs = 1'000'000;
constexpr uint64_t kSecondNs = 1'000 * kMillisecondNs;

TEST(PublishSchedule, has_nothing_to_do_before_a_row_group_is_written) {
  PublishSchedule schedule(kSecondNs);
  schedule.file_began(0);
  EXPECT_TRUE(schedule.is_idle());
  EXPECT_FALSE(schedule.is_write_due(100 * kSecondNs));
  EXPECT_FALSE(schedule.is_show_due(100 * kSecondNs));
}

TEST(PublishSchedule, writes_a_full_row_group_at_once_and_shows_it_10_ms_later) {
  PublishSchedule schedule(kSecondNs);
  schedule.file_began(0);
  schedule.row_group_written(true);
  EXPECT_TRUE(schedule.is_write_due(1));
  schedule.written(1);
  EXPECT_FALSE(schedule.is_show_due(10 * kMillisecondNs));
  EXPECT_TRUE(schedule.is_show_due(10 * kMillisecondNs + 1));
  schedule.shown();
  EXPECT_TRUE(schedule.is_idle());
}

TEST(PublishSchedule, writes_nothing_while_something_waits_to_be_shown) {
  PublishSchedule schedule(0);
  schedule.file_began(0);
  schedule.row_group_written(true);
  schedule.written(0);
  schedule.row_group_written(true);
  EXPECT_FALSE(schedule.is_write_due(kSecondNs));
  schedule.shown();
  EXPECT_TRUE(schedule.is_write_due(kSecondNs));
}

TEST(PublishSchedule, waits_for_the_interval_where_row_groups_are_not_full) {
  PublishSchedule schedule(kSecondNs);
  schedule.file_began(5 * kSecondNs);
  schedule.row_group_written(false);
  EXPECT_FALSE(schedule.is_write_due(6 * kSecondNs - 1));
  EXPECT_TRUE(schedule.is_write_due(6 * kSecondNs));
  schedule.press();
  EXPECT_TRUE(schedule.is_write_due(5 * kSecondNs)) << "somebody waits";
}

TEST(PublishSchedule, publishes_an_old_file_less_often) {
  PublishSchedule schedule(kSecondNs);
  schedule.file_began(0);
  schedule.row_group_written(false);
  schedule.written(86'400 * kSecondNs);
  schedule.shown();
  schedule.row_group_written(false);
  EXPECT_FALSE(schedule.is_write_due(86'480 * kSecondNs));
  EXPECT_TRUE(schedule.is_write_due(86'487 * kSecondNs)) << "a thousandth of its age";
}

TEST(PublishSchedule, publishes_about_8_000_times_in_a_day_of_a_row_group_a_second) {
  PublishSchedule schedule(kSecondNs);
  schedule.file_began(0);
  int count = 0;
  for (uint64_t now_ns = kSecondNs; now_ns <= 86'400 * kSecondNs; now_ns += kSecondNs) {
    schedule.row_group_written(false);
    if (schedule.is_write_due(now_ns)) {
      schedule.written(now_ns);
      schedule.shown();
      ++count;
    }
  }
  EXPECT_LT(count, 8'000);
  EXPECT_GT(count, 4'000);
}

}  // namespace
}  // namespace pqflow::sink
