// The writer does not allocate in steady state: memory is what open() took. malloc itself is counted (operator new calls it), on the thread
// that runs the agent.
#include <gtest/gtest.h>
#include <stdlib.h>

#include "sink/agent_bench.hpp"

#if defined(__GLIBC__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define PQFLOW_TEST_COUNTS_MALLOC 1

static thread_local uint64_t malloc_count = 0;

extern "C" void* __libc_malloc(size_t size_bytes);
extern "C" void* malloc(size_t size_bytes) noexcept {
  ++malloc_count;
  return __libc_malloc(size_bytes);
}
#else
#define PQFLOW_TEST_COUNTS_MALLOC 0
#endif

namespace pqflow::sink::test {
namespace {

TEST(Contract, the_writer_does_not_allocate_in_steady_state) {
#if PQFLOW_TEST_COUNTS_MALLOC
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  for (int round = 0; round < 4; ++round) {  // The first row groups size what depends on them.
    bench.log_many(100);
    bench.work();
  }
  const uint64_t before = malloc_count;
  ASSERT_GT(before, 0U);
  for (int round = 0; round < 40; ++round) {
    bench.log_many(100);
    bench.work();
  }
  EXPECT_EQ(malloc_count, before);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 44U);
#else
  GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
#endif
}

}  // namespace
}  // namespace pqflow::sink::test
