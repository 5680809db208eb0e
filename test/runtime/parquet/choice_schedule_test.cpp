#include "parquet/choice_schedule.hpp"

#include <gtest/gtest.h>

namespace pqflow::parquet {
namespace {

constexpr size_t kPageValues = 1'000;
constexpr size_t kChunkValues = 4'000;

class Schedule : public ::testing::Test {
 protected:
  // Chunks that go by, each with `bytes_per_value` bytes for each value, until one is due to choose.
  unsigned chunks_until_due(size_t bytes_per_value = 2) {
    unsigned chunks = 0;
    while (!schedule.is_due(kPageValues)) {
      schedule.end_chunk(kChunkValues, kChunkValues * bytes_per_value);
      ++chunks;
    }
    return chunks;
  }

  ChoiceSchedule schedule;
};

TEST_F(Schedule, begins_with_a_choice) { EXPECT_TRUE(schedule.is_due(1)); }

TEST_F(Schedule, gives_a_choice_that_is_confirmed_twice_as_long_up_to_a_limit) {
  schedule.choose(kPageValues, false);
  EXPECT_EQ(chunks_until_due(), 32U);
  for (const unsigned chunks : {64U, 128U, 256U, 256U}) {
    schedule.choose(kPageValues, true);
    EXPECT_EQ(chunks_until_due(), chunks);
  }
  schedule.choose(kPageValues, false);
  EXPECT_EQ(chunks_until_due(), 32U);
}

TEST_F(Schedule, chooses_again_from_a_page_of_more_than_twice_the_values) {
  schedule.choose(kPageValues, false);
  EXPECT_FALSE(schedule.is_due(2 * kPageValues));
  EXPECT_TRUE(schedule.is_due(2 * kPageValues + 1));
}

TEST_F(Schedule, chooses_again_at_once_where_a_choice_does_not_work) {
  schedule.choose(kPageValues, false);
  schedule.give_up();
  schedule.end_chunk(kChunkValues, kChunkValues);
  EXPECT_TRUE(schedule.is_due(kPageValues));
  schedule.choose(kPageValues, true);
  EXPECT_EQ(chunks_until_due(), 32U);
}

TEST_F(Schedule, ends_a_longer_period_when_chunks_change_their_size) {
  schedule.choose(kPageValues, false);
  chunks_until_due();
  schedule.choose(kPageValues, true);
  for (unsigned chunk = 0; chunk < 40; ++chunk) {
    schedule.end_chunk(kChunkValues, kChunkValues * 4);
  }
  EXPECT_FALSE(schedule.is_due(kPageValues));
  schedule.end_chunk(kChunkValues, kChunkValues * 5);
  EXPECT_FALSE(schedule.is_due(kPageValues)) << "a quarter more is let pass";
  schedule.end_chunk(kChunkValues, kChunkValues * 5 + 1);
  EXPECT_TRUE(schedule.is_due(kPageValues));
}

TEST_F(Schedule, does_not_shorten_the_first_period) {
  schedule.choose(kPageValues, false);
  schedule.end_chunk(kChunkValues, kChunkValues * 4);
  EXPECT_EQ(chunks_until_due(1), 31U);
  schedule.choose(kPageValues, true);
  EXPECT_EQ(chunks_until_due(), 32U) << "nor lengthen the one after it";
}

TEST_F(Schedule, learns_nothing_from_chunks_that_are_smaller_than_what_was_chosen_by) {
  schedule.choose(kPageValues, false);
  schedule.end_chunk(kChunkValues, kChunkValues);
  schedule.end_chunk(kPageValues - 1, kPageValues * 8);
  schedule.end_chunk(0, 0);
  EXPECT_EQ(chunks_until_due(1), 29U);
  schedule.choose(kPageValues, true);
  EXPECT_EQ(chunks_until_due(), 64U);
}

}  // namespace
}  // namespace pqflow::parquet
