// Several lanes and several encoders at once, everything small, encoders that are slow by turns, writes that fail now and then.
#include <gtest/gtest.h>

#include <algorithm>

#include "sink/agent_bench.hpp"
#include "sink/tick_kernel.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kMs = 1'000'000;

TEST(ManyEncoders, keep_each_lane_in_order_under_random_load) {
  for (uint32_t seed = 1; seed <= 8; ++seed) {
    TickKernel kernel;
    kernel.slow_down(seed % 3 * 20);
    AgentBench bench({.slot_count = 256,
                      .row_group_rows = 50,
                      .max_lanes = 3,
                      .rotate_bytes = 40'000,
                      .encoder_count = 2 + seed % 3,
                      .unpack = TickKernel::unpack});
    pqflow_lane* lanes[3] = {bench.lane, nullptr, nullptr};
    ASSERT_TRUE(bench.lanes->attach(lanes[1]).is_ok() && bench.lanes->attach(lanes[2]).is_ok());
    ASSERT_TRUE(bench.begin().is_ok());
    uint64_t random = seed;
    const auto below = [&random](uint64_t limit) {
      random = random * 6364136223846793005 + 1442695040888963407;
      return (random >> 33) % limit;
    };
    int64_t logged[3] = {0, 0, 0};
    for (int round = 0; round < 400; ++round) {
      const size_t index = below(3);
      for (uint64_t count = below(200); count > 0; --count) {
        const Tick tick = make_tick(static_cast<int64_t>(index) * 1'000'000 + logged[index]);
        logged[index] += pqflow_lane_log(lanes[index], &tick, sizeof tick, bench.geometry.slot_size_bytes) == PQFLOW_STATUS_OK ? 1 : 0;
      }
      if (below(20) == 0) {
        bench.system.fail(ENOSPC, bench.system.call_count() + below(4), 1 + below(2));
      }
      bench.clock.now_ns += below(200) * kMs;
      bench.agent->do_work();
      if (below(100) == 0) {
        (void)bench.flush();
      }
    }
    bench.system.heal();
    const base::Result closed = bench.close();
    std::vector<uint64_t> seen[3];
    for (const uint64_t value : bench.folder.first_column()) {
      seen[value / 1'000'000].push_back(value % 1'000'000);
    }
    uint64_t missing = 0;
    for (size_t index = 0; index < 3; ++index) {
      EXPECT_TRUE(std::is_sorted(seen[index].begin(), seen[index].end())) << seed;
      EXPECT_EQ(std::adjacent_find(seen[index].begin(), seen[index].end()), seen[index].end()) << seed;
      missing += static_cast<uint64_t>(logged[index]) - seen[index].size();
    }
    EXPECT_EQ(bench.counters.lost_records.load(), missing) << seed;
    EXPECT_EQ(closed.is_ok(), missing == 0) << seed << " " << closed.message;
  }
}

}  // namespace
}  // namespace pqflow::sink::test
