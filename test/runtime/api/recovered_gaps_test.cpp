// A capture that refused records, killed and recovered: its files explain every push that is missing.
#include "support/sanitizers.hpp"

#if defined(__linux__) && !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>
#include <regex>
#include <string>
#include <utility>

#include "api/api_bench.hpp"
#include "recover/recover.hpp"

namespace pqflow::api_test {
namespace {

struct Pushes {
  uint64_t pushed = 0;
  uint64_t refused = 0;
};

class RecoveredGaps : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  void SetUp() override {
    if (mkdtemp(rings_.data()) == nullptr) {
      GTEST_SKIP() << "no folder in memory here: /dev/shm";
    }
    void* const memory = ::mmap(nullptr, sizeof(Pushes), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED);
    pushes_ = new (memory) Pushes;
    bench.options.durability = PQFLOW_DURABILITY_PROCESS;
    bench.options.ring_dir = rings_.c_str();
    bench.options.ring_slots_count = 512;
    bench.options.peak_records_per_s = 0;
    bench.options.rotate_rows = 1'000;
    bench.options.layout = GetParam();
  }
  void TearDown() override { std::filesystem::remove_all(rings_); }

  void push() { pushes_->refused += bench.log(static_cast<int64_t>(pushes_->pushed++)) == PQFLOW_STATUS_RING_FULL ? 1 : 0; }
  // By a process that is killed when it has finished some files, and been refused some records since.
  void capture_and_die() {
    const pid_t child = ::fork();
    if (child == 0) {
      if (bench.open() != PQFLOW_STATUS_OK) {
        ::_exit(1);
      }
      while (bench.stats().files_finished < 3 || pushes_->refused < 100) {
        push();
      }
      for (const uint64_t before = pushes_->refused; pushes_->refused < before + 20;) {
        push();
      }
      ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  }
  // The one with the ring: the next file may have been begun, which holds nothing yet.
  recover::OrphanReport recovered() const {
    recover::RecoveryReport report;
    const base::Result result =
        recover::recover_folder({bench.folder.root().string(), true, rings_}, base::real_system_calls(), base::real_clock(), report);
    EXPECT_TRUE(result.is_ok()) << result.message;
    recover::OrphanReport with_ring;
    for (const recover::OrphanReport& orphan : report.orphans) {
      EXPECT_EQ(orphan.problem, "");
      with_ring = orphan.ring_path.empty() ? with_ring : orphan;
    }
    return with_ring;
  }

  std::string rings_ = "/dev/shm/pqflow-test-XXXXXX";
  Pushes* pushes_ = nullptr;
  ApiBench bench;
};

INSTANTIATE_TEST_SUITE_P(, RecoveredGaps, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

std::map<uint64_t, uint64_t> gaps_of(const std::string& json) {
  static const std::regex kGap(R"(\[(\d+),(\d+)\])");
  std::map<uint64_t, uint64_t> gaps;
  for (std::sregex_iterator match(json.begin(), json.end(), kGap), end; match != end; ++match) {
    gaps[std::stoull((*match)[1])] += std::stoull((*match)[2]);
  }
  return gaps;
}

TEST_P(RecoveredGaps, explain_together_with_those_of_finished_files_every_push_that_is_missing) {
  capture_and_die();
  const recover::OrphanReport orphan = recovered();
  EXPECT_EQ(orphan.reason, recover::OrphanReason::kKilled);
  ASSERT_TRUE(orphan.dropped_records.has_value());
  // All it held was in files: what it refused at the very end is told by the report alone.
  const uint64_t told_by_report = orphan.action == recover::OrphanAction::kRemove ? *orphan.dropped_records : 0;
  uint64_t next_record = 0;
  uint64_t next_push = 0;
  uint64_t dropped = told_by_report;
  auto files = bench.folder.files();  // One that was recovered beside the file whose ring it is may have a suffix.
  std::ranges::sort(files, {}, [](const auto& file) { return file.first_column.at(0); });
  for (const auto& file : files) {
    EXPECT_FALSE(file.key_values.contains("pqflow:gaps_unlisted")) << file.path;
    dropped += std::stoull(file.key_values.at("pqflow:dropped_records"));
    std::map<uint64_t, uint64_t> gaps = gaps_of(file.key_values.at("pqflow:gaps"));
    for (const uint64_t number : file.first_column) {
      next_push += std::exchange(gaps[next_record++], 0);
      ASSERT_EQ(number, next_push++) << "record " << next_record << " in " << file.path;
    }
    next_push += std::exchange(gaps[next_record], 0);
    for (const auto& [record, count] : gaps) {
      EXPECT_EQ(count, 0U) << "a gap before record " << record << " in " << file.path;
    }
  }
  EXPECT_EQ(next_push + told_by_report, pushes_->pushed) << "accepted + dropped = pushed";
  EXPECT_EQ(dropped, pushes_->refused);
}

}  // namespace
}  // namespace pqflow::api_test

#endif
