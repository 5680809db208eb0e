// Threads that come and go while the collector reads their lanes, without files; meant for ThreadSanitizer too.
#include <gtest/gtest.h>
#include <pqflow/producer.h>

#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "sink/lane_collector.hpp"
#include "sink/live_sinks.hpp"
#include "sink/thread_lanes.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint32_t kSlotBytes = 16;
constexpr uint32_t kMaxLanes = 4;
constexpr int kThreads = 3;
constexpr int kWaves = 100;
constexpr int kAttempts = 200;

LaneRecipe recipe() {
  LaneRecipe recipe;
  recipe.geometry = ring::make_geometry(64, kSlotBytes, sizeof(uint64_t));
  recipe.max_lanes = kMaxLanes;
  return recipe;
}

struct Storm {
  Storm() {
    pqflow_lane* opening = nullptr;
    EXPECT_TRUE(lanes.attach(opening).is_ok());
    sink_id = LiveSinks::instance().add(lanes);
  }
  ~Storm() { LiveSinks::instance().remove(sink_id); }

  // A producer's whole life; how many records were accepted. Record: who, which.
  void produce(uint64_t producer) {
    pqflow_lane* lane = nullptr;
    ASSERT_TRUE(thread_lane(sink_id, lanes, lane).is_ok());
    for (int i = 0; i < kAttempts; ++i) {
      const uint64_t record = producer << 32 | accepted[producer];
      accepted[producer] += pqflow_lane_log(lane, &record, sizeof record, kSlotBytes) == PQFLOW_STATUS_OK ? 1 : 0;
      if (i % 32 == 0) {
        std::this_thread::yield();
      }
    }
  }
  // The writer's life: until the producers are gone and every lane is drained.
  void collect() {
    LaneCollector collector(lanes, PQFLOW_SLOT_RELEASE_PER_SPAN);
    for (bool is_last_round = false; !is_last_round;) {
      is_last_round = are_gone.load();
      collector.look_for_lanes();
      for (ring::Span span = collector.peek(UINT64_MAX); span.record_count != 0; span = collector.peek(UINT64_MAX)) {
        for (size_t row = 0; row < span.record_count; ++row) {
          std::memcpy(&collected.emplace_back(), span.first_record + row * kSlotBytes, sizeof(uint64_t));
        }
        collector.advance(span.record_count);
        collector.release_all_but(0);
      }
      collector.publish_released();
      std::this_thread::yield();
    }
  }

  LaneTable lanes{recipe()};
  uint64_t sink_id = 0;
  std::vector<uint64_t> accepted = std::vector<uint64_t>(kWaves * kThreads);
  std::vector<uint64_t> collected;
  std::atomic<bool> are_gone = false;
};

TEST(LaneStorm, loses_doubles_and_reorders_nothing_while_threads_come_and_go) {
  Storm storm;
  std::thread writer([&] { storm.collect(); });
  for (uint64_t wave = 0; wave < kWaves; ++wave) {
    std::vector<std::thread> threads;
    for (uint64_t thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&storm, producer = wave * kThreads + thread] { storm.produce(producer); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  storm.are_gone.store(true);
  writer.join();
  std::vector<uint64_t> next(storm.accepted.size());
  for (const uint64_t record : storm.collected) {
    ASSERT_EQ(record & 0xffffffffU, next[record >> 32]) << "of producer " << (record >> 32);
    ++next[record >> 32];
  }
  EXPECT_EQ(next, storm.accepted);
  EXPECT_LE(storm.lanes.count(), kMaxLanes);
  EXPECT_EQ(storm.lanes.attached_count(), 1U) << "the opening thread's";
  EXPECT_EQ(storm.lanes.accepted_records(), storm.collected.size());
}

}  // namespace
}  // namespace pqflow::sink::test
