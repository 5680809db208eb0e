// Producers on threads of their own, and the ledger of what each was promised.
#pragma once

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "api/api_bench.hpp"

namespace pqflow::api_test {

inline pqflow_status log_to(pqflow_lane* lane, int64_t number) {
  const Tick tick = make_tick(number);
  return pqflow_lane_log(lane, &tick, sizeof tick, pqflow_slot_size_bytes(sizeof(Tick), alignof(Tick)));
}

inline pqflow_lane* attach(ApiBench& bench) {
  pqflow_lane* lane = nullptr;
  EXPECT_EQ(pqflow_sink_attach_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_OK);
  return lane;
}

inline pqflow_lane* thread_lane(ApiBench& bench) {
  pqflow_lane* lane = nullptr;
  EXPECT_EQ(pqflow_sink_thread_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_OK);
  return lane;
}

// What a producer of the storm has had accepted, one after the other; the record says who logged it.
inline constexpr int kProducerShift = 32;

struct Producer {
  int64_t number = 0;
  uint64_t accepted = 0;

  void run(pqflow_lane* lane, int attempts) {
    for (int i = 0; i < attempts; ++i) {
      const int64_t record = (number << kProducerShift) | static_cast<int64_t>(accepted);
      accepted += log_to(lane, record) == PQFLOW_STATUS_OK ? 1 : 0;
      if (i % 64 == 0) {
        std::this_thread::yield();
      }
    }
  }
};

// Every accepted record exactly once, and each producer's in its order.
inline void check_ledger(const std::vector<uint64_t>& records, const std::vector<Producer>& producers) {
  std::vector<uint64_t> next(producers.size());
  for (const uint64_t record : records) {
    const uint64_t number = record >> kProducerShift;
    ASSERT_LT(number, producers.size());
    ASSERT_EQ(record & 0xffffffffU, next[number]) << "of producer " << number;
    ++next[number];
  }
  for (const Producer& producer : producers) {
    EXPECT_EQ(next[static_cast<size_t>(producer.number)], producer.accepted) << "of producer " << producer.number;
  }
}

}  // namespace pqflow::api_test
