// Producer and writer at once; meant for ThreadSanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

struct Tally {
  uint64_t records = 0;
  uint64_t gap_records = 0;
};

// Reads until `producer_done` and drained; expects consecutive values less the gaps: every attempt has a number, refused attempts leave a
// hole of the gap's size.
void consume(TestLane& lane, const std::atomic<bool>& producer_done, bool release_late, Tally& tally) {
  while (true) {
    const bool last_round = producer_done.load(std::memory_order_acquire);
    const auto values = lane.read(4096);
    for (const uint64_t value : values) {
      const uint64_t index = lane.first_index + tally.records;
      for (pqflow_gap gap{}; lane.gaps->take(index + 1, gap);) {
        ASSERT_EQ(gap.before_index, index);
        tally.gap_records += gap.count;
      }
      ASSERT_EQ(value, tally.records + tally.gap_records);
      ++tally.records;
    }
    if (values.empty()) {
      lane.reader->release_now(lane.reader->cursor());
      if (last_round) {
        return;
      }
      std::this_thread::yield();
    } else if (!release_late || lane.reader->cursor() - lane.reader->released() > lane.geometry.slot_count / 2) {
      lane.reader->release(lane.reader->cursor());
    }
  }
}

class LaneStress : public ::testing::TestWithParam<bool> {};

TEST_P(LaneStress, keeps_every_accepted_record_in_order_and_every_refused_one_in_a_gap) {
  constexpr uint64_t kAccepted = 100'000;  // The wrap of the commit word lies in the middle.
  TestLane lane(256, (uint64_t{1} << 32) - 50'000);
  std::atomic<bool> done{false};
  Tally tally;
  std::thread consumer([&] { consume(lane, done, GetParam(), tally); });
  uint64_t accepted = 0;
  uint64_t attempt = 0;
  for (; accepted < kAccepted; ++attempt) {
    const pqflow_status status = lane.log(attempt);
    accepted += status == PQFLOW_STATUS_OK ? 1 : 0;
    if (status == PQFLOW_STATUS_RING_FULL && attempt % 16 == 0) {
      std::this_thread::yield();
    }
  }
  done.store(true, std::memory_order_release);
  consumer.join();
  EXPECT_EQ(tally.records, accepted);
  pqflow_gap rest{};
  const uint64_t open_gap = lane.gaps->tell_open(lane.reader->cursor(), rest) ? rest.count : 0;
  EXPECT_EQ(tally.gap_records + open_gap + lane.gaps->take_unlisted(), lane.lane->producer.dropped_count);
  EXPECT_GT(lane.lane->producer.dropped_count, 0U);
  EXPECT_EQ(accepted + lane.lane->producer.dropped_count, attempt);
}

INSTANTIATE_TEST_SUITE_P(release, LaneStress, ::testing::Values(false, true),
                         [](const auto& info) { return info.param ? "late" : "per_span"; });

}  // namespace
}  // namespace pqflow::ring::test
