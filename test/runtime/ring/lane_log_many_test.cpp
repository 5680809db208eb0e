// log_many: one check for a run of records, each published in its turn.
#include <gtest/gtest.h>

#include <thread>

#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

size_t log_many(TestLane& lane, const std::vector<uint64_t>& values) {
  return pqflow_lane_log_many(lane.lane, values.data(), values.size(), kRecordBytes, kSlotBytes);
}

TEST(LaneLogMany, hands_the_records_over_in_order) {
  TestLane lane(64);
  EXPECT_EQ(log_many(lane, range(0, 10)), 10U);
  EXPECT_EQ(lane.log(10), PQFLOW_STATUS_OK);
  EXPECT_EQ(log_many(lane, range(11, 5)), 5U);
  EXPECT_EQ(lane.lane->producer.head_index, 16U);
  EXPECT_EQ(lane.read(64), range(0, 16));
}

TEST(LaneLogMany, of_no_records_changes_nothing_even_when_the_ring_is_full) {
  TestLane lane(64);
  EXPECT_EQ(pqflow_lane_log_many(lane.lane, nullptr, 0, kRecordBytes, kSlotBytes), 0U);
  EXPECT_EQ(log_many(lane, range(0, 64)), 64U);
  EXPECT_EQ(pqflow_lane_log_many(lane.lane, nullptr, 0, kRecordBytes, kSlotBytes), 0U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
  EXPECT_EQ(lane.read(64), range(0, 64));
}

TEST(LaneLogMany, goes_on_at_the_ring_s_start_behind_its_end) {
  TestLane lane(64);
  log_many(lane, range(0, 50));
  EXPECT_EQ(lane.read(50), range(0, 50));
  lane.reader->release_now(50);
  EXPECT_EQ(log_many(lane, range(50, 60)), 60U);
  EXPECT_EQ(lane.read(64), range(50, 14));
  EXPECT_EQ(lane.read(64), range(64, 46));
}

TEST(LaneLogMany, publishes_across_the_wrap_of_the_commit_words) {
  TestLane lane(64, 0xffffffe0U);
  EXPECT_EQ(log_many(lane, range(7, 64)), 64U);
  EXPECT_EQ(lane.read(64), range(7, 32));
  EXPECT_EQ(lane.read(64), range(39, 32));
}

TEST(LaneLogMany, renews_the_credit_when_it_does_not_cover_the_run) {
  TestLane lane(64);
  log_many(lane, range(0, 60));
  lane.read(60);
  lane.reader->release_now(60);
  EXPECT_EQ(log_many(lane, range(60, 30)), 30U);
  EXPECT_EQ(lane.lane->producer.limit_index, 124U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
}

TEST(LaneLogMany, takes_what_there_is_room_for_and_counts_the_rest_as_one_gap) {
  TestLane lane(64);
  EXPECT_EQ(log_many(lane, range(0, 100)), 64U);
  const pqflow_lane_producer& producer = lane.lane->producer;
  EXPECT_EQ(producer.dropped_count, 36U);
  EXPECT_EQ(producer.gap_head_index, 1U);
  EXPECT_EQ(lane.lane->gaps[0].before_index, 64U);
  EXPECT_EQ(lane.lane->gaps[0].count, 36U);
  EXPECT_EQ(pqflow_lane_refusal(lane.lane), PQFLOW_STATUS_RING_FULL);
  EXPECT_EQ(lane.read(64), range(0, 64));
}

TEST(LaneLogMany, adds_to_the_gap_that_is_open) {
  TestLane lane(64);
  lane.fill();
  EXPECT_EQ(log_many(lane, range(64, 5)), 0U);
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_RING_FULL);
  EXPECT_EQ(lane.lane->producer.gap_head_index, 1U);
  EXPECT_EQ(lane.lane->gaps[0].count, 7U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 7U);
}

TEST(LaneLogMany, counts_the_whole_rest_as_unlisted_when_the_gap_list_is_full) {
  TestLane lane(64);
  for (uint64_t release = 1; release <= PQFLOW_LANE_GAP_CAPACITY_COUNT; ++release) {
    lane.fill();
    lane.read(1);
    lane.reader->release_now(release);
  }
  EXPECT_EQ(log_many(lane, range(0, 10)), 1U);
  EXPECT_EQ(lane.lane->producer.gap_head_index, uint64_t{PQFLOW_LANE_GAP_CAPACITY_COUNT});
  EXPECT_EQ(lane.lane->producer.unlisted_dropped_count, 9U);
}

TEST(LaneLogMany, takes_nothing_after_close_and_counts_the_records_as_late) {
  TestLane lane(64);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_CLOSED);
  EXPECT_EQ(log_many(lane, range(0, 3)), 0U);
  EXPECT_EQ(lane.lane->producer.late_count, 3U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
  EXPECT_EQ(lane.lane->producer.head_index, 0U);
  EXPECT_EQ(pqflow_lane_refusal(lane.lane), PQFLOW_STATUS_CLOSED);
}

TEST(LaneLogMany, has_slow_paths_that_stand_null) {
  EXPECT_EQ(pqflow_lane_refill_many(nullptr, 1), 0U);
  pqflow_lane_drop(nullptr, 1);
}

// Runs of every length up to more than the ring holds, against a reader: what is accepted arrives, in order.
TEST(LaneLogMany, loses_and_invents_nothing_beside_a_reader) {
  constexpr uint64_t kRuns = 20'000;
  TestLane lane(64);
  std::vector<uint64_t> accepted;
  std::thread producer([&] {
    uint64_t next = 0;
    for (uint64_t run = 0; run < kRuns; ++run) {
      const std::vector<uint64_t> values = range(next, run % 80);
      const size_t taken = log_many(lane, values);
      accepted.insert(accepted.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(taken));
      next += values.size();
    }
    ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_CLOSED);
  });
  std::vector<uint64_t> seen;
  const auto take = [&] {
    const std::vector<uint64_t> values = lane.read(64);
    seen.insert(seen.end(), values.begin(), values.end());
    lane.reader->release_now(lane.reader->cursor());
    return values.size();
  };
  while (PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.lane->consumer.state) == uint32_t{PQFLOW_LANE_STATE_OPEN}) {
    take();
  }
  producer.join();
  while (take() != 0) {
  }
  EXPECT_EQ(seen, accepted);
  EXPECT_EQ(seen.size() + lane.lane->producer.dropped_count, kRuns / 80 * (79 * 80 / 2));
}

}  // namespace
}  // namespace pqflow::ring::test
