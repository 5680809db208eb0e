// Two sinks on one path: the second is refused while the first writes, wherever it runs, and not by what one that was killed has left.
#include "support/sanitizers.hpp"

#if defined(__linux__)

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

class OnePath : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  OnePath() { first.options.layout = GetParam(); }

  // On the first one's path, unless another one is given.
  pqflow_status open_second(const std::string& path = "") {
    second = std::make_unique<ApiBench>();
    second->options.layout = GetParam();
    second->options.if_exists = PQFLOW_IF_EXISTS_SUFFIX;
    second_path = path.empty() ? first.path : first.folder.path(path);
    second->request.path = second_path.c_str();
    return second->open();
  }
  void expect_refused(const std::string& reason) {
    const std::vector<std::string> names = first.folder.names();
    EXPECT_EQ(open_second(), PQFLOW_STATUS_FILE_EXISTS);
    EXPECT_NE(second->message().find(reason), std::string::npos) << second->message();
    EXPECT_EQ(first.folder.names(), names) << "a sink that is refused leaves nothing";
  }

  ApiBench first;
  std::unique_ptr<ApiBench> second;
  std::string second_path;
};

TEST_P(OnePath, a_second_sink_of_the_same_process_is_refused_with_the_file_and_what_to_do) {
  ASSERT_EQ(first.open(), PQFLOW_STATUS_OK) << first.message();
  expect_refused("is taken: another sink of this process writes or recovers " + first.folder.path(first.folder.names().at(0)) +
                 "; choose another path");
  ASSERT_EQ(first.log(1), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_close(first.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(first.folder.names(), std::vector<std::string>{"t-000000.parquet"});
}

TEST_P(OnePath, a_second_sink_is_refused_whatever_file_the_first_has_come_to) {
  first.options.rotate_rows = 100;
  ASSERT_EQ(first.open(), PQFLOW_STATUS_OK) << first.message();
  for (int64_t number = 0; number < 250; ++number) {
    ASSERT_EQ(first.log(number), PQFLOW_STATUS_OK);
  }
  while (first.stats().files_finished < 2) {
    std::this_thread::yield();
  }
  while (first.folder.names().size() < 3 || !first.folder.names().at(0).ends_with(".inprogress")) {
    std::this_thread::yield();  // A live file is made under another name.
  }
  expect_refused("t-000002.parquet");
}

TEST_P(OnePath, of_sinks_that_open_at_once_one_goes_on_at_most) {
  std::atomic<int> opened{0};
  std::vector<std::unique_ptr<ApiBench>> benches;
  for (int index = 0; index < 4; ++index) {
    benches.push_back(std::make_unique<ApiBench>());
    benches.back()->options.layout = GetParam();
    benches.back()->request.path = first.path.c_str();
  }
  std::vector<std::thread> threads;
  threads.reserve(benches.size());
  for (auto& bench : benches) {
    threads.emplace_back([&opened, &bench] { opened += bench->open() == PQFLOW_STATUS_OK ? 1 : 0; });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_LE(opened, 1);
}

TEST_P(OnePath, other_names_in_the_same_folder_are_allowed) {
  ASSERT_EQ(first.open(), PQFLOW_STATUS_OK) << first.message();
  for (const char* const path : {"other-{seq}.parquet", "t-{seq}.parq", "t.parquet", "t-x{seq}.parquet", "t-{pid}-{seq}.parquet"}) {
    EXPECT_EQ(open_second(path), PQFLOW_STATUS_OK) << path << ": " << second->message();
  }
}

TEST_P(OnePath, is_free_again_when_the_first_was_closed) {
  ASSERT_EQ(first.open(), PQFLOW_STATUS_OK) << first.message();
  ASSERT_EQ(pqflow_sink_close(first.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(open_second(), PQFLOW_STATUS_OK) << second->message();
}

#if !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

// Opens, logs a row group and says so; then waits to be killed.
[[noreturn]] void capture_in_child(ApiBench& bench, int told_fd) {
  bench.options.durability = PQFLOW_DURABILITY_FILE;  // Its ring would stay behind.
  char answer = bench.open() == PQFLOW_STATUS_OK ? 'y' : 'n';
  for (int64_t number = 0; number < 100; ++number) {
    (void)bench.log(number);
  }
  while (answer == 'y' && bench.stats().persisted_records < 100) {
    std::this_thread::yield();
  }
  (void)!write(told_fd, &answer, 1);
  for (;;) {
    pause();
  }
}

TEST_P(OnePath, is_refused_while_another_process_writes_and_free_when_that_was_killed) {
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    capture_in_child(first, told[1]);
  }
  char answer = 0;
  ASSERT_EQ(read(told[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  expect_refused("is taken: process " + std::to_string(child) + " writes or recovers");
  EXPECT_NE(second->message().find("choose another path, or put {pid} into it"), std::string::npos) << second->message();
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(open_second(), PQFLOW_STATUS_OK) << second->message();
  EXPECT_EQ(first.folder.names().size(), 2U) << "what was left stays beside the new file";
  close(told[0]);
  close(told[1]);
}

#endif

INSTANTIATE_TEST_SUITE_P(Layouts, OnePath, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& layout) { return layout.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

}  // namespace
}  // namespace pqflow::api_test

#endif
