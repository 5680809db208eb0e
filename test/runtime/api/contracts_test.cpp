// The contracts of the architecture page, each under its own name, through the public API.
#include <gtest/gtest.h>
#include <malloc.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "api/api_bench.hpp"
#include "support/sanitizers.hpp"

#if defined(__linux__)
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace pqflow::api_test {
namespace {

std::string key(const sink::test::ProbedFile& file, const std::string& name) {
  const auto found = file.key_values.find("pqflow:" + name);
  return found != file.key_values.end() ? found->second : "(none)";
}

// A child under seccomp's strict mode is killed by any system call but read, write and exit; a lock that waits, or memory from the system,
// would need one.
[[maybe_unused]] int log_without_system_calls(ApiBench& bench) {
  const Tick tick = make_tick(0);
  const size_t heap_bytes = mallinfo2().uordblks;
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) {
    return 2;
  }
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {  // The child has no writer thread: the ring runs full.
    refused += pqflow_sink_log(bench.sink, &tick, sizeof tick) == PQFLOW_STATUS_RING_FULL ? 1 : 0;
    refused += pqflow_lane_reserve(bench.lane(), bench.descriptor.slot_size_bytes) == nullptr ? 1 : 0;
  }
  return refused > 5000 && mallinfo2().uordblks == heap_bytes ? 0 : 3;
}

TEST(Contract, log_and_reserve_never_block_allocate_lock_or_make_a_system_call) {
#if PQFLOW_TEST_IS_SANITIZED || !defined(__linux__)
  GTEST_SKIP() << "the sanitizers' own run time makes system calls; seccomp is Linux's";
#else
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  // Without fork()'s handlers, which shut the child's lanes.
  const auto child = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
  if (child == 0) {
    syscall(SYS_exit, log_without_system_calls(bench));
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status) << ": a system call was made";
  EXPECT_EQ(WEXITSTATUS(status), 0);
#endif
}

TEST(Contract, a_record_accepted_is_in_exactly_one_finished_file_in_lane_order) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::vector<uint64_t> accepted;
  for (int64_t attempt = 0; attempt < 100'000; ++attempt) {
    if (bench.log(attempt) == PQFLOW_STATUS_OK) {
      accepted.push_back(static_cast<uint64_t>(attempt));
    }
    if (attempt % 20'000 == 0) {
      ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
    }
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column(), accepted);
  EXPECT_EQ(bench.stats().accepted_records, accepted.size());
  EXPECT_EQ(bench.stats().dropped_records, 100'000 - accepted.size());
}

TEST(Contract, a_record_refused_is_counted_and_the_gap_is_visible_in_the_file_s_metadata) {
  ApiBench bench;
  bench.options.ring_slots_count = 64;
  bench.options.idle_sleep_max_ns = 1'000'000'000;
  bench.options.peak_records_per_s = 0;
  bench.options.idle_strategy = PQFLOW_IDLE_SLEEP;  // The writer sleeps through it.
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  uint64_t refused = 0;
  for (int64_t attempt = 0; attempt < 1000; ++attempt) {
    refused += bench.log(attempt) == PQFLOW_STATUS_RING_FULL ? 1 : 0;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_EQ(bench.stats().dropped_records, refused);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  uint64_t told = 0;
  for (const auto& file : bench.folder.files()) {
    told += std::stoull(key(file, "dropped_records"));
    EXPECT_EQ(key(file, "gaps") == "[]", key(file, "dropped_records") == "0");
  }
  EXPECT_EQ(told, refused);
}

TEST(Contract, flush_returns_when_every_record_accepted_before_the_call_is_visible_in_the_file_in_progress) {
  ApiBench bench;
  bench.options.rotate_bytes = 1 << 20;  // A short file is soon read.
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  int64_t logged = 0;
  for (int64_t round = 1; round <= 5; ++round) {
    for (int64_t i = 0; i < round; ++i) {
      ASSERT_EQ(bench.log(logged++), PQFLOW_STATUS_OK);
    }
    ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
    EXPECT_EQ(bench.stats().visible_records, bench.stats().accepted_records);
    EXPECT_EQ(sink::test::probe(bench.folder.path_in_progress()).row_count, logged);
  }
  EXPECT_TRUE(bench.folder.final_names().empty());
}

TEST(Contract, flush_returns_when_every_record_accepted_before_the_call_is_visible_in_a_classic_file) {
  ApiBench bench;
  bench.options.layout = PQFLOW_FILE_LAYOUT_CLASSIC;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  for (int64_t round = 1; round <= 20; ++round) {
    for (int64_t i = 0; i < round; ++i) {
      ASSERT_EQ(bench.log(i), PQFLOW_STATUS_OK);
    }
    ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
    EXPECT_EQ(bench.stats().visible_records, bench.stats().accepted_records);
    ASSERT_EQ(bench.folder.files().size(), static_cast<size_t>(round));
    EXPECT_EQ(bench.folder.files().back().row_count, round);
  }
}

TEST(Contract, flush_and_close_return_the_error_that_prevents_it) {
  ApiBench bench;
  bench.options.layout = PQFLOW_FILE_LAYOUT_CLASSIC;
  bench.options.durability = PQFLOW_DURABILITY_FILE;  // A ring with records that no file has would stay behind.
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(0), PQFLOW_STATUS_OK);
  std::filesystem::rename(bench.folder.root(), bench.folder.root().string() + ".gone");
  EXPECT_EQ(pqflow_sink_flush(bench.sink, &bench.error), PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(bench.error.os_error, ENOENT);
  EXPECT_NE(bench.message().find("cannot rename"), std::string::npos) << bench.message();
  pqflow_error standing{};
  EXPECT_EQ(pqflow_sink_last_error(bench.sink, &standing), PQFLOW_STATUS_IO_ERROR);
  EXPECT_STREQ(standing.message, bench.error.message);
  EXPECT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(bench.stats().lost_records, 1U);
  EXPECT_EQ(bench.stats().last_status, PQFLOW_STATUS_IO_ERROR);
  std::filesystem::rename(bench.folder.root().string() + ".gone", bench.folder.root());
}

TEST(Contract, close_drains_and_finalises_and_afterwards_each_call_fails_cleanly) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  for (int64_t i = 0; i < 1000; ++i) {
    ASSERT_EQ(bench.log(i), PQFLOW_STATUS_OK);
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 1000U);
  EXPECT_EQ(bench.log(0), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_CLOSED);
}

TEST(Contract, a_file_under_its_final_name_is_complete_valid_and_never_changed_again) {
  ApiBench bench;
  bench.options.rotate_rows = 150;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::map<std::string, std::string> seen;
  for (int64_t round = 0; round < 10; ++round) {
    for (int64_t i = 0; i < 150; ++i) {
      bench.log(i);
    }
    ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
    for (const std::string& name : bench.folder.final_names()) {
      EXPECT_NO_THROW(sink::test::probe(bench.folder.path(name)));
      std::ifstream stream(bench.folder.path(name), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
      EXPECT_EQ(seen.emplace(name, bytes).first->second, bytes) << name;
    }
  }
  EXPECT_EQ(seen.size(), 10U);
}

#if !PQFLOW_TEST_IS_SANITIZED
size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  size_t total_pages = 0;
  size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}
#endif

TEST(Contract, memory_is_bounded_and_known_at_open) {
#if PQFLOW_TEST_IS_SANITIZED || !defined(__linux__)
  GTEST_SKIP() << "shadow memory hides the resident size";
#else
  ApiBench bench;
  bench.request.options = nullptr;
  constexpr size_t kSlackBytes = 3 << 20;  // Stack of the thread, pages of the libraries, the heap's own.
  malloc_trim(0);
  const size_t before_bytes = resident_bytes();
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  const size_t opened_bytes = resident_bytes();
  EXPECT_LE(opened_bytes, before_bytes + bench.stats().memory_bytes + kSlackBytes);
  for (int64_t i = 0; i < 1'000'000; ++i) {
    while (bench.log(i) != PQFLOW_STATUS_OK) {
      std::this_thread::yield();
    }
  }
  EXPECT_LE(resident_bytes(), before_bytes + bench.stats().memory_bytes + kSlackBytes);
  EXPECT_LE(resident_bytes(), opened_bytes + kSlackBytes) << "memory was not touched at open";
  const uint64_t memory_bytes = bench.stats().memory_bytes;
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().memory_bytes, memory_bytes);
#endif
}

}  // namespace
}  // namespace pqflow::api_test
