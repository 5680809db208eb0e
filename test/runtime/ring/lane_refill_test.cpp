#include <gtest/gtest.h>

#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

// Takes every gap there is; at the end nothing is in flight.
uint64_t sum_of_gaps(TestLane& lane, uint64_t seen_index) {
  uint64_t sum = 0;
  for (pqflow_gap gap{}; lane.gaps->take(seen_index, gap);) {
    sum += gap.count;
  }
  return sum;
}

TEST(LaneRefill, rejects_a_record_when_the_ring_is_full_and_counts_it_as_dropped) {
  TestLane lane(64);
  for (uint64_t value = 0; value < 64; ++value) {
    EXPECT_EQ(lane.log(value), PQFLOW_STATUS_OK);
  }
  for (uint64_t refused = 1; refused <= 10; ++refused) {
    EXPECT_EQ(lane.log(64), PQFLOW_STATUS_RING_FULL);
    EXPECT_EQ(lane.lane->producer.dropped_count, refused);
  }
  EXPECT_EQ(lane.lane->producer.head_index, 64U);
  EXPECT_EQ(lane.read(64), range(0, 64));
}

TEST(LaneRefill, makes_reserve_answer_null_and_says_why) {
  TestLane lane(64);
  lane.fill();
  EXPECT_EQ(pqflow_lane_reserve(lane.lane, kSlotBytes), nullptr);
  EXPECT_EQ(pqflow_lane_refusal(lane.lane), PQFLOW_STATUS_RING_FULL);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_CLOSED);
  EXPECT_EQ(pqflow_lane_reserve(lane.lane, kSlotBytes), nullptr);
  EXPECT_EQ(pqflow_lane_refusal(lane.lane), PQFLOW_STATUS_CLOSED);
}

TEST(LaneRefill, renews_the_credit_up_to_the_tail) {
  TestLane lane(64);
  lane.fill();
  lane.read(20);
  lane.reader->release_now(20);
  EXPECT_EQ(lane.fill(), 20U);
  EXPECT_EQ(lane.lane->producer.limit_index, 84U);
}

TEST(LaneRefill, answers_why_a_lane_is_shut_and_counts_the_record_as_late) {
  TestLane lane(64);
  lane.log(1);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_CLOSED);
  EXPECT_EQ(lane.log(2), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_lane_refill(lane.lane), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(lane.lane->producer.late_count, 2U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
  EXPECT_EQ(lane.lane->producer.head_index, 1U);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_DETACHED);
  EXPECT_EQ(lane.log(2), PQFLOW_STATUS_LANE_DETACHED);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_FORKED);
  EXPECT_EQ(lane.log(2), PQFLOW_STATUS_FORKED);
  EXPECT_EQ(pqflow_lane_refusal(lane.lane), PQFLOW_STATUS_FORKED);
}

TEST(LaneRefill, goes_on_with_the_next_number_when_the_lane_is_opened_again) {
  TestLane lane(64);
  lane.log(0);
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_DETACHED);
  ring::lane_reopen(*lane.lane);
  EXPECT_EQ(lane.log(1), PQFLOW_STATUS_OK);
  EXPECT_EQ(lane.read(64), range(0, 2));
}

TEST(LaneRefill, answers_invalid_handle_for_null) { EXPECT_EQ(pqflow_lane_refill(nullptr), PQFLOW_STATUS_INVALID_HANDLE); }

TEST(LaneRefill, counts_nothing_when_it_is_called_while_there_is_room) {
  TestLane lane(64);
  EXPECT_EQ(pqflow_lane_refill(lane.lane), PQFLOW_STATUS_OK);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
}

TEST(GapList, coalesces_refusals_before_the_same_record) {
  TestLane lane(64);
  lane.fill();
  lane.log(64);
  lane.log(64);
  EXPECT_EQ(lane.lane->producer.gap_head_index, 1U);
  EXPECT_EQ(lane.lane->gaps[0].before_index, 64U);
  EXPECT_EQ(lane.lane->gaps[0].count, 3U);
}

TEST(GapList, starts_a_new_gap_when_a_record_was_accepted_between) {
  TestLane lane(64);
  lane.fill();
  lane.read(2);
  lane.reader->release_now(2);
  lane.fill();
  EXPECT_EQ(lane.lane->producer.gap_head_index, 2U);
  EXPECT_EQ(lane.lane->gaps[1].before_index, 66U);
  EXPECT_EQ(lane.lane->gaps[1].count, 1U);
}

TEST(GapList, is_taken_only_before_a_record_that_was_seen) {
  TestLane lane(64);
  lane.fill();
  pqflow_gap gap{};
  EXPECT_FALSE(lane.gaps->take(64, gap));
  EXPECT_TRUE(lane.gaps->take(65, gap));
  EXPECT_EQ(gap.before_index, 64U);
  EXPECT_EQ(gap.count, 1U);
  EXPECT_EQ(lane.lane->consumer.gap_tail_index, 1U);
  EXPECT_FALSE(lane.gaps->take(65, gap));
}

TEST(GapList, tells_an_open_gap_and_later_only_what_came_after) {
  TestLane lane(64);
  lane.fill();
  pqflow_gap gap{};
  EXPECT_FALSE(lane.gaps->tell_open(63, gap));
  EXPECT_TRUE(lane.gaps->tell_open(64, gap));
  EXPECT_EQ(gap.count, 1U);
  EXPECT_FALSE(lane.gaps->tell_open(64, gap));
  lane.log(64);
  lane.log(64);
  EXPECT_TRUE(lane.gaps->take(65, gap));
  EXPECT_EQ(gap.count, 2U);
}

TEST(GapList, counts_refusals_that_find_it_full_as_unlisted) {
  TestLane lane(64);
  lane.fill();
  for (uint64_t release = 1; release <= 1030; ++release) {
    lane.read(1);
    lane.reader->release_now(release);
    lane.fill();
  }
  const pqflow_lane_producer& producer = lane.lane->producer;
  EXPECT_EQ(producer.dropped_count, 1031U);
  EXPECT_EQ(producer.gap_head_index, 1024U);
  EXPECT_EQ(producer.unlisted_dropped_count, 7U);
  EXPECT_EQ(lane.gaps->take_unlisted(), 7U);
  EXPECT_EQ(lane.gaps->take_unlisted(), 0U);
  EXPECT_EQ(sum_of_gaps(lane, UINT64_MAX), 1024U);
}

TEST(GapList, has_room_again_when_gaps_were_taken) {
  TestLane lane(64);
  lane.fill();
  for (uint64_t release = 1; release <= 1100; ++release) {
    lane.read(1);
    lane.reader->release_now(release);
    lane.fill();
    pqflow_gap gap{};
    if (release == 500) {
      EXPECT_TRUE(lane.gaps->take(100, gap));
    }
  }
  EXPECT_EQ(lane.lane->producer.gap_head_index, 1025U);
}

TEST(GapList, adds_up_to_the_dropped_count_at_every_step) {
  TestLane lane(64);
  uint64_t seed = 7;
  uint64_t taken = 0;
  for (int step = 0; step < 20000; ++step) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    switch ((seed >> 33) % 4) {
      case 0:
        lane.fill();
        break;
      case 1:
        lane.log(1);
        break;
      case 2:
        lane.read(1 + (seed >> 40) % 4);
        lane.reader->release_now(lane.reader->cursor());
        break;
      default:
        if (pqflow_gap gap{}; step % 64 == 3 && lane.gaps->take(lane.reader->cursor(), gap)) {
          taken += gap.count;
        }
    }
    const pqflow_lane_producer& producer = lane.lane->producer;
    uint64_t listed = 0;
    for (uint64_t index = lane.lane->consumer.gap_tail_index; index != producer.gap_head_index; ++index) {
      listed += lane.lane->gaps[index % PQFLOW_LANE_GAP_CAPACITY_COUNT].count;
    }
    ASSERT_EQ(taken + listed + producer.unlisted_dropped_count, producer.dropped_count) << "step " << step;
  }
  EXPECT_GT(lane.lane->producer.unlisted_dropped_count, 0U);
  EXPECT_GT(taken, 0U);
}

TEST(GapList, says_nothing_when_a_producer_scribbles_on_its_head) {
  TestLane lane(64);
  lane.fill();
  pqflow_gap gap{};
  lane.lane->producer.gap_head_index = 1025;
  EXPECT_FALSE(lane.gaps->take(UINT64_MAX, gap));
  lane.lane->producer.gap_head_index = UINT64_MAX;
  EXPECT_FALSE(lane.gaps->take(UINT64_MAX, gap));
}

}  // namespace
}  // namespace pqflow::ring::test
