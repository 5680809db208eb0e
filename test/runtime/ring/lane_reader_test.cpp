#include <gtest/gtest.h>

#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

TEST(LaneReader, sees_a_record_only_after_its_commit) {
  TestLane lane(64);
  const uint64_t value = 42;
  std::memcpy(pqflow_lane_reserve(lane.lane, kSlotBytes), &value, sizeof value);
  EXPECT_FALSE(lane.reader->has_next());
  pqflow_lane_commit(lane.lane, kSlotBytes, lane.geometry.commit_offset_bytes);
  EXPECT_EQ(lane.read(10), (std::vector<uint64_t>{42}));
  EXPECT_FALSE(lane.reader->has_next());
}

TEST(LaneReader, gives_the_same_slot_again_when_reserve_is_called_without_commit) {
  TestLane lane(64);
  void* const slot = pqflow_lane_reserve(lane.lane, kSlotBytes);
  EXPECT_EQ(pqflow_lane_reserve(lane.lane, kSlotBytes), slot);
}

TEST(LaneReader, hands_out_the_rest_after_the_wrap_with_the_next_span) {
  TestLane lane(64);
  lane.fill();
  EXPECT_EQ(lane.read(48), range(0, 48));
  lane.reader->release_now(48);
  EXPECT_EQ(lane.fill(), 48U);
  EXPECT_EQ(lane.read(4096), range(48, 16));
  EXPECT_EQ(lane.read(4096), range(64, 48));
}

TEST(LaneReader, hands_out_at_most_4096_records_at_once) {
  TestLane lane(16384);
  lane.fill();
  EXPECT_EQ(lane.reader->peek(SIZE_MAX).record_count, 4096U);
  EXPECT_EQ(lane.reader->peek(7).record_count, 7U);
}

TEST(LaneReader, says_whether_a_span_may_continue) {
  TestLane lane(64);
  lane.log(0);
  lane.log(1);
  EXPECT_FALSE(lane.reader->peek(64).may_continue);
  EXPECT_TRUE(lane.reader->peek(2).may_continue);
  EXPECT_FALSE(lane.reader->peek(0).may_continue);
  lane.fill();
  EXPECT_TRUE(lane.reader->peek(4096).may_continue);
}

TEST(LaneReader, publishes_the_tail_for_a_batch_of_records_only) {
  TestLane lane(16384);
  lane.fill();
  lane.reader->advance(1023);
  lane.reader->release(1023);
  EXPECT_EQ(lane.lane->consumer.tail_index, 0U);
  lane.reader->advance(1);
  lane.reader->release(1024);
  EXPECT_EQ(lane.lane->consumer.tail_index, 1024U);
  EXPECT_EQ(lane.reader->release_count(), 1U);
}

TEST(LaneReader, publishes_the_tail_of_a_small_ring_earlier) {
  TestLane lane(64);
  lane.fill();
  lane.reader->advance(8);
  lane.reader->release(8);
  EXPECT_EQ(lane.lane->consumer.tail_index, 8U);
}

TEST(LaneReader, publishes_a_short_rest_when_told_that_the_lane_is_drained) {
  TestLane lane(16384);
  lane.log(0);
  lane.reader->advance(1);
  lane.reader->release_now(1);
  lane.reader->release_now(1);
  EXPECT_EQ(lane.lane->consumer.tail_index, 1U);
  EXPECT_EQ(lane.reader->release_count(), 1U);
}

TEST(LaneReader, keeps_read_slots_from_the_producer_until_they_are_released) {
  TestLane lane(64);
  lane.fill();
  EXPECT_EQ(lane.read(64), range(0, 64));
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_RING_FULL);
  EXPECT_FALSE(lane.reader->has_next());
  lane.reader->release_now(64);
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_OK);
}

TEST(LaneReader, passes_the_wrap_of_the_32_bit_commit_word) {
  const uint64_t first = (uint64_t{1} << 32) - 100;
  TestLane lane(64, first);
  EXPECT_FALSE(lane.reader->has_next());
  uint64_t next = first;
  for (int lap = 0; lap < 10; ++lap) {
    const uint64_t count = lane.fill();
    EXPECT_EQ(count, 64U);
    for (uint64_t done = 0; done < count;) {
      const auto values = lane.read(64);
      EXPECT_EQ(values, range(next, values.size()));
      next += values.size();
      done += values.size();
    }
    lane.reader->release_now(lane.reader->cursor());
  }
  EXPECT_EQ(lane.lane->producer.head_index, first + 640);
  EXPECT_EQ(ring::accepted_records(*lane.lane, 64, first), 640U);
}

TEST(LaneReader, finds_an_empty_lane_empty_at_every_first_index_around_the_wrap) {
  for (uint64_t first = (uint64_t{1} << 32) - 130; first < (uint64_t{1} << 32) + 2; ++first) {
    TestLane lane(64, first);
    EXPECT_FALSE(lane.reader->has_next()) << first;
    EXPECT_EQ(lane.fill(), 64U) << first;
  }
}

TEST(LaneReader, never_leaves_the_lane_when_every_shared_word_is_scribbled_on) {
  TestLane lane(64);
  lane.fill();
  for (uint64_t byte = 0; byte < 256; byte += 51) {
    std::memset(&lane.lane->identity, static_cast<int>(byte), sizeof lane.lane->identity);
    std::memset(&lane.lane->producer, static_cast<int>(byte), sizeof lane.lane->producer);
    std::memset(&lane.lane->consumer, static_cast<int>(byte), sizeof lane.lane->consumer);
    const ring::Span span = lane.reader->peek(4096);
    const auto* const slots = static_cast<const uint8_t*>(lane.memory.data()) + PQFLOW_LANE_HEADER_SIZE_BYTES;
    EXPECT_EQ(span.first_record, slots);
    EXPECT_LE(span.record_count, 64U);
    EXPECT_LE(lane.reader->waiting_records(), 64U);
  }
}

// Commit words of records that do not exist yet: the reader believes them only as far as the ring goes.
TEST(LaneReader, does_not_lap_its_own_tail_when_commit_words_lie) {
  TestLane lane(64);
  lane.fill();
  EXPECT_EQ(lane.read(64).size(), 64U);
  for (uint32_t index = 64; index < 128; ++index) {
    const uint32_t word = index + 1;
    std::memcpy(static_cast<uint8_t*>(lane.memory.data()) + PQFLOW_LANE_HEADER_SIZE_BYTES + (index % 64) * kSlotBytes + 8, &word,
                sizeof word);
  }
  EXPECT_EQ(lane.reader->peek(64).record_count, 0U);
}

TEST(LaneReader, counts_waiting_and_accepted_records_within_what_the_ring_holds) {
  TestLane lane(64);
  lane.fill();
  lane.read(10);
  lane.reader->release_now(10);
  EXPECT_EQ(lane.reader->waiting_records(), 54U);
  EXPECT_EQ(lane.reader->drain_index(), 64U);
  EXPECT_EQ(ring::accepted_records(*lane.lane, 64, 0), 64U);
  lane.lane->producer.head_index = uint64_t{1} << 50;
  EXPECT_EQ(lane.reader->waiting_records(), 0U);
  EXPECT_EQ(lane.reader->drain_index(), 74U);
  EXPECT_EQ(ring::accepted_records(*lane.lane, 64, 0), 74U);
  lane.lane->producer.head_index = 3;
  EXPECT_EQ(lane.reader->waiting_records(), 0U);
  EXPECT_EQ(ring::accepted_records(*lane.lane, 64, 0), 10U);
}

TEST(LaneReader, publishes_the_three_watermarks) {
  TestLane lane(64);
  lane.reader->publish_watermarks(30, 20, 10);
  EXPECT_EQ(lane.lane->consumer.persisted_index, 30U);
  EXPECT_EQ(lane.lane->consumer.visible_index, 20U);
  EXPECT_EQ(lane.lane->consumer.durable_index, 10U);
}

}  // namespace
}  // namespace pqflow::ring::test
