// A capture with a journal that is killed, recovered with its ring and, as after a reboot, without it.
#include "support/sanitizers.hpp"

#if defined(__linux__) && !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "api/api_bench.hpp"
#include "encoding/crc32.hpp"
#include "journal/journal_format.hpp"
#include "recover/recover.hpp"

namespace pqflow::api_test {
namespace {

constexpr int64_t kRecords = 350;  // Three row groups, and half of one.

class KilledJournal : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  void SetUp() override {
    if (mkdtemp(rings_.data()) == nullptr) {
      GTEST_SKIP() << "no folder in memory here: /dev/shm";
    }
    bench.options.durability = PQFLOW_DURABILITY_JOURNAL;
    bench.options.journal_interval_ns = 1'000'000;
    bench.options.ring_dir = rings_.c_str();
    bench.options.layout = GetParam();
    leave_capture();
  }
  void TearDown() override { std::filesystem::remove_all(rings_); }

  // Whose records all count as durable, by a process that is killed.
  void leave_capture() {
    const pid_t child = ::fork();
    if (child == 0) {
      if (bench.open() != PQFLOW_STATUS_OK) {
        ::_exit(1);
      }
      for (int64_t number = 0; number < kRecords; ++number) {
        if (bench.log(number) != PQFLOW_STATUS_OK) {
          ::_exit(2);
        }
      }
      while (bench.stats().durable_records < kRecords) {
        ::usleep(1'000);
      }
      ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  }
  recover::RecoveryReport recovered() const {
    recover::RecoveryReport report;
    const base::Result result =
        recover::recover_folder({bench.folder.root().string(), true, rings_}, base::real_system_calls(), base::real_clock(), report);
    EXPECT_TRUE(result.is_ok()) << result.message;
    return report;
  }
  void expect_all_once() const {
    std::vector<uint64_t> all(kRecords);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(bench.folder.first_column(), all);
    EXPECT_EQ(bench.folder.names().size(), bench.folder.final_names().size()) << "the journal is gone";
    EXPECT_TRUE(std::filesystem::is_empty(rings_));
  }

  std::string rings_ = "/dev/shm/pqflow-test-XXXXXX";
  ApiBench bench;
};

INSTANTIATE_TEST_SUITE_P(, KilledJournal, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

TEST_P(KilledJournal, is_recovered_together_with_its_ring_and_each_record_once) {
  const recover::RecoveryReport report = recovered();
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_EQ(report.orphans[0].problem, "");
  EXPECT_EQ(report.orphans[0].reason, recover::OrphanReason::kKilled);
  expect_all_once();
}

TEST_P(KilledJournal, stands_in_for_a_ring_that_a_reboot_took) {
  for (const auto& ring : std::filesystem::directory_iterator(rings_)) {
    std::filesystem::remove(ring.path());
  }
  const recover::RecoveryReport report = recovered();
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_EQ(report.orphans[0].problem, "");
  EXPECT_EQ(report.orphans[0].recovered_records, 50U);
  EXPECT_EQ(report.orphans[0].reason, recover::OrphanReason::kUnknown) << "of this boot: only the ring would know of a close";
  EXPECT_EQ(report.orphans[0].dropped_records, std::nullopt);
  EXPECT_FALSE(bench.folder.files().front().key_values.contains("pqflow:gaps")) << "a journal does not know them";
  expect_all_once();
}

TEST_P(KilledJournal, of_another_boot_says_that_the_machine_was_started_again) {
  for (const auto& ring : std::filesystem::directory_iterator(rings_)) {
    std::filesystem::remove(ring.path());
  }
  for (const std::string& name : bench.folder.names()) {
    if (name.ends_with(".journal")) {
      std::fstream file(bench.folder.path(name), std::ios::binary | std::ios::in | std::ios::out);
      journal::SegmentHead head;
      file.read(reinterpret_cast<char*>(&head), sizeof head);
      head.owner.boot_id[0] = 'x';
      head.crc = encoding::crc32(0, reinterpret_cast<const uint8_t*>(&head), offsetof(journal::SegmentHead, crc));
      file.seekp(0).write(reinterpret_cast<const char*>(&head), sizeof head);
    }
  }
  const recover::RecoveryReport report = recovered();
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_EQ(report.orphans[0].problem, "");
  EXPECT_EQ(report.orphans[0].reason, recover::OrphanReason::kRestart);
  EXPECT_NE(bench.folder.files().front().key_values.at("pqflow:recovered").find("\"reason\":\"restart\""), std::string::npos);
  expect_all_once();
}

TEST_P(KilledJournal, with_a_torn_end_is_read_up_to_it_and_says_so) {
  for (const auto& ring : std::filesystem::directory_iterator(rings_)) {
    std::filesystem::remove(ring.path());
  }
  for (const std::string& name : bench.folder.names()) {
    if (name.ends_with(".journal")) {
      std::ofstream(bench.folder.path(name), std::ios::binary | std::ios::app) << std::string(100, 'x');
    }
  }
  const recover::RecoveryReport report = recovered();
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_EQ(report.orphans[0].torn_journal_bytes, 100U);
  expect_all_once();
}

TEST_P(KilledJournal, that_is_damaged_stays_and_is_told) {
  for (const auto& ring : std::filesystem::directory_iterator(rings_)) {
    std::filesystem::remove(ring.path());
  }
  for (const std::string& name : bench.folder.names()) {
    if (name.ends_with(".journal")) {
      std::fstream(bench.folder.path(name), std::ios::binary | std::ios::in | std::ios::out).seekp(20).put('x');
    }
  }
  const recover::RecoveryReport report = recovered();
  ASSERT_EQ(report.orphans.size(), 2U) << "the file, which is finished, and the journal";
  EXPECT_NE(report.orphans[1].problem.find("its head is damaged"), std::string::npos) << report.orphans[1].problem;
  EXPECT_EQ(bench.folder.names().size(), 2U);
}

}  // namespace
}  // namespace pqflow::api_test

#endif
