#include "sink/idle_strategy.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace pqflow::sink::test {
namespace {

struct RecordingSleeper final : Sleeper {
  void sleep_ns(uint64_t duration_ns) override { sleeps.push_back(duration_ns); }
  void wake() override {}
  std::vector<uint64_t> sleeps;
};

struct Idling {
  Idling(pqflow_idle_strategy strategy, uint64_t sleep_max_ns) : idle(make_idle_strategy({strategy, sleep_max_ns, 1024}, sleeper)) {}
  void rounds(int count, size_t work_count) {
    for (int i = 0; i < count; ++i) {
      idle->idle(work_count);
    }
  }
  RecordingSleeper sleeper;
  std::unique_ptr<IdleStrategy> idle;
};

TEST(AdaptiveIdling, spins_and_yields_first_then_sleeps_in_doubling_steps_up_to_the_limit) {
  Idling idling(PQFLOW_IDLE_ADAPTIVE, 50'000);
  idling.rounds(120, 0);
  EXPECT_TRUE(idling.sleeper.sleeps.empty());
  idling.rounds(5, 0);
  EXPECT_EQ(idling.sleeper.sleeps, (std::vector<uint64_t>{10'000, 20'000, 40'000, 50'000, 50'000}));
}

TEST(AdaptiveIdling, starts_over_after_a_busy_round) {
  Idling idling(PQFLOW_IDLE_ADAPTIVE, 50'000);
  idling.rounds(123, 0);
  idling.rounds(1, 1024);
  idling.sleeper.sleeps.clear();
  idling.rounds(120, 0);
  EXPECT_TRUE(idling.sleeper.sleeps.empty());
  idling.rounds(1, 0);
  EXPECT_EQ(idling.sleeper.sleeps, (std::vector<uint64_t>{10'000}));
}

TEST(AdaptiveIdling, lets_a_trickle_of_records_gather) {
  Idling idling(PQFLOW_IDLE_ADAPTIVE, 50'000);
  idling.rounds(125, 3);
  EXPECT_EQ(idling.sleeper.sleeps.size(), 5U);
}

TEST(AdaptiveIdling, never_sleeps_longer_than_a_limit_below_its_first_step) {
  Idling idling(PQFLOW_IDLE_ADAPTIVE, 1'600);
  idling.rounds(122, 0);
  EXPECT_EQ(idling.sleeper.sleeps, (std::vector<uint64_t>{1'600, 1'600}));
}

TEST(SleepIdling, sleeps_the_whole_time_whenever_there_was_nothing_to_do) {
  Idling idling(PQFLOW_IDLE_SLEEP, 70'000);
  idling.rounds(2, 0);
  idling.rounds(2, 1);
  EXPECT_EQ(idling.sleeper.sleeps, (std::vector<uint64_t>{70'000, 70'000}));
}

class RestlessIdling : public ::testing::TestWithParam<pqflow_idle_strategy> {};

TEST_P(RestlessIdling, never_sleeps) {
  Idling idling(GetParam(), 70'000);
  idling.rounds(1000, 0);
  EXPECT_TRUE(idling.sleeper.sleeps.empty());
}

INSTANTIATE_TEST_SUITE_P(each, RestlessIdling, ::testing::Values(PQFLOW_IDLE_SPIN, PQFLOW_IDLE_YIELD));

}  // namespace
}  // namespace pqflow::sink::test
