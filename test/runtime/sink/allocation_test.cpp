// The writer does not allocate in steady state: memory is what open() took. Counted on the thread that runs the agent.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::sink::test {
namespace {

TEST(Contract, the_writer_does_not_allocate_in_steady_state) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  for (int round = 0; round < 4; ++round) {  // The first row groups size what depends on them.
    bench.log_many(100);
    bench.work();
  }
  const uint64_t before = pqflow::test::malloc_count();
  ASSERT_GT(before, 0U);
  for (int round = 0; round < 40; ++round) {
    bench.log_many(100);
    bench.work();
  }
  EXPECT_EQ(pqflow::test::malloc_count(), before);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 44U);
}

}  // namespace
}  // namespace pqflow::sink::test
