// Orphans of captures that were really killed, with their rings and journals, and a sink on the same path that opens afterwards. Files
// alone, and what fails: test/runtime/sink/orphan_recovery_test.cpp and orphan_failures_test.cpp.
#include "support/sanitizers.hpp"

#if defined(__linux__) && !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

constexpr int64_t kRecords = 350;  // Three row groups, and half of one.

struct Level {
  pqflow_file_layout layout;
  pqflow_durability durability;
};

class Orphans : public ::testing::TestWithParam<Level> {
 protected:
  void SetUp() override {
    if (mkdtemp(rings_.data()) == nullptr) {
      GTEST_SKIP() << "no folder in memory here: /dev/shm";
    }
    prepare(bench);
    bench.options.orphans = PQFLOW_ORPHANS_RECOVER;
  }
  void TearDown() override { std::filesystem::remove_all(rings_); }

  void prepare(ApiBench& some) const {
    some.options.layout = GetParam().layout;
    some.options.durability = GetParam().durability;
    some.options.journal_interval_ns = 1'000'000;
    some.options.ring_dir = rings_.c_str();
  }
  // All records of a capture on `path` count as durable, or are at least in its ring; then its process is killed.
  void leave_capture(const std::string& path = "t-{seq}.parquet") const {
    const pid_t child = ::fork();
    if (child == 0) {
      log_until_killed(bench.folder.path(path));
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  }
  [[noreturn]] void log_until_killed(const std::string& path) const {
    auto* const killed = new ApiBench;
    prepare(*killed);
    killed->request.path = path.c_str();
    const bool is_durable = GetParam().durability == PQFLOW_DURABILITY_JOURNAL;
    if (killed->open() != PQFLOW_STATUS_OK) {
      ::_exit(1);
    }
    for (int64_t number = 0; number < kRecords; ++number) {
      if (killed->log(number) != PQFLOW_STATUS_OK) {
        ::_exit(2);
      }
    }
    while (is_durable ? killed->stats().durable_records < kRecords : killed->stats().persisted_records < kRecords - 50) {
      ::usleep(1'000);
    }
    std::filesystem::remove_all(killed->folder.root());
    ::raise(SIGKILL);
    ::_exit(3);
  }
  std::vector<std::string> left_names() const {
    std::vector<std::string> names = bench.folder.names();
    std::erase_if(names, [](const std::string& name) { return !name.starts_with("."); });
    return names;
  }
  void remove_where(const std::string& folder, const std::string& ending) const {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().filename().string().ends_with(ending)) {
        std::filesystem::remove(entry.path());
      }
    }
  }
  void open_and_log_on() {
    ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
    pqflow_error error{};
    EXPECT_EQ(pqflow_sink_last_error(bench.sink, &error), PQFLOW_STATUS_OK) << error.message;
    for (int64_t number = kRecords; number < kRecords + 50; ++number) {
      ASSERT_EQ(bench.log(number), PQFLOW_STATUS_OK);
    }
    ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK) << bench.message();
  }
  void expect_all_once() const {
    std::vector<uint64_t> all(kRecords + 50);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(bench.folder.first_column(), all);
    EXPECT_EQ(bench.folder.names(), bench.folder.final_names()) << "no journal is left";
    EXPECT_TRUE(std::filesystem::is_empty(rings_));
  }

  std::string rings_ = "/dev/shm/pqflow-test-XXXXXX";
  ApiBench bench;
};

INSTANTIATE_TEST_SUITE_P(, Orphans,
                         ::testing::Values(Level{PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_DURABILITY_PROCESS},
                                           Level{PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_DURABILITY_PROCESS},
                                           Level{PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_DURABILITY_JOURNAL},
                                           Level{PQFLOW_FILE_LAYOUT_LIVE, PQFLOW_DURABILITY_JOURNAL}),
                         [](const auto& info) {
                           const std::string layout = info.param.layout == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic";
                           return layout + (info.param.durability == PQFLOW_DURABILITY_JOURNAL ? "_journal" : "_process");
                         });

TEST_P(Orphans, are_recovered_with_every_record_that_was_accepted) {
  leave_capture();
  open_and_log_on();
  EXPECT_EQ(bench.stats().orphans_found, 1U);
  EXPECT_EQ(bench.stats().orphans_recovered, 1U);
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet", "t-000001.parquet"}));
  expect_all_once();
}

TEST_P(Orphans, of_another_process_by_its_number_in_the_path_are_recovered_too) {
  leave_capture("t-{pid}-{seq}.parquet");
  const std::string path = bench.folder.path("t-{pid}-{seq}.parquet");
  bench.request.path = path.c_str();
  open_and_log_on();
  EXPECT_EQ(bench.stats().orphans_recovered, 1U);
  EXPECT_EQ(bench.folder.first_column().size(), static_cast<size_t>(kRecords + 50));
  EXPECT_TRUE(std::filesystem::is_empty(rings_));
}

TEST_P(Orphans, are_counted_and_left_with_ring_and_journal_unless_recovery_is_asked_for) {
  for (const pqflow_orphans choice : {PQFLOW_ORPHANS_IGNORE, PQFLOW_ORPHANS_REPORT}) {
    leave_capture(choice == PQFLOW_ORPHANS_IGNORE ? "i-{seq}.parquet" : "r-{seq}.parquet");
    const std::string path = bench.folder.path(choice == PQFLOW_ORPHANS_IGNORE ? "i-{seq}.parquet" : "r-{seq}.parquet");
    const std::vector<std::string> names = left_names();
    ApiBench next;
    prepare(next);
    next.options.orphans = choice;
    next.request.path = path.c_str();
    ASSERT_EQ(next.open(), PQFLOW_STATUS_OK) << next.message();
    EXPECT_EQ(next.stats().orphans_found, choice == PQFLOW_ORPHANS_REPORT ? 1U : 0U);
    EXPECT_EQ(next.stats().orphans_recovered, 0U);
    ASSERT_EQ(pqflow_sink_close(next.sink, nullptr), PQFLOW_STATUS_OK);
    EXPECT_EQ(left_names(), names);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(rings_), {}), 2);
}

TEST_P(Orphans, of_other_paths_keep_their_rings_and_journals) {
  leave_capture("u-{seq}.parquet");
  const std::vector<std::string> names = left_names();
  leave_capture();
  open_and_log_on();
  EXPECT_EQ(bench.stats().orphans_found, 1U);
  EXPECT_EQ(left_names(), names);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(rings_), {}), 1);
}

TEST_P(Orphans, whose_file_is_gone_have_what_the_ring_or_the_journal_has) {
  leave_capture();
  remove_where(bench.folder.root().string(), ".inprogress");
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  EXPECT_EQ(bench.stats().orphans_recovered, 1U);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet", "t-000001.parquet"}));
  EXPECT_EQ(bench.folder.first_column().back(), static_cast<uint64_t>(kRecords - 1));
  EXPECT_TRUE(std::filesystem::is_empty(rings_));
}

TEST_P(Orphans, without_a_ring_have_what_the_journal_has) {
  if (GetParam().durability != PQFLOW_DURABILITY_JOURNAL) {
    GTEST_SKIP() << "of captures with a journal";
  }
  leave_capture();
  remove_where(rings_, ".ring");
  open_and_log_on();
  expect_all_once();
}

// The lock of a ring or a journal, as another recovery has it before it comes to the file.
class TakenBy {
 public:
  explicit TakenBy(const std::string& path) : fd_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    EXPECT_EQ(::flock(fd_, LOCK_EX | LOCK_NB), 0);
  }
  TakenBy(const TakenBy&) = delete;
  TakenBy& operator=(const TakenBy&) = delete;
  ~TakenBy() { ::close(fd_); }

 private:
  int fd_;
};

TEST_P(Orphans, whose_ring_or_journal_another_recovery_has_are_its_own) {
  leave_capture();
  const std::vector<std::string> names = left_names();
  const bool has_journal = GetParam().durability == PQFLOW_DURABILITY_JOURNAL;
  const std::string folder = has_journal ? bench.folder.root().string() : rings_;
  std::string taken_path;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    taken_path = entry.path().string().ends_with(has_journal ? ".journal" : ".ring") ? entry.path().string() : taken_path;
  }
  {
    const TakenBy other(taken_path);
    ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
    EXPECT_EQ(bench.stats().orphans_found, 0U);
    pqflow_sink_free(bench.sink);
    bench.sink = nullptr;
  }
  EXPECT_EQ(left_names(), names);
  bench.options.if_exists = PQFLOW_IF_EXISTS_SUFFIX;
  open_and_log_on();
  EXPECT_EQ(bench.stats().orphans_recovered, 1U);
  EXPECT_EQ(bench.folder.first_column().size(), static_cast<size_t>(kRecords + 50));
}

}  // namespace
}  // namespace pqflow::api_test

#endif
