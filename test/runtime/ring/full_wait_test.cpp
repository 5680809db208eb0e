// Full lanes whose producer waits.
#include <gtest/gtest.h>

#include <thread>

#include "base/system.hpp"
#include "ring/full_callbacks.hpp"
#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

constexpr uint64_t kLongNs = 60'000'000'000;

uint64_t now_ns() { return base::real_clock().monotonic_ns(base::real_clock().context); }

struct WaitingLane : TestLane {
  WaitingLane(pqflow_full_policy policy, uint64_t timeout_ns) : TestLane(64) {
    lane->producer.full_policy = policy;
    lane->producer.full_timeout_ns = timeout_ns;
    while (lane->producer.head_index < 64) {
      log(lane->producer.head_index);
    }
  }
};

TEST(FullLane, blocks_its_producer_until_there_is_room) {
  WaitingLane lane(PQFLOW_FULL_POLICY_BLOCK, kLongNs);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    lane.read(64);
    lane.reader->release_now(lane.reader->cursor());
  });
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_OK);
  writer.join();
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
  EXPECT_EQ(lane.read(64), range(64, 1));
}

TEST(FullLane, refuses_and_counts_the_record_when_the_wait_was_long_enough) {
  WaitingLane lane(PQFLOW_FULL_POLICY_BLOCK, 3'000'000);
  const uint64_t start_ns = now_ns();
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_RING_FULL);
  EXPECT_GE(now_ns() - start_ns, 3'000'000U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 1U);
  EXPECT_EQ(lane.lane->producer.stall_count, 1U);
  EXPECT_GE(lane.lane->producer.stall_ns, 3'000'000U);
}

TEST(FullLane, lets_a_blocked_producer_go_when_it_is_shut) {
  WaitingLane lane(PQFLOW_FULL_POLICY_BLOCK, kLongNs);
  std::thread closer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    PQFLOW_ATOMIC_STORE_RELEASE(&lane.lane->consumer.state, static_cast<uint32_t>(PQFLOW_LANE_STATE_CLOSED));
  });
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_CLOSED);
  closer.join();
  EXPECT_EQ(lane.lane->producer.late_count, 1U);
}

TEST(FullLane, waits_for_room_for_a_whole_array_but_no_longer_than_it_may) {
  WaitingLane lane(PQFLOW_FULL_POLICY_BLOCK, 3'000'000);
  lane.read(64);
  lane.reader->release_now(20);
  const uint64_t values[100] = {};
  EXPECT_EQ(pqflow_lane_log_many(lane.lane, values, 100, kRecordBytes, kSlotBytes), 20U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 80U);
  EXPECT_EQ(lane.lane->producer.stall_count, 1U);
  std::thread writer([&] {
    lane.read(64);
    lane.reader->release_now(lane.reader->cursor());
  });
  lane.lane->producer.full_timeout_ns = kLongNs;
  EXPECT_EQ(pqflow_lane_log_many(lane.lane, values, 64, kRecordBytes, kSlotBytes), 64U);
  writer.join();
  ring::lane_shut(*lane.lane, PQFLOW_LANE_STATE_DETACHED);
  EXPECT_EQ(pqflow_lane_log_many(lane.lane, values, 3, kRecordBytes, kSlotBytes), 0U);
  EXPECT_EQ(lane.lane->producer.late_count, 3U);
}

struct Asked {
  uint64_t drop_at = 0;
  uint64_t times = 0;
  TestLane* release = nullptr;
  uint32_t lane_index = 0;
};

pqflow_full_answer answer(void* context, uint32_t lane_index, uint64_t attempt) {
  auto& asked = *static_cast<Asked*>(context);
  EXPECT_EQ(attempt, asked.times);
  ++asked.times;
  asked.lane_index = lane_index;
  if (asked.release != nullptr) {
    asked.release->read(64);
    asked.release->reader->release_now(asked.release->reader->cursor());
  }
  return attempt < asked.drop_at ? PQFLOW_FULL_ANSWER_RETRY : PQFLOW_FULL_ANSWER_DROP;
}

TEST(FullLane, asks_its_callback_until_that_drops_the_record) {
  WaitingLane lane(PQFLOW_FULL_POLICY_CALLBACK, 0);
  Asked asked{.drop_at = 3};
  FullCallbacks::instance().add(*lane.lane, {answer, &asked});
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_RING_FULL);
  EXPECT_EQ(asked.times, 4U);
  EXPECT_EQ(asked.lane_index, lane.lane->identity.lane_index);
  EXPECT_EQ(lane.lane->producer.dropped_count, 1U);
  FullCallbacks::instance().remove(*lane.lane);
}

TEST(FullLane, goes_on_when_its_callback_has_made_room) {
  WaitingLane lane(PQFLOW_FULL_POLICY_CALLBACK, 0);
  Asked asked{.drop_at = 9, .release = &lane};
  FullCallbacks::instance().add(*lane.lane, {answer, &asked});
  EXPECT_EQ(lane.log(64), PQFLOW_STATUS_OK);
  EXPECT_EQ(asked.times, 1U);
  FullCallbacks::instance().remove(*lane.lane);
  EXPECT_EQ(FullCallbacks::instance().find(*lane.lane).function, nullptr);
}

}  // namespace
}  // namespace pqflow::ring::test
