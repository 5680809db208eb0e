#include "watch/stats_page.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <string>

#include "watch/shared_page.hpp"

namespace pqflow::watch {
namespace {

LiveStats some_stats() {
  LiveStats stats;
  stats.stats.accepted_records = 12;
  stats.waiting_records = 3;
  store_text_end(stats.schema_name, sizeof stats.schema_name, "orders");
  return stats;
}

TEST(StatsPage, tells_what_was_stored_last) {
  StatsPage page;
  store_stats(page, LiveStats{});
  store_stats(page, some_stats());
  LiveStats read;
  ASSERT_EQ(load_stats(page, read), Reading::kWhole);
  EXPECT_EQ(read.stats.accepted_records, 12U);
  EXPECT_EQ(read.waiting_records, 3U);
  EXPECT_STREQ(read.schema_name, "orders");
}

TEST(StatsPage, is_foreign_before_anything_was_stored_and_when_its_layout_is_another) {
  StatsPage page;
  LiveStats read;
  EXPECT_EQ(load_stats(page, read), Reading::kForeign);
  store_stats(page, some_stats());
  ++page.layout_version;
  EXPECT_EQ(load_stats(page, read), Reading::kForeign);
  --page.layout_version;
  ++page.word_count;
  EXPECT_EQ(load_stats(page, read), Reading::kForeign);
}

TEST(StatsPage, is_busy_when_its_writer_stopped_in_the_middle_of_a_store) {
  StatsPage page;
  store_stats(page, some_stats());
  ++page.sequence;
  LiveStats read;
  EXPECT_EQ(load_stats(page, read), Reading::kBusy);
}

TEST(StatsPage, ends_texts_that_a_hostile_page_does_not_end) {
  LiveStats stats;
  std::fill(std::begin(stats.schema_name), std::end(stats.schema_name), 'x');
  std::fill(std::begin(stats.file_in_progress), std::end(stats.file_in_progress), 'y');
  StatsPage page;
  store_stats(page, stats);
  LiveStats read;
  ASSERT_EQ(load_stats(page, read), Reading::kWhole);
  EXPECT_EQ(std::string(read.schema_name).size(), sizeof read.schema_name - 1);
  EXPECT_EQ(std::string(read.file_in_progress).size(), sizeof read.file_in_progress - 1);
}

TEST(StatsPage, keeps_the_end_of_a_text_that_is_too_long) {
  char room[5];
  store_text_end(room, sizeof room, "a/b.parquet");
  EXPECT_STREQ(room, "quet");
  store_text_end(room, sizeof room, "ab");
  EXPECT_STREQ(room, "ab");
  store_text_end(room, sizeof room, "");
  EXPECT_STREQ(room, "");
}

#if defined(__linux__)

TEST(SharedPage, is_not_there_where_no_descriptor_is_left_and_nothing_else_happens) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  rlimit none = limit;
  none.rlim_cur = 0;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  SharedPage page;
  page.create();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(page.page(), nullptr);
}

#endif

}  // namespace
}  // namespace pqflow::watch
