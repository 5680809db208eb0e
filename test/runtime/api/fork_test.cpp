// A process that forks while it captures: the sink stays with the parent, whatever the child tries.
#include "support/sanitizers.hpp"

#if !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "api/producers.hpp"

namespace pqflow::api_test {
namespace {

// What a child may find: 0, or the number of the first thing that is wrong.
int use_in_child(ApiBench& bench, pqflow_lane* attached) {
  pqflow_lane* lane = nullptr;
  const bool refused[] = {
      bench.log(100) == PQFLOW_STATUS_FORKED,
      log_to(attached, 101) == PQFLOW_STATUS_FORKED,
      pqflow_sink_attach_lane(bench.sink, &lane, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_detach_lane(bench.sink, attached, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_flush(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_close(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_last_error(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      bench.stats().state == PQFLOW_SINK_STATE_CLOSED,
  };
  for (size_t index = 0; index < std::size(refused); ++index) {
    if (!refused[index]) {
      return static_cast<int>(index) + 1;
    }
  }
  pqflow_sink_free(bench.sink);
  return 0;
}

// What use_in_child() answers, in a real child.
int exit_code_of_child(ApiBench& bench, pqflow_lane* attached) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(use_in_child(bench, attached));
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  return WEXITSTATUS(status);
}

TEST(Fork, leaves_the_sink_to_the_parent_and_tells_the_child_so) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  pqflow_lane* const attached = attach(bench);
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  EXPECT_EQ(exit_code_of_child(bench, attached), 0);
  ASSERT_EQ(bench.log(2), PQFLOW_STATUS_OK) << "the parent's lane has its credit still";
  ASSERT_EQ(log_to(attached, 3), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 3U) << "the child took the file in progress away";
}

TEST(Fork, costs_threads_that_are_logging_nothing) {
  ApiBench bench;
  bench.options.row_group_rows = 50;
  bench.options.encoder_threads = 2;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  pqflow_lane* const attached = attach(bench);
  std::vector<Producer> producers = {{0}, {1}, {2}};
  std::atomic<bool> are_done = false;
  std::vector<std::thread> threads;
  for (Producer& producer : producers) {
    threads.emplace_back([&bench, &producer, &are_done] {
      while (!are_done.load()) {
        producer.run(thread_lane(bench), 500);
      }
    });
  }
  for (int forks = 0; forks < 20; ++forks) {
    EXPECT_EQ(exit_code_of_child(bench, attached), 0) << "at fork " << forks;
  }
  are_done.store(true);
  for (std::thread& thread : threads) {
    thread.join();
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  check_ledger(bench.folder.first_column(), producers);
}

}  // namespace
}  // namespace pqflow::api_test

#endif
