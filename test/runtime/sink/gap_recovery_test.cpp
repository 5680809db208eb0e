// What a lane says of the refused records that no finished file tells: to whoever recovers it at any moment.
#include <gtest/gtest.h>

#include <string>

#include "ring/orphan_gaps.hpp"
#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

std::string text_of(const ring::RefusedRecords& refused) {
  std::string text = std::to_string(refused.dropped_records);
  for (const pqflow_gap& gap : refused.gaps) {
    text += " [" + std::to_string(gap.before_index) + "," + std::to_string(gap.count) + "]";
  }
  return text;
}

std::string untold(const pqflow_lane& lane) { return text_of(ring::refused_behind(lane, lane.consumer.told[lane.consumer.told_place])); }
std::string unsealed(const pqflow_lane& lane) {
  return text_of(ring::refused_behind(lane, lane.consumer.told[lane.consumer.sealed_place]));
}

// Fills the ring, is refused `refused` times.
void overflow_lane(AgentBench& bench, uint64_t refused) {
  bench.log_many(UINT64_MAX);
  for (uint64_t i = 1; i < refused; ++i) {
    bench.log(0);
  }
}

// A producer that saw the ring full before the flush counts its refusal behind it.
void refuse_once(AgentBench& bench) {
  bench.lane->producer.limit_index = bench.lane->producer.head_index;
  bench.lane->consumer.tail_index = 0;
  EXPECT_EQ(bench.log(0), PQFLOW_STATUS_RING_FULL);
  bench.lane->consumer.tail_index = 64;
}

TEST(GapRecovery, tells_all_gaps_while_no_file_is_finished) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  bench.work();
  overflow_lane(bench, 3);
  EXPECT_EQ(untold(*bench.lane), "8 [64,5] [128,3]");
  EXPECT_EQ(unsealed(*bench.lane), untold(*bench.lane)) << "nothing is being finished";
}

TEST(GapRecovery, tells_only_what_the_finished_file_does_not) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(untold(*bench.lane), "0");
  refuse_once(bench);
  EXPECT_EQ(untold(*bench.lane), "1 [64,1]") << "the file has told 5 of the gap";
  bench.log_many(10);
  bench.work();
  EXPECT_EQ(untold(*bench.lane), "1 [64,1]");
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(untold(*bench.lane), "0");
}

TEST(GapRecovery, knows_what_a_file_will_tell_before_it_has_its_name) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  std::string before_name;
  const auto look = [&] { before_name = untold(*bench.lane) + " or " + unsealed(*bench.lane); };
  bench.system.at_next_write([&] { bench.system.at_next_write(look); });  // The row group's, then the footer's.
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(before_name, "5 [64,5] or 0");
}

TEST(GapRecovery, tells_of_a_file_that_is_set_aside_all_that_it_would_have_told) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  bench.system.fail_next_sync(EIO);
  EXPECT_FALSE(bench.flush().is_ok());
  EXPECT_EQ(untold(*bench.lane), "5 [64,5]");
  EXPECT_EQ(unsealed(*bench.lane), "5 [64,5]");
}

TEST(GapRecovery, remembers_what_was_told_of_a_gap_while_files_without_a_record_of_its_lane_are_finished) {
  AgentBench bench({.slot_count = 64, .row_group_rows = 50, .max_lanes = 2, .cuts = {.rotate_rows = 50}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(UINT64_MAX);
  ASSERT_TRUE(bench.flush().is_ok());
  refuse_once(bench);
  ASSERT_TRUE(bench.flush().is_ok());
  pqflow_lane* other = nullptr;
  ASSERT_TRUE(bench.lanes->attach(other).is_ok());
  const auto log_to_other = [&](int64_t count) {
    const Tick tick = make_tick(count);
    for (int64_t logged = 0; logged < count; ++logged) {
      ASSERT_EQ(pqflow_lane_log(other, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
    }
  };
  log_to_other(10);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(untold(*bench.lane), "0") << "its refusal is told";
  refuse_once(bench);
  log_to_other(50);
  bench.system.at_next_write([&] { EXPECT_EQ(bench.log_many(1), 1U); });
  bench.work();
  EXPECT_EQ(bench.folder.final_names().size(), 4U);
  EXPECT_EQ(untold(*bench.lane), "1 [64,1]");
}

TEST(GapRecovery, names_no_more_records_than_the_lane_counts) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  bench.work();
  overflow_lane(bench, 3);
  bench.lane->producer.dropped_count = 4;
  EXPECT_EQ(untold(*bench.lane), "4 [128,3]");
}

TEST(GapRecovery, ends_although_a_producer_scribbles_on_its_gap_list) {
  AgentBench bench({.slot_count = 64});
  ASSERT_TRUE(bench.begin().is_ok());
  overflow_lane(bench, 5);
  bench.lane->producer.gap_head_index = UINT64_MAX;
  EXPECT_EQ(untold(*bench.lane), "5");
}

}  // namespace
}  // namespace pqflow::sink::test
