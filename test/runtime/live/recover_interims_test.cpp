// Files in progress whose interim row groups show what no row group has yet, after their process was killed.
#include <gtest/gtest.h>

#include "live/left_ring.hpp"
#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using recover::OrphanState;
using sink::test::AgentBench;
using sink::test::BenchOptions;
using sink::test::CaptureFolder;
using sink::test::numbers;

constexpr uint64_t kMillisecondNs = 1'000'000;

class RecoverInterims : public ::testing::Test {
 protected:
  // Leaves a live file that shows ticks 0 … sum of `bursts` - 1, a publication for each burst, with full row groups of 400.
  void leave_file(const std::vector<uint64_t>& bursts) {
    BenchOptions options;
    options.slot_count = 4096;
    options.row_group_rows = 400;
    options.rotate_bytes = uint64_t{1} << 20;
    options.layout = PQFLOW_FILE_LAYOUT_LIVE;
    options.has_interims = true;
    options.cuts.flush_interval_ns = 20 * kMillisecondNs;
    AgentBench bench(options);
    bench.clock.utc_ns = kRecordedUtcNs;
    ASSERT_TRUE(bench.begin().is_ok());
    for (const uint64_t burst : bursts) {
      bench.log_many(burst);
      for (int round = 0; round < 60; ++round) {
        bench.clock.now_ns += kMillisecondNs;
        bench.work();
      }
      shown_ += burst;
      ASSERT_EQ(bench.counters.visible_records.load(), shown_);
    }
    const std::string path = bench.folder.path_in_progress();
    progress_name_ = std::filesystem::path(path).filename().string();
    contents_ = read_text(path);
    write_file(folder_.path(progress_name_), {contents_.begin(), contents_.end()});
  }
  void leave_ring_of(uint64_t first, uint64_t count) {
    leave_ring({.folder = folder_.root().string(), .file_in_progress = folder_.path(progress_name_), .lanes = {{first, count}}});
  }
  recover::OrphanReport recover_only(bool is_writing = true) {
    const recover::RecoveryReport report = recover_in(folder_, is_writing);
    EXPECT_EQ(report.orphans.size(), 1U);
    return report.orphans.empty() ? recover::OrphanReport{} : report.orphans.front();
  }
  std::vector<int64_t> recovered_row_groups() const {
    EXPECT_EQ(folder_.names(), std::vector<std::string>{"t-000000.parquet"});
    expect_verified(folder_.path("t-000000.parquet"));
    return folder_.files().front().row_group_rows;
  }

  CaptureFolder folder_;
  std::string progress_name_;
  std::string contents_;
  uint64_t shown_ = 0;
};

TEST_F(RecoverInterims, all_that_was_visible_is_in_the_file_when_no_ring_is_left) {
  leave_file({300, 150, 100, 70});
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.persisted_records, 620U);
  EXPECT_EQ(orphan.recovered_records, 0U);
  EXPECT_EQ(orphan.lost_records, 0U);
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{400, 50, 100, 70}));
  EXPECT_EQ(folder_.first_column(), numbers(0, 620));
  EXPECT_LT(std::filesystem::file_size(folder_.path("t-000000.parquet")), 60'000U) << "without what lay between";
}

TEST_F(RecoverInterims, a_file_that_has_only_interim_ones_is_not_empty) {
  leave_file({150, 100});
  EXPECT_EQ(recover_only(false).state, OrphanState::kRecords);
  EXPECT_TRUE(recover_only().is_done);
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{150, 100})) << "of several pages each";
  EXPECT_EQ(folder_.first_column(), numbers(0, 250));
}

TEST_F(RecoverInterims, the_ring_is_preferred_where_it_has_them_all) {
  leave_file({300, 150, 100, 70});
  leave_ring_of(400, 250);
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.persisted_records, 400U);
  EXPECT_EQ(orphan.recovered_records, 250U);
  EXPECT_EQ(orphan.duplicate_records, 0U);
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{400, 250}));
  EXPECT_EQ(folder_.first_column(), numbers(0, 650));
}

TEST_F(RecoverInterims, a_ring_that_lacks_some_of_them_adds_what_they_lack) {
  leave_file({300, 150, 100, 70});
  leave_ring_of(500, 150);
  const recover::OrphanReport orphan = recover_only();
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(orphan.persisted_records, 620U);
  EXPECT_EQ(orphan.recovered_records, 30U);
  EXPECT_EQ(orphan.duplicate_records, 120U);
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{400, 50, 100, 70, 30}));
  EXPECT_EQ(folder_.first_column(), numbers(0, 650));
}

TEST_F(RecoverInterims, those_that_a_merged_one_or_a_row_group_replaced_are_left_out) {
  leave_file(std::vector<uint64_t>(20, 7));
  EXPECT_EQ(recover_only().persisted_records, 140U);
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{112, 7, 7, 7, 7}));
  EXPECT_EQ(folder_.first_column(), numbers(0, 140));
}

TEST_F(RecoverInterims, where_a_merged_one_is_damaged_those_it_was_made_of_are_there_still) {
  leave_file(std::vector<uint64_t>(20, 7));
  // The merged one was written sixteenth: the bytes of fifteen lie above it. Its pages begin with those of the first column.
  const recover::OrphanReport whole = recover_only(false);
  ASSERT_EQ(whole.persisted_records, 140U);
  const size_t first = contents_.find("PQT1", contents_.find_first_not_of('\0', 4));
  ASSERT_NE(first, std::string::npos);
  size_t damaged = 0;
  for (size_t trailer = contents_.find("PQT1"); trailer != std::string::npos; trailer = contents_.find("PQT1", trailer + 4)) {
    std::string broken = contents_;
    broken[trailer - 10] = static_cast<char>(broken[trailer - 10] ^ 0x40);  // In the pages before it, or in its own end.
    write_file(folder_.path(progress_name_), {broken.begin(), broken.end()});
    const recover::OrphanReport orphan = recover_only(false);
    EXPECT_LE(orphan.persisted_records, 140U);
    EXPECT_EQ(orphan.lost_records, 0U) << "the ring had them";
    damaged += orphan.row_groups == 15 + 4 + 0U ? 1 : 0;
  }
  EXPECT_GE(damaged, 1U) << "fifteen of seven stand in for the merged one";
}

TEST_F(RecoverInterims, a_recovery_that_was_recovered_is_as_it_was) {
  leave_file({300, 150, 100, 70});
  ASSERT_TRUE(recover_only().is_done);
  EXPECT_TRUE(recover_in(folder_, true).orphans.empty());
  EXPECT_EQ(recovered_row_groups(), (std::vector<int64_t>{400, 50, 100, 70}));
}

}  // namespace
}  // namespace pqflow::test
