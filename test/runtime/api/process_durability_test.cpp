// Durability PROCESS, SYNC and JOURNAL through the public C API: what is in the ring's folder while a capture runs, when it ended, and when
// it was killed.
#include "support/sanitizers.hpp"

#if defined(__linux__)

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "api/producers.hpp"
#include "columns/descriptor_bytes.hpp"
#include "ring/orphan_ring.hpp"
#include "sink/options.hpp"
#include "sink/trailer_probe.hpp"

namespace pqflow::api_test {
namespace {

class ProcessDurability : public ::testing::Test {
 protected:
  void SetUp() override {
    if (mkdtemp(rings_.data()) == nullptr) {
      GTEST_SKIP() << "no folder in memory here: /dev/shm";
    }
    outlive(bench);
  }
  void TearDown() override { std::filesystem::remove_all(rings_); }

  void outlive(ApiBench& some, pqflow_durability durability = PQFLOW_DURABILITY_PROCESS) const {
    some.options.durability = durability;
    some.options.ring_dir = rings_.c_str();
  }
  std::vector<std::string> rings() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(rings_)) {
      paths.push_back(entry.path().string());
    }
    return paths;
  }
  ring::OrphanRing only_ring() const {
    ring::OrphanRing ring;
    EXPECT_EQ(rings().size(), 1U);
    const base::Result result = ring::read_orphan_ring(rings().at(0), ring);
    EXPECT_TRUE(result.is_ok()) << result.message;
    return ring;
  }

  std::string rings_ = "/dev/shm/pqflow-test-XXXXXX";
  ApiBench bench;
};

TEST_F(ProcessDurability, a_ring_lies_in_its_folder_until_a_close_has_written_everything) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  ApiBench second;
  outlive(second);
  ASSERT_EQ(second.open(), PQFLOW_STATUS_OK) << second.message();
  EXPECT_EQ(rings().size(), 2U) << "each sink has its own";
  for (int64_t number = 0; number < 5'000; ++number) {
    while (bench.log(number) != PQFLOW_STATUS_OK) {
      std::this_thread::yield();
    }
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(rings().size(), 1U);
  ASSERT_EQ(pqflow_sink_close(second.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_TRUE(rings().empty());
  EXPECT_EQ(bench.folder.first_column().size(), 5'000U);
  EXPECT_EQ(bench.log(1), PQFLOW_STATUS_CLOSED) << "the lane can be asked still";
}

TEST_F(ProcessDurability, statistics_tell_ring_and_row_group) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_PROCESS);
  EXPECT_EQ(bench.stats().ring_slots_count, 1024U);
  EXPECT_EQ(bench.stats().row_group_rows, 100U);
}

TEST_F(ProcessDurability, an_open_that_fails_leaves_no_ring) {
  const std::string path = bench.folder.path("nowhere/t.parquet");
  bench.request.path = path.c_str();
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_IO_ERROR);
  EXPECT_TRUE(rings().empty());
}

TEST_F(ProcessDurability, a_folder_that_is_not_there_or_not_in_memory_is_refused_by_name) {
  const std::string missing = rings_ + "/missing";
  bench.options.ring_dir = missing.c_str();
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_IO_ERROR);
  EXPECT_NE(bench.message().find("cannot reach ring_dir " + missing), std::string::npos) << bench.message();
  bench.options.ring_dir = "/proc";
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_NE(bench.message().find("ring_dir /proc is not on a file system in memory"), std::string::npos) << bench.message();
}

TEST_F(ProcessDurability, a_ring_that_does_not_fit_is_refused_with_what_it_needs) {
  bench.options.ring_slots_count = PQFLOW_LANE_SLOTS_MAX_COUNT;
  bench.options.max_lanes = 1024;
  const pqflow_status status = bench.open();
  if (status == PQFLOW_STATUS_OK) {
    GTEST_SKIP() << "a machine with more than 34 GB in /dev/shm";
  }
  EXPECT_EQ(status, PQFLOW_STATUS_NO_SPACE) << bench.message();
  EXPECT_NE(bench.message().find("a lane of the ring needs 34359755136 bytes in " + rings_), std::string::npos) << bench.message();
  EXPECT_TRUE(rings().empty());
}

TEST_F(ProcessDurability, lanes_take_their_memory_when_threads_are_attached) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  pqflow_lane* const attached = attach(bench);
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  ASSERT_EQ(log_to(attached, 2), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 2U);
}

TEST_F(ProcessDurability, a_close_that_lost_records_leaves_the_ring_to_whoever_recovers_it) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  for (int64_t number = 0; number < 50; ++number) {
    ASSERT_EQ(bench.log(number), PQFLOW_STATUS_OK);
  }
  std::filesystem::remove_all(bench.folder.root());
  EXPECT_NE(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().lost_records, 50U);
  const ring::OrphanRing ring = only_ring();
  EXPECT_NE(bench.message().find("; the ring " + rings().at(0) + " keeps"), std::string::npos) << bench.message();
  EXPECT_FALSE(ring.is_live) << "although the process goes on";
  EXPECT_EQ(ring.lanes.size(), 1U);
}

#if !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

TEST_F(ProcessDurability, a_forked_child_neither_writes_nor_removes_the_ring_of_its_parent) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  pqflow_lane* const attached = attach(bench);
  ASSERT_EQ(bench.log(0), PQFLOW_STATUS_OK);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_refused = bench.log(100) == PQFLOW_STATUS_FORKED && log_to(attached, 101) == PQFLOW_STATUS_FORKED &&
                            pqflow_sink_close(bench.sink, nullptr) == PQFLOW_STATUS_FORKED;
    std::memset(bench.lane(), 0xff, sizeof(pqflow_lane));  // What is there is the child's own.
    pqflow_sink_free(bench.sink);
    ::_exit(is_refused ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(rings().size(), 1U);
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  ASSERT_EQ(log_to(attached, 2), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 3U);
  EXPECT_TRUE(rings().empty());
}

// The lock of the ring does not stay with a child that runs on.
TEST_F(ProcessDurability, a_ring_whose_process_ended_is_no_longer_live_while_a_child_of_it_runs) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    if (bench.open() != PQFLOW_STATUS_OK || bench.log(7) != PQFLOW_STATUS_OK) {
      ::_exit(1);
    }
    if (::fork() == 0) {
      char byte;
      ::close(ends[1]);
      ::_exit(::read(ends[0], &byte, 1) == 0 ? 0 : 1);  // Runs until the test has ended.
    }
    ::raise(SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  const ring::OrphanRing ring = only_ring();
  EXPECT_FALSE(ring.is_live);
  ASSERT_EQ(ring.lanes.size(), 1U);
  EXPECT_EQ(ring.lanes[0].record_count, 1U);
  ::close(ends[1]);
}

struct Ledger {
  std::atomic<uint64_t> logged_count;
};

// Shared with children.
Ledger& make_ledger() {
  void* const memory = ::mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return *new (memory) Ledger{};
}

[[noreturn]] void log_until_killed(ApiBench& bench, Ledger& ledger) {
  if (bench.open() != PQFLOW_STATUS_OK) {
    ::_exit(1);
  }
  for (int64_t number = 0;;) {
    if (bench.log(number) == PQFLOW_STATUS_OK) {
      ledger.logged_count.store(static_cast<uint64_t>(++number), std::memory_order_relaxed);
    }
  }
}

// Ten seconds at most: a machine may be busy.
void wait_for_first_record(const Ledger& ledger) {
  for (int tries = 0; tries < 10'000 && ledger.logged_count.load() == 0; ++tries) {
    ::usleep(1'000);
  }
}

// Records that the files of the folder hold, by their trailers: they must follow each other without a gap.
uint64_t records_in_files(const CaptureFolder& folder) {
  std::map<int64_t, int64_t> ranges;
  for (const std::string& name : folder.names()) {
    for (const sink::test::Ranges& group : sink::test::ranges_in_trailers(folder.path(name))) {
      EXPECT_TRUE(ranges.emplace(group.at(0).first, group.at(0).second).second) << "twice from " << group.at(0).first;
    }
  }
  int64_t end = 0;
  for (const auto& [first, count] : ranges) {
    EXPECT_EQ(first, end);
    end = first + count;
  }
  return static_cast<uint64_t>(end);
}

void expect_record_numbers(const ring::OrphanLane& lane) {
  for (uint64_t index = 0; index < lane.record_count; ++index) {
    Tick tick;
    std::memcpy(&tick, lane.records.data() + index * sizeof tick, sizeof tick);
    ASSERT_EQ(tick.sequence, static_cast<int64_t>(lane.first_index + index));
  }
}

struct Capture {
  const char* name;
  pqflow_file_layout layout;
  uint32_t encoder_threads;
  pqflow_durability durability = PQFLOW_DURABILITY_PROCESS;
};

class KilledCapture : public ProcessDurability, public ::testing::WithParamInterface<Capture> {
 protected:
  void kill_once(useconds_t after_us, bool waits_for_first_record) {
    ApiBench killed;
    outlive(killed, GetParam().durability);
    killed.options.layout = GetParam().layout;
    killed.options.encoder_threads = GetParam().encoder_threads;
    killed.options.rotate_rows = 25'000;
    Ledger& ledger = make_ledger();
    const pid_t child = ::fork();
    if (child == 0) {
      log_until_killed(killed, ledger);
    }
    if (waits_for_first_record) {
      wait_for_first_record(ledger);
    }
    ::usleep(after_us);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    judge(killed, ledger.logged_count.load());
    ::munmap(&ledger, sizeof ledger);
  }

  void judge(const ApiBench& killed, uint64_t logged_count) {
    if (rings().empty()) {
      EXPECT_EQ(logged_count, 0U);
      return;
    }
    const uint64_t written_count = records_in_files(killed.folder);
    ring::OrphanRing ring;
    const base::Result result = ring::read_orphan_ring(rings().at(0), ring);
    if (!result.is_ok() || ring.lanes.empty()) {
      EXPECT_EQ(logged_count, 0U) << "killed while it opened: " << result.message;
    } else {
      const ring::OrphanLane& lane = ring.lanes[0];
      expect_record_numbers(lane);
      EXPECT_LE(lane.first_index, written_count) << "a gap between the files and the ring";
      const uint64_t end = lane.first_index + lane.record_count;
      EXPECT_GE(end, written_count);
      EXPECT_GE(end, logged_count) << "lost";
      EXPECT_LE(end, logged_count + 1) << "never logged";
      recovered_count += end - written_count;
      if (written_count != 0) {
        EXPECT_TRUE(ring.file_in_progress.has_value() && ring.file_in_progress->starts_with(killed.folder.root().string()));
      }
    }
    std::filesystem::remove(rings().at(0));
  }

  uint64_t recovered_count = 0;
};

TEST_P(KilledCapture, leaves_in_ring_and_files_together_every_record_that_was_accepted) {
  const char* const kills = std::getenv("PQFLOW_KILLS");
  const int count = kills != nullptr ? std::atoi(kills) : 12;
  for (int kill = 0; kill < count; ++kill) {
    const bool waits_for_first_record = kill % 2 == 0;  // The others are killed wherever they are by then: while they open, too.
    kill_once(static_cast<useconds_t>(5'000 + std::rand() % 60'000), waits_for_first_record);
  }
  EXPECT_GT(recovered_count, 0U) << "captures got somewhere before they were killed";
}

INSTANTIATE_TEST_SUITE_P(layouts, KilledCapture,
                         ::testing::Values(Capture{"classic", PQFLOW_FILE_LAYOUT_CLASSIC, 1}, Capture{"live", PQFLOW_FILE_LAYOUT_LIVE, 1},
                                           Capture{"classic_encoders", PQFLOW_FILE_LAYOUT_CLASSIC, 3},
                                           Capture{"live_encoders", PQFLOW_FILE_LAYOUT_LIVE, 3},
                                           Capture{"classic_synced", PQFLOW_FILE_LAYOUT_CLASSIC, 1, PQFLOW_DURABILITY_SYNC},
                                           Capture{"live_synced_encoders", PQFLOW_FILE_LAYOUT_LIVE, 3, PQFLOW_DURABILITY_SYNC},
                                           Capture{"live_journaled", PQFLOW_FILE_LAYOUT_LIVE, 1, PQFLOW_DURABILITY_JOURNAL}),
                         [](const auto& capture) { return capture.param.name; });

TEST_F(ProcessDurability, the_ring_of_a_killed_process_says_how_its_records_are_to_be_written) {
  const pid_t child = ::fork();
  if (child == 0) {
    bench.options.float_order = PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER;
    bench.options.page_rows = 77;
    if (bench.open() != PQFLOW_STATUS_OK || bench.log(0) != PQFLOW_STATUS_OK) {
      ::_exit(1);
    }
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  const ring::OrphanRing ring = only_ring();
  std::unique_ptr<columns::StoredDescriptor> stored;
  ASSERT_TRUE(columns::StoredDescriptor::decode(ring.descriptor, stored).is_ok());
  EXPECT_EQ(stored->descriptor().layout_fingerprint, kTickFingerprint);
  const pqflow_options options = sink::default_options(&stored->descriptor());
  EXPECT_EQ(options.page_rows, 77U);
  EXPECT_EQ(options.row_group_rows, 100U);
  EXPECT_EQ(options.float_order, PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER);
  EXPECT_EQ(options.codec, bench.options.codec);
  EXPECT_EQ(options.path, bench.path);
}

#endif

}  // namespace
}  // namespace pqflow::api_test

#endif
