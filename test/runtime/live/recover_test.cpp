#include "recover/recover.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using recover::OrphanAction;
using recover::OrphanState;
using sink::test::AgentBench;
using sink::test::CaptureFolder;
using Names = std::vector<std::string>;

constexpr uint64_t kRows = 350;  // Three row groups of 100, two pages each; the rest is in none.

std::vector<uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

// What a capture has in its folder when it is killed: its files, as they are while it goes on.
MemoryFolder killed_capture(pqflow_file_layout layout) {
  AgentBench bench({.rotate_bytes = 64 << 10, .layout = layout});
  bench.clock.utc_ns = kRecordedUtcNs;
  EXPECT_TRUE(bench.begin().is_ok());
  bench.log_many(kRows);
  bench.work();
  MemoryFolder files;
  for (const std::string& name : bench.folder.names()) {
    files[name] = bytes_of(read_text(bench.folder.path(name)));
  }
  EXPECT_EQ(files.size(), 1U);
  return files;
}

class Recover : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  Recover() : files_(killed_capture(GetParam())) {}

  std::vector<uint8_t>& left_bytes() { return files_.begin()->second; }
  const std::string& left_name() const { return files_.begin()->first; }
  recover::OrphanReport recover_only(bool is_writing) {
    lay_out(files_, folder_);
    const recover::RecoveryReport report = recover_in(folder_, is_writing);
    EXPECT_EQ(report.orphans.size(), 1U);
    return report.orphans.empty() ? recover::OrphanReport{} : report.orphans.front();
  }
  // Of the `index`-th trailer.
  size_t trailer_at(size_t index) {
    const std::string magic = "PQT1";
    auto place = left_bytes().begin();
    for (size_t number = 0; number <= 2 * index; ++number) {
      place = std::search(place + (number == 0 ? 0 : 1), left_bytes().end(), magic.begin(), magic.end());
    }
    return static_cast<size_t>(place - left_bytes().begin());
  }

  MemoryFolder files_;
  CaptureFolder folder_;
};

TEST_P(Recover, changes_nothing_unless_it_is_told_to_and_says_what_it_would_do) {
  const recover::OrphanReport orphan = recover_only(false);
  EXPECT_EQ(orphan.state, OrphanState::kRecords);
  EXPECT_EQ(orphan.action, OrphanAction::kFinish);
  EXPECT_FALSE(orphan.is_done);
  EXPECT_EQ(orphan.persisted_records, 300U);
  EXPECT_EQ(orphan.row_groups, 3U);
  EXPECT_EQ(orphan.final_path, folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.names(), Names{left_name()});
  EXPECT_EQ(bytes_of(read_text(folder_.path(left_name()))), left_bytes());
}

TEST_P(Recover, gives_a_file_its_footer_and_its_name) {
  const recover::OrphanReport orphan = recover_only(true);
  EXPECT_TRUE(orphan.is_done) << orphan.problem;
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
  expect_verified(folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 300));
}

TEST_P(Recover, writes_row_groups_indexes_and_schema_as_the_capture_would_have) {
  recover_only(true);
  AgentBench finished;
  ASSERT_TRUE(finished.begin().is_ok());
  finished.log_many(300);
  ASSERT_TRUE(finished.close().is_ok());
  const std::string expected = read_text(finished.folder.path("t-000000.parquet"));
  const std::string recovered = read_text(folder_.path("t-000000.parquet"));
  const std::string key = "pqflow:";
  const size_t same_bytes = expected.find(key);  // The first key-value that differs.
  ASSERT_NE(same_bytes, std::string::npos);
  const size_t header_bytes = 4;  // Of the list, whose length differs, and of the key.
  EXPECT_EQ(recovered.substr(0, same_bytes - header_bytes), expected.substr(0, same_bytes - header_bytes));
}

TEST_P(Recover, says_in_the_file_what_was_recovered) {
  recover_only(true);
  const std::string contents = read_text(folder_.path("t-000000.parquet"));
  EXPECT_NE(contents.find("{\"time\":\"2027-01-15T08:00:01Z\",\"reason\":\"unknown\",\"records\":300,\"from_ring\":0,\"row_groups\":3,"
                          "\"damaged_row_groups\":0,"
                          "\"damaged_records\":0,\"lanes\":[{\"lane\":0,\"first\":0,\"count\":300}]}"),
            std::string::npos);
  EXPECT_EQ(contents.find("pqflow:gaps"), std::string::npos) << "without a ring nobody knows of them";
  EXPECT_EQ(contents.find("pqflow:dropped_records"), std::string::npos);
}

TEST_P(Recover, finds_nothing_the_second_time) {
  recover_only(true);
  EXPECT_TRUE(recover_in(folder_, true).orphans.empty());
}

TEST_P(Recover, takes_another_name_where_the_final_one_is_taken) {
  write_file(folder_.path("t-000000.parquet"), bytes_of("somebody else's"));
  const recover::OrphanReport orphan = recover_only(true);
  EXPECT_EQ(orphan.final_path, folder_.path("t-000000.1.parquet"));
  EXPECT_EQ(read_text(folder_.path("t-000000.parquet")), "somebody else's");
  expect_verified(folder_.path("t-000000.1.parquet"));
}

TEST_P(Recover, leaves_a_capture_alone_that_goes_on) {
  AgentBench bench({.rotate_bytes = 64 << 10, .layout = GetParam()});
  bench.clock.utc_ns = kRecordedUtcNs;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(kRows);
  bench.work();
  const Names names = bench.folder.names();
  const recover::RecoveryReport report = recover_in(bench.folder, true);
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_EQ(report.orphans.front().state, OrphanState::kLive);
  EXPECT_EQ(report.orphans.front().action, OrphanAction::kNone);
  EXPECT_EQ(bench.folder.names(), names);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), sink::test::numbers(0, kRows));
}

TEST_P(Recover, takes_what_a_capture_leaves_that_could_not_finish_its_file) {
  AgentBench bench({.rotate_bytes = 64 << 10, .layout = GetParam()});
  bench.clock.utc_ns = kRecordedUtcNs;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(kRows);
  bench.work();
  bench.system.fail_from_now_on(EIO);
  EXPECT_FALSE(bench.close().is_ok());
  bench.agent.reset();
  EXPECT_EQ(problems_of(recover_in(bench.folder, true)), "");
  EXPECT_EQ(bench.folder.first_column(), sink::test::numbers(0, 300));
}

TEST_P(Recover, leaves_out_a_row_group_whose_pages_are_damaged_and_counts_what_is_lost) {
  left_bytes()[trailer_at(1) - 20] ^= 1;
  const recover::OrphanReport report = recover_only(true);
  EXPECT_TRUE(report.is_done) << report.problem;
  EXPECT_EQ(report.persisted_records, 200U);
  EXPECT_EQ(report.damaged_row_groups, 1U);
  EXPECT_EQ(report.lost_records, 100U);
  expect_verified(folder_.path("t-000000.parquet"));
  std::vector<uint64_t> expected = sink::test::numbers(0, 100);
  const std::vector<uint64_t> last = sink::test::numbers(200, 100);
  expected.insert(expected.end(), last.begin(), last.end());
  EXPECT_EQ(folder_.first_column(), expected);
}

TEST_P(Recover, knows_the_columns_from_the_first_trailer_when_its_row_group_is_damaged) {
  left_bytes()[trailer_at(0) - 20] ^= 1;
  const recover::OrphanReport report = recover_only(true);
  EXPECT_TRUE(report.is_done) << report.problem;
  EXPECT_EQ(report.lost_records, 100U);
  expect_verified(folder_.path("t-000000.parquet"));
  EXPECT_EQ(folder_.first_column(), sink::test::numbers(100, 200));
}

TEST_P(Recover, passes_over_a_damaged_trailer) {
  left_bytes()[trailer_at(1) + 30] ^= 1;
  const recover::OrphanReport report = recover_only(true);
  EXPECT_EQ(report.persisted_records, 200U);
  expect_verified(folder_.path("t-000000.parquet"));
}

TEST_P(Recover, leaves_a_file_as_it_is_when_every_row_group_is_damaged) {
  for (size_t index = 0; index < 3; ++index) {
    left_bytes()[trailer_at(index) - 20] ^= 1;
  }
  const recover::OrphanReport report = recover_only(true);
  EXPECT_EQ(report.state, OrphanState::kUnreadable);
  EXPECT_FALSE(report.is_done);
  EXPECT_NE(report.problem.find("pages of all row groups"), std::string::npos) << report.problem;
  EXPECT_EQ(bytes_of(read_text(folder_.path(left_name()))), left_bytes());
}

TEST_P(Recover, removes_what_was_made_beside_a_file) {
  for (const char* const ending : {".starting", ".copy", ".recover", ".copy.3"}) {
    files_[left_name() + ending] = bytes_of("PAR1");
  }
  lay_out(files_, folder_);
  const recover::RecoveryReport report = recover_in(folder_, true);
  EXPECT_EQ(report.orphans.size(), 5U);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
}

TEST_P(Recover, keeps_its_hands_off_files_of_other_programs) {
  const MemoryFolder others = {{".x.inprogress", bytes_of("PAR1 and something else")},
                               {".y.inprogress", bytes_of("something else")},
                               {"z.inprogress", bytes_of("PAR1")},
                               {".part-0.inprogress.bd053eb0-5ecf", bytes_of("PAR1")},
                               {".x.inprogress.copy", bytes_of("something else")}};
  lay_out(others, folder_);
  Names names;
  for (const auto& [name, contents] : others) {
    names.push_back(name);
  }
  for (const recover::OrphanReport& orphan : recover_in(folder_, true).orphans) {
    EXPECT_EQ(orphan.state, OrphanState::kUnreadable) << orphan.path;
    EXPECT_NE(orphan.problem, "") << orphan.path;
  }
  EXPECT_EQ(folder_.names(), names);
}

TEST_P(Recover, follows_no_links) {
  write_file(folder_.path("victim"), bytes_of("PAR1"));
  std::filesystem::create_symlink(folder_.path("victim"), folder_.path(".x.parquet.inprogress"));
  const recover::RecoveryReport report = recover_in(folder_, true);
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_NE(report.orphans.front().problem, "");
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress", "victim"}));
}

TEST_P(Recover, reports_each_failure_and_leaves_the_file_for_the_next_time) {
  lay_out(files_, folder_);
  sink::test::FakeSystem system;
  system.fail(ENOSPC, 1, 1);
  const recover::RecoveryReport report = recover_in(folder_, true, system.calls());
  ASSERT_EQ(report.orphans.size(), 1U);
  EXPECT_FALSE(report.orphans.front().is_done);
  EXPECT_NE(report.orphans.front().problem.find("free space"), std::string::npos) << report.orphans.front().problem;
  EXPECT_EQ(folder_.names(), Names{left_name()});
}

INSTANTIATE_TEST_SUITE_P(, Recover, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "of_live_files" : "of_classic_files"; });

// A capture that begins and finishes files while its folder is looked through.
TEST(RecoverFolder, leaves_out_files_that_are_finished_while_it_looks) {
  CaptureFolder folder;
  const std::string in_progress = folder.path(".orders-000000.parquet.a1b2c3d4e5.inprogress");
  std::atomic<bool> is_over = false;
  std::thread capture([&] {
    while (!is_over.load()) {
      const int fd = ::open(folder.path("made").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      ::flock(fd, LOCK_EX);
      std::filesystem::rename(folder.path("made"), in_progress);
      std::filesystem::rename(in_progress, folder.path("orders-000000.parquet"));
      ::close(fd);
    }
  });
  size_t seen_count = 0;
  for (int look = 0; look < 2'000; ++look) {
    for (const recover::OrphanReport& orphan : recover_in(folder, true).orphans) {
      seen_count += 1;
      EXPECT_EQ(orphan.state, OrphanState::kLive) << orphan.problem;
    }
  }
  is_over.store(true);
  capture.join();
  EXPECT_GT(seen_count, 0U);
}

TEST(RecoverFolder, answers_with_an_error_for_a_folder_that_is_not_there) {
  recover::RecoveryReport report;
  const base::Result result = recover::recover_folder({"/no/such/folder"}, base::real_system_calls(), base::real_clock(), report);
  EXPECT_EQ(result.os_error, ENOENT);
  EXPECT_NE(result.message.find("/no/such/folder"), std::string::npos);
}

}  // namespace
}  // namespace pqflow::test
